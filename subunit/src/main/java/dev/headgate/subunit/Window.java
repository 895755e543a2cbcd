package dev.headgate.subunit;

import java.util.Arrays;

/**
 * The part of the input that is not yet accounted for.
 *
 * <p>Either an array of its own, into which offered bytes are copied, or the array of an offered
 * {@link Bytes} as it is: that one cannot change, so nothing is copied while it lasts. {@code base}
 * is the offset in the input of index 0, so that positions can be kept as offsets, which do not
 * move.
 */
final class Window {
  /** The first own array; takes a pipe's buffer of output without growing. */
  private static final int FIRST_CAPACITY = 1 << 16;

  /** An emptied own array larger than this is given back. */
  private static final int KEPT_CAPACITY = 1 << 18;

  /** Bytes kept that are accounted for: {@link Checksums} steps over less than eight of them. */
  private static final int HISTORY = 8;

  private static final byte[] NOTHING = new byte[0];

  byte[] bytes = NOTHING;
  int limit;
  long base;
  private boolean owned;

  /** The offset in the input where the window ends. */
  long end() {
    return base + limit;
  }

  /** Copies bytes in; whatever lies before offset {@code keepFrom} is forgotten. */
  void append(byte[] source, int from, int length, long keepFrom) {
    if (!owned || length > bytes.length - limit) {
      int start = Math.max(0, (int) (keepFrom - base) - HISTORY);
      makeRoom(start, Math.addExact(limit - start, length));
    }
    System.arraycopy(source, from, bytes, limit, length);
    limit += length;
  }

  private void makeRoom(int start, int wanted) {
    byte[] target = bytes;
    // At least half free after the move, or every small offer would move a large packet again.
    if (!owned || wanted > bytes.length - (bytes.length >> 1) || shrinks(wanted)) {
      target = new byte[Math.max(FIRST_CAPACITY, doubled(wanted))];
    }
    System.arraycopy(bytes, start, target, 0, limit - start);
    bytes = target;
    owned = true;
    limit -= start;
    base += start;
  }

  private boolean shrinks(int wanted) {
    return bytes.length > KEPT_CAPACITY && wanted <= FIRST_CAPACITY;
  }

  private static int doubled(int wanted) {
    return wanted > Integer.MAX_VALUE / 4 ? wanted : wanted * 2;
  }

  /** Takes over immutable bytes if nothing is held, or else copies them in. */
  void append(Bytes source, long keepFrom) {
    if (keepFrom < end()) {
      append(source.array(), source.arrayOffset(), source.length(), keepFrom);
      return;
    }
    base = keepFrom - source.arrayOffset();
    bytes = source.array();
    limit = source.arrayOffset() + source.length();
    owned = false;
  }

  /** The bytes between two indices: shared where the array cannot change, else a copy. */
  Bytes bytes(int from, int to) {
    return owned
        ? Bytes.adopt(Arrays.copyOfRange(bytes, from, to), 0, to - from)
        : Bytes.adopt(bytes, from, to - from);
  }
}
