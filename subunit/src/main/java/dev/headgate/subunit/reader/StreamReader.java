package dev.headgate.subunit.reader;

import dev.headgate.subunit.Bytes;
import dev.headgate.subunit.Event;
import dev.headgate.subunit.PacketDecoder;
import dev.headgate.subunit.PacketDecoder.Next;
import dev.headgate.subunit.stream.StreamSink;
import dev.headgate.subunit.v1.V1Item;
import dev.headgate.subunit.v1.V1Parser;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads a stream whichever version it has: a cursor that is given bytes and asked what comes next,
 * like {@link PacketDecoder}.
 *
 * <p>Packets are looked for first, in all bytes: a valid packet is an event wherever it stands, but
 * for one that lies wholly within a chunk of a version 1 attachment, whose length says that it is
 * content. What is no packet is read as version 1 where the {@link Format} honours that. There,
 * within details everything is content, be it damage; elsewhere a packet between two bytes of a
 * line leaves the line text. Bytes that look like a damaged packet are damage until a version 1
 * test was seen; from there on, and as long as no packet was, they are read as lines.
 *
 * <p>Every byte belongs to exactly one item, in order, but that a packet within a line of details
 * comes before that line; bytes of version 1 that only frame events (tags, times, progress, the
 * frame of details) belong to none and are passed over. How the input is split into offers changes
 * neither the events nor which bytes are what; it may cut a span in two.
 *
 * <p>Held back are at most an incomplete packet of 4 MiB, and a line of 256 KiB that may become a
 * directive. Sans-IO and confined to one thread.
 */
public final class StreamReader {
  /** An item of the packet decoder that is delivered only after items of the lines' parser. */
  private record Waiting(Next kind, Optional<Event> event, boolean inDamaged, Bytes bytes) {}

  private final Format format;
  private final V1Parser lines = new V1Parser();
  private PacketDecoder packets = new PacketDecoder();

  /** Offered since {@link #rescan} gave up what the packet decoder holds. */
  private final Deque<Bytes> later = new ArrayDeque<>();

  private boolean givenUp;

  /** Bytes of no packet, from {@code spanAt} on not yet given to the lines' parser. */
  private Bytes span = Bytes.EMPTY;

  private int spanAt;

  /** The span began like a packet: it is read as lines only as long as damage is. */
  private boolean spanIsDamage;

  private @Nullable Waiting waiting;
  private boolean packetSeen;
  private boolean testSeen;
  private boolean ending;
  private boolean finished;

  private Next current = Next.NEED_MORE;

  /** The current item if it is not that of the packet decoder. */
  private @Nullable Waiting own;

  private long offset;
  private long length;

  /** A reader at the beginning of its input. */
  public StreamReader(Format format) {
    this.format = format;
    if (format == Format.AUTO) {
      lines.distrustBareWords();
    }
  }

  /** Copies bytes in; the array is the caller's again at once. Passes the current item. */
  public void offer(byte[] source, int from, int count) {
    Objects.checkFromIndexSize(from, count, source.length);
    if (format == Format.V1 || givenUp) {
      offer(Bytes.copyOf(source, from, count));
    } else {
      pass();
      packets.offer(source, from, count);
    }
  }

  /** Gives immutable bytes, whose memory items may share. Passes the current item. */
  public void offer(Bytes source) {
    pass();
    if (format == Format.V1) {
      addToSpan(source);
    } else if (givenUp) {
      later.add(source);
    } else {
      packets.offer(source);
    }
  }

  private void addToSpan(Bytes source) {
    if (ending) {
      throw new IllegalStateException("the input has ended");
    }
    Bytes rest = span.slice(spanAt);
    span = rest.isEmpty() ? source : Bytes.concat(List.of(rest, source));
    spanAt = 0;
  }

  /** Says that the input ends here. Saying it again is harmless. Passes the current item. */
  public void end() {
    pass();
    ending = true;
    if (!givenUp) {
      packets.end();
    }
  }

  /**
   * Gives up the incomplete packet that is waited for, if a whole valid packet already lies within
   * its claim, or if it began within details of version 1, where something that looks like a packet
   * is likely to be none. For a reader of a live stream that has waited for some time.
   *
   * @return true if {@link #next} will now deliver what was held back
   */
  public boolean rescan() {
    if (format == Format.V1 || ending || givenUp) {
      return false;
    }
    pass();
    if (packets.rescan()) {
      return true;
    }
    if (packets.held() == 0 || !linesHonoured() || !lines.inDetails()) {
      return false;
    }
    givenUp = true;
    packets.end();
    return true;
  }

  /**
   * Passes the current item and moves to the next.
   *
   * @return what the cursor stands on now
   */
  public Next next() {
    pass();
    Next next;
    do {
      next = step();
    } while (next == null);
    current = next;
    return next;
  }

  private void pass() {
    offset += length;
    length = 0;
    own = null;
    current = Next.NEED_MORE;
  }

  /** Does the next thing; null if that is no item. */
  private @Nullable Next step() {
    V1Item item = lines.poll();
    if (item != null) {
      return take(item);
    }
    if (spanAt < span.length()) {
      if (spanIsDamage && !isDamageReadAsLines()) {
        return restIsDamage();
      }
      spanAt = lines.feed(span, spanAt);
      return null;
    }
    Waiting next = waiting;
    if (next != null) {
      waiting = null;
      return stand(next, next.bytes.length());
    }
    return format == Format.V1 ? endOfInput(!ending) : stepPackets();
  }

  private @Nullable Next take(V1Item item) {
    return switch (item) {
      case V1Item.Happened happened -> {
        testSeen = true;
        yield stand(
            new Waiting(Next.EVENT, Optional.of(happened.event()), false, Bytes.EMPTY),
            happened.length());
      }
      case V1Item.Text text -> stand(plain(Next.TEXT, text.bytes()), text.length());
      case V1Item.Damage damage -> stand(plain(Next.DAMAGE, damage.bytes()), damage.length());
      case V1Item.Progressed progressed -> passOver(progressed.length());
      case V1Item.Directive directive -> passOver(directive.length());
    };
  }

  private static Waiting plain(Next kind, Bytes bytes) {
    return new Waiting(kind, Optional.empty(), false, bytes);
  }

  private Next stand(Waiting item, long itemLength) {
    own = item;
    length = itemLength;
    return item.kind;
  }

  private @Nullable Next passOver(long count) {
    offset += count;
    return null;
  }

  private @Nullable Next stepPackets() {
    Next next = packets.next();
    return switch (next) {
      case EVENT ->
          linesHonoured() && lines.contentLeft() >= packets.length() ? readLines() : standOnEvent();
      case TEXT -> linesHonoured() ? readLines() : standOnPackets(next);
      case DAMAGE -> damage();
      case NEED_MORE -> Next.NEED_MORE;
      case END -> endOfPackets();
    };
  }

  private boolean linesHonoured() {
    return format == Format.BOTH || (format == Format.AUTO && (!packetSeen || lines.inTest()));
  }

  private @Nullable Next readLines() {
    span = packets.span();
    spanAt = 0;
    spanIsDamage = packets.current() == Next.DAMAGE;
    return null;
  }

  /** Details ended within the span: what follows is what it would be in a span of its own. */
  private @Nullable Next restIsDamage() {
    Waiting rest = plain(Next.DAMAGE, span.slice(spanAt));
    span = Bytes.EMPTY;
    spanAt = 0;
    boolean flushed = lines.interrupt();
    lines.passOver(rest.bytes);
    if (flushed) {
      waiting = rest;
      return null;
    }
    return stand(rest, rest.bytes.length());
  }

  private Next standOnPackets(Next next) {
    length = packets.length();
    return next;
  }

  private @Nullable Next standOnEvent() {
    packetSeen = true;
    if (format == Format.AUTO) {
      lines.honourNoStarts();
    }
    return lines.interrupt() ? await(Next.EVENT) : standOnPackets(Next.EVENT);
  }

  private boolean isDamageReadAsLines() {
    return linesHonoured() && (lines.inDetails() || (testSeen && !packetSeen));
  }

  private @Nullable Next damage() {
    if (!linesHonoured()) {
      return standOnPackets(Next.DAMAGE);
    }
    if (isDamageReadAsLines()) {
      return readLines();
    }
    boolean flushed = lines.interrupt();
    lines.passOver(packets.span());
    return flushed ? await(Next.DAMAGE) : standOnPackets(Next.DAMAGE);
  }

  /** Keeps the packet decoder's item until those before it are delivered. */
  private @Nullable Next await(Next kind) {
    waiting =
        kind == Next.EVENT
            ? new Waiting(kind, Optional.of(packets.event()), packets.inDamaged(), packets.span())
            : plain(kind, packets.span());
    return null;
  }

  private @Nullable Next endOfPackets() {
    if (givenUp) {
      givenUp = false;
      packets = new PacketDecoder();
      later.forEach(packets::offer);
      later.clear();
      if (ending) {
        packets.end();
      }
      return null;
    }
    return endOfInput(false);
  }

  private @Nullable Next endOfInput(boolean moreMayCome) {
    if (moreMayCome) {
      return Next.NEED_MORE;
    }
    if (finished) {
      return Next.END;
    }
    finished = true;
    lines.finish();
    return null;
  }

  /** What {@link #next()} said last; {@link Next#NEED_MORE} since more was offered. */
  public Next current() {
    return current;
  }

  /** The offset in the input of the current item's first byte, or of the next item's. */
  public long offset() {
    return offset;
  }

  /** How many bytes the current item accounts for; 0 if its bytes are those of the event before. */
  public long length() {
    return length;
  }

  /** The current event. */
  public Event event() {
    require(current == Next.EVENT, "event");
    Waiting item = own;
    return item == null ? packets.event() : item.event.orElseThrow();
  }

  /**
   * The decoder that stands on the current event's packet, for its lazy accessors; null if the
   * event is of version 1. It is for looking at only: moving it on is a mistake.
   */
  public @Nullable PacketDecoder packet() {
    require(current == Next.EVENT, "event");
    return own == null ? packets : null;
  }

  /** True if the current event lies within the claim of a damaged packet. */
  public boolean inDamaged() {
    require(current == Next.EVENT, "event");
    Waiting item = own;
    return item == null ? packets.inDamaged() : item.inDamaged;
  }

  /** The bytes of the current text or damage. */
  public Bytes span() {
    require(current == Next.TEXT || current == Next.DAMAGE, "text and no damage");
    Waiting item = own;
    return item == null ? packets.span() : item.bytes;
  }

  private static void require(boolean holds, String what) {
    if (!holds) {
      throw new IllegalStateException("the cursor stands on no " + what);
    }
  }

  /**
   * Gives all items that can be said to a sink, and at the end of the input its end.
   *
   * @return true if that was the end; do not call it again then
   */
  public boolean drainTo(StreamSink sink) {
    while (true) {
      switch (next()) {
        case EVENT -> sink.event(event());
        case TEXT -> sink.text(span());
        case DAMAGE -> sink.damage(span());
        case NEED_MORE -> {
          return false;
        }
        case END -> {
          sink.end();
          return true;
        }
      }
    }
  }
}
