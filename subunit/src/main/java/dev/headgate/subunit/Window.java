package dev.headgate.subunit;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The part of the input that is not yet accounted for.
 *
 * <p>Either an array of its own, into which offered bytes are copied, or the array of an offered
 * {@link Bytes} as it is: that one cannot change, so nothing is copied while it lasts. Of immutable
 * bytes that come while a packet is incomplete, only those that complete it are copied; the rest
 * waits until they can be used where they are. {@code base} is the offset in the input of index 0,
 * so that positions can be kept as offsets, which do not move.
 */
final class Window {
  /** The first own array; takes a pipe's buffer of output without growing. */
  private static final int FIRST_CAPACITY = 1 << 16;

  /** An emptied own array larger than this is given back. */
  private static final int KEPT_CAPACITY = 1 << 18;

  /** Bytes kept that are accounted for: {@link Checksums} steps over less than eight of them. */
  private static final int HISTORY = 8;

  /**
   * How often only what is missing is copied from one rest, a header and a packet; who wants more
   * pieces of it is not reading sound packets, and gets all.
   */
  private static final int EXACT_PULLS = 2;

  private static final byte[] NOTHING = new byte[0];

  byte[] bytes = NOTHING;
  int limit;
  long base;
  private byte[] own = NOTHING;

  /** True if {@code bytes} is {@code own}. */
  private boolean owned = true;

  private Bytes rest = Bytes.EMPTY;
  private int pulls;

  /** The offset in the input where the window ends; what rests begins there. */
  long end() {
    return base + limit;
  }

  /** How many offered bytes wait behind the window. */
  int resting() {
    return rest.length();
  }

  /** Copies bytes in; whatever lies before offset {@code keepFrom} is forgotten. */
  void append(byte[] source, int from, int length, long keepFrom) {
    reserve(length, keepFrom);
    System.arraycopy(source, from, bytes, limit, length);
    limit += length;
  }

  /** Copies bytes in from where a buffer stands, and moves it on. */
  void append(ByteBuffer source, int length, long keepFrom) {
    reserve(length, keepFrom);
    source.get(bytes, limit, length);
    limit += length;
  }

  /** Takes over immutable bytes: at once if nothing is held, or else as they are pulled. */
  void append(Bytes source, long keepFrom) {
    rest = source;
    pulls = 0;
    if (keepFrom == end()) {
      useRest(keepFrom);
    }
  }

  /**
   * Moves on in what rests: into all of it where it is, if nothing is held, or else by as many
   * bytes as are wanted, or more.
   *
   * @return false if nothing rests
   */
  boolean pull(int wanted, long keepFrom) {
    if (rest.isEmpty()) {
      return false;
    }
    if (keepFrom == end()) {
      useRest(keepFrom);
    } else {
      int length = pulls++ < EXACT_PULLS ? Math.min(wanted, rest.length()) : rest.length();
      append(rest.array(), rest.arrayOffset(), length, keepFrom);
      rest = rest.slice(length);
    }
    return true;
  }

  /** Moves on over all that rests. */
  void pullAll(long keepFrom) {
    pulls = EXACT_PULLS;
    pull(0, keepFrom);
  }

  private void useRest(long keepFrom) {
    base = keepFrom - rest.arrayOffset();
    bytes = rest.array();
    owned = false;
    limit = rest.arrayOffset() + rest.length();
    rest = Bytes.EMPTY;
    if (own.length > KEPT_CAPACITY) {
      own = NOTHING;
    }
  }

  private void reserve(int length, long keepFrom) {
    if (!owned || length > bytes.length - limit) {
      int start = Math.max(0, (int) (keepFrom - base) - HISTORY);
      makeRoom(start, Math.addExact(limit - start, length));
    }
  }

  private void makeRoom(int start, int wanted) {
    byte[] target = own;
    // At least half free after the move, or every small offer would move a large packet again.
    if (wanted > own.length - (own.length >> 1) || shrinks(wanted)) {
      target = new byte[Math.max(FIRST_CAPACITY, doubled(wanted))];
    }
    System.arraycopy(bytes, start, target, 0, limit - start);
    bytes = target;
    own = target;
    owned = true;
    limit -= start;
    base += start;
  }

  private boolean shrinks(int wanted) {
    return own.length > KEPT_CAPACITY && wanted <= FIRST_CAPACITY;
  }

  private static int doubled(int wanted) {
    return wanted > Integer.MAX_VALUE / 4 ? wanted : wanted * 2;
  }

  /** The bytes between two indices: shared where the array cannot change, else a copy. */
  Bytes bytes(int from, int to) {
    return owned
        ? Bytes.adopt(Arrays.copyOfRange(bytes, from, to), 0, to - from)
        : Bytes.adopt(bytes, from, to - from);
  }
}
