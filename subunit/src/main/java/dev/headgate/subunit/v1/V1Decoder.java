package dev.headgate.subunit.v1;

import dev.headgate.subunit.Bytes;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads version 1: a cursor that is given bytes and asked what comes next.
 *
 * <pre>{@code
 * decoder.offer(buffer, 0, read);
 * for (V1Item item; (item = decoder.next()) != null; ) {
 *   switch (item) {
 *     case V1Item.Happened happened -> sink.event(happened.event());
 *     case V1Item.Text text -> sink.text(text.bytes());
 *     ...
 *   }
 * }
 * }</pre>
 *
 * <p>A line is a directive if it begins with a directive's word (without regard to how many colons
 * follow it), a whitespace character and something that is none, and if it means something where it
 * stands: a test begins only while none runs, and ends only by an outcome with exactly its label.
 * All other lines are text, byte for byte. A line may end with CR LF, and the last one with
 * nothing. Within details nothing is a directive. If the frame of details with parts is broken, the
 * bytes from there on are damage until a line {@code ]} or a line that begins a test, with a colon;
 * the test's outcome stands.
 *
 * <p>What becomes of a test: {@code inprogress} when it begins; its details as files, in pieces of
 * 64 KiB as they come; then its final status with its tags. {@code error} becomes a failure with
 * the tag {@value V1Test#ERROR_TAG}. Details without parts are a file {@code reason} (skip), {@code
 * message} (success) or {@code traceback}. A test without an outcome stays in progress: it was
 * lost. A time holds for all later events; one that no packet can say, or that is none, is text.
 *
 * <p>Lost on the way to events are progress (an item of its own here), where text stood within a
 * line of events, bytes of labels and tags that are no UTF-8 (they become U+FFFD, as does NUL),
 * tags beyond 64 Ki characters, and that a test had tags of the stream which it gave up, if it has
 * none left.
 *
 * <p>How the input is split into offers changes neither the events nor which bytes are text or
 * damage; it may cut a span in two. Held back are a line that may become a directive, at most 256
 * KiB (a longer one is text), and a piece of an attachment. Sans-IO and confined to one thread.
 */
public final class V1Decoder {
  private final V1Parser parser = new V1Parser();
  private final Deque<Bytes> input = new ArrayDeque<>();
  private int at;
  private long offset;
  private boolean ending;
  private boolean ended;

  /** A decoder at the beginning of its input. */
  public V1Decoder() {}

  /** Copies bytes in; the array is the caller's again at once. */
  public void offer(byte[] source, int from, int length) {
    Objects.checkFromIndexSize(from, length, source.length);
    offer(Bytes.copyOf(source, from, length));
  }

  /** Gives immutable bytes; text shares their memory. */
  public void offer(Bytes source) {
    if (ending) {
      throw new IllegalStateException("the input has ended");
    }
    if (!source.isEmpty()) {
      input.add(source);
    }
  }

  /** Says that the input ends here. Saying it again is harmless. */
  public void end() {
    ending = true;
  }

  /**
   * Moves to the next item.
   *
   * @return null if nothing more can be said before more is offered, or at the end
   */
  public @Nullable V1Item next() {
    while (true) {
      V1Item item = parser.poll();
      if (item != null) {
        offset += item.length();
        return item;
      }
      Bytes first = input.peek();
      if (first != null) {
        at = parser.feed(first, at);
        if (at == first.length()) {
          input.remove();
          at = 0;
        }
      } else if (ending && !ended) {
        ended = true;
        parser.finish();
      } else {
        return null;
      }
    }
  }

  /** How many bytes of the input the items so far account for: where the next one begins. */
  public long offset() {
    return offset;
  }
}
