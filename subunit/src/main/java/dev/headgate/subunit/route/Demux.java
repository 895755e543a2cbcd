package dev.headgate.subunit.route;

import dev.headgate.subunit.Bytes;
import dev.headgate.subunit.PacketDecoder;
import dev.headgate.subunit.RoutedPacket;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Splits a stream by the first step of its packets' routes: each source's stream comes out as it
 * went into a {@link Mux}, its packets without the step and its other bytes between them.
 *
 * <p>Of a packet only the frame is looked at. Packets without a route, text and damage are the
 * stream's own. So are, as they stand, packets of further steps once there are {@link
 * #MAX_SOURCES}. Confined to one thread.
 */
public final class Demux {
  /** The most sources that are asked for: more than the workers of any farm. */
  public static final int MAX_SOURCES = 10_000;

  private final Bytes fileName;
  private final Consumer<? super Bytes> own;
  private final Function<? super String, ? extends Consumer<? super Bytes>> sources;
  private final Map<String, Consumer<? super Bytes>> open = new LinkedHashMap<>();

  /**
   * Splits a stream.
   *
   * @param fileName of the bytes that are no packets, as the mux had it
   * @param own takes the stream's own bytes
   * @param sources makes what takes the bytes of a step, when its first packet comes
   */
  public Demux(
      String fileName,
      Consumer<? super Bytes> own,
      Function<? super String, ? extends Consumer<? super Bytes>> sources) {
    this.fileName = Bytes.ofUtf8(fileName);
    this.own = own;
    this.sources = sources;
  }

  /** Gives the current item of a decoder to whom it belongs. */
  public void accept(PacketDecoder decoder) {
    if (decoder.current() == PacketDecoder.Next.EVENT) {
      packet(decoder.span());
    } else {
      own.accept(decoder.span());
    }
  }

  /** Gives a valid packet to whom it belongs. */
  public void packet(Bytes bytes) {
    RoutedPacket packet = new RoutedPacket(bytes);
    String step = packet.firstStep();
    Consumer<? super Bytes> source = step.isEmpty() ? null : source(step);
    if (source == null) {
      own.accept(bytes);
    } else if (packet.isOutput(fileName) && packet.route().equals(step)) {
      source.accept(packet.fileContent());
    } else {
      source.accept(packet.withoutFirstStep());
    }
  }

  /** What takes the bytes of a step; null if there is no room for one more. */
  private @Nullable Consumer<? super Bytes> source(String step) {
    Consumer<? super Bytes> known = open.get(step);
    if (known != null || open.size() == MAX_SOURCES) {
      return known;
    }
    Consumer<? super Bytes> made = sources.apply(step);
    open.put(step, made);
    return made;
  }
}
