package dev.headgate.subunit.route;

import dev.headgate.subunit.Bytes;
import dev.headgate.subunit.PacketDecoder;
import dev.headgate.subunit.PacketRouter;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Merges the streams of many live sources into one, each under its step of the route; text travels
 * wrapped.
 *
 * <pre>{@code
 * source.offer(bytes);          // at most source.wants()
 * while (mux.turn()) {
 *   mux.writeTo(out);
 * }
 * }</pre>
 *
 * <p>Sources take turns, each for at most {@link #TURN} bytes and the item that goes beyond. A
 * source takes no more than it {@linkplain Source#wants wants}: what it has not passed on, but for
 * one packet that is incomplete, is at most {@link #QUEUE}. So memory is bounded by 4 MiB a source,
 * and usually is a few kilobytes. The output buffer holds what the turns since the last {@link
 * #take} gave.
 *
 * <p>Sans-IO and confined to one thread, with its sources.
 */
public final class Mux {
  /** How many bytes of its input a source passes on in a turn: a pipe's buffer. */
  public static final int TURN = 1 << 16;

  /** How many bytes that it could pass on a source takes in. */
  public static final int QUEUE = 1 << 18;

  private final String fileName;
  private final Deque<Source> ready = new ArrayDeque<>();
  private final List<Bytes> output = new ArrayList<>();
  private int length;
  private int open;

  /**
   * A mux without sources.
   *
   * @param fileName of the bytes that are no packets, usually {@link
   *     dev.headgate.subunit.RawOutput#STDOUT}
   */
  public Mux(String fileName) {
    this.fileName = fileName;
  }

  /**
   * Adds a source.
   *
   * @param step what is put before the routes of its events; one step, or several that a {@link
   *     Demux} of each level takes off; the caller sees to it that no other open source has it
   */
  public Source open(String step) {
    Source source = new Source(new PacketRouter(step, fileName));
    open++;
    return source;
  }

  /** How many sources have not yet ended and passed everything on. */
  public int openSources() {
    return open;
  }

  /**
   * Lets the source whose turn it is pass on what it can, which may be nothing.
   *
   * @return false if no source has anything to pass on
   */
  public boolean turn() {
    Source source = ready.poll();
    if (source == null) {
      return false;
    }
    source.ready = false;
    source.passOn();
    return true;
  }

  /** How many bytes the output buffer holds. */
  public int length() {
    return length;
  }

  /** The output buffer's bytes; it is empty afterwards. */
  public Bytes take() {
    Bytes all = output.isEmpty() ? Bytes.EMPTY : Bytes.concat(output);
    clear();
    return all;
  }

  /** Writes the output buffer to a stream; it is empty afterwards, also if the stream throws. */
  public void writeTo(OutputStream out) throws IOException {
    try {
      for (Bytes bytes : output) {
        bytes.writeTo(out);
      }
    } finally {
      clear();
    }
  }

  private void clear() {
    output.clear();
    length = 0;
  }

  /** One of the streams that are merged. */
  public final class Source {
    private final PacketDecoder decoder = new PacketDecoder();
    private final PacketRouter router;

    /** Bytes that may be passed on; what is held of an incomplete packet is not among them. */
    private int queued;

    private boolean ready;
    private boolean ending;
    private boolean ended;

    private Source(PacketRouter router) {
      this.router = router;
    }

    /** How many bytes it takes now; 0 means: not before it had its turn. */
    public int wants() {
      return ending ? 0 : QUEUE - queued;
    }

    /**
     * Takes the next bytes of the source in.
     *
     * @throws IllegalArgumentException if they are more than it wants
     */
    public void offer(Bytes bytes) {
      if (bytes.length() > wants()) {
        throw new IllegalArgumentException(
            "the source wants " + wants() + " bytes, not " + bytes.length());
      }
      decoder.offer(bytes);
      queued += bytes.length();
      makeReady();
    }

    /** Says that the source has ended. Saying it again is harmless. */
    public void end() {
      if (!ending) {
        ending = true;
        decoder.end();
        makeReady();
      }
    }

    /** See {@link PacketDecoder#rescan()}. */
    public boolean rescan() {
      boolean found = decoder.rescan();
      if (found) {
        queued = Math.min(QUEUE, decoder.held());
        makeReady();
      }
      return found;
    }

    private void makeReady() {
      if (!ready) {
        ready = true;
        ready().add(this);
      }
    }

    private Deque<Source> ready() {
      return Mux.this.ready;
    }

    private void passOn() {
      int passed = 0;
      PacketDecoder.Next next = decoder.next();
      while (isItem(next)) {
        passed += decoder.length();
        router.forward(decoder);
        if (passed >= TURN) {
          break;
        }
        next = decoder.next();
      }
      Bytes routed = router.take();
      if (!routed.isEmpty()) {
        output.add(routed);
        length += routed.length();
      }
      finishTurn(next, passed);
    }

    private void finishTurn(PacketDecoder.Next next, int passed) {
      if (isItem(next)) {
        queued = Math.max(0, queued - passed);
        makeReady();
        return;
      }
      queued = 0;
      if (next == PacketDecoder.Next.END && !ended) {
        ended = true;
        open--;
      }
    }

    private static boolean isItem(PacketDecoder.Next next) {
      return next != PacketDecoder.Next.NEED_MORE && next != PacketDecoder.Next.END;
    }
  }
}
