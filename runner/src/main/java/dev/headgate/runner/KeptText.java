package dev.headgate.runner;

import dev.headgate.subunit.Bytes;
import java.util.List;

/**
 * Decides which text of one pipe is kept: its beginning passes, of what follows only the end is
 * held, in a ring. Confined to one thread.
 */
final class KeptText {
  private final int tailBytes;
  private long headLeft;
  private byte[] ring = {};
  private long beyondHead;

  KeptText(long headBytes, int tailBytes) {
    this.headLeft = headBytes;
    this.tailBytes = tailBytes;
  }

  /** Takes text and says how much of its beginning passes on; the rest is held or dropped. */
  Bytes accept(Bytes text) {
    int passes = (int) Math.min(headLeft, text.length());
    headLeft -= passes;
    if (passes < text.length()) {
      hold(text.slice(passes));
    }
    return text.slice(0, passes);
  }

  private void hold(Bytes text) {
    if (ring.length == 0) {
      ring = new byte[tailBytes];
    }
    // Of a text longer than the ring only the end stays; the position moves as if all had been put.
    int skipped = Math.max(0, text.length() - ring.length);
    int at = (int) ((beyondHead + skipped) % ring.length);
    byte[] last = text.slice(skipped).toByteArray();
    int upToEnd = Math.min(last.length, ring.length - at);
    System.arraycopy(last, 0, ring, at, upToEnd);
    System.arraycopy(last, upToEnd, ring, 0, last.length - upToEnd);
    beyondHead += text.length();
  }

  /** Whether text is held back or was dropped. */
  boolean isOver() {
    return beyondHead > 0;
  }

  /** How many bytes between the head and the tail are lost. */
  long dropped() {
    return Math.max(0, beyondHead - ring.length);
  }

  /** The end of the text, as far as it was held. */
  Bytes tail() {
    if (beyondHead <= ring.length) {
      return Bytes.copyOf(ring, 0, (int) beyondHead);
    }
    int at = (int) (beyondHead % ring.length);
    return Bytes.concat(
        List.of(Bytes.copyOf(ring, at, ring.length - at), Bytes.copyOf(ring, 0, at)));
  }
}
