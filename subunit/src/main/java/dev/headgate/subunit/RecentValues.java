package dev.headgate.subunit;

import org.jspecify.annotations.Nullable;

/**
 * What short runs of bytes were last decoded to: route codes, tags and file names are the same in
 * packet after packet. Exact, for a run of up to 16 bytes is its own key, and bounded; a newer run
 * takes the place of an older one.
 */
final class RecentValues<T> {
  /** The longest run that is remembered, in bytes: two looks. */
  private static final int LONGEST = 16;

  /** A power of two; tens of workers write at once, hardly hundreds. */
  private static final int SLOTS = 64;

  /** Spreads the bits of a key (2⁶⁴ divided by the golden ratio). */
  private static final long SPREAD = 0x9E3779B97F4A7C15L;

  private final long[] heads = new long[SLOTS];
  private final long[] tails = new long[SLOTS];
  private final int[] sizes = new int[SLOTS];
  private final @Nullable Object[] values = new Object[SLOTS];

  private long head;
  private long tail;
  private int size;
  private int slot;

  /**
   * True if a run can be remembered: it is not empty, short, and eight bytes stand before its end.
   */
  static boolean fits(int from, int length) {
    return length > 0 && length <= LONGEST && from + length >= 8;
  }

  /** What was remembered for a run that {@link #fits}, or null. */
  @SuppressWarnings("unchecked") // Only put() writes values.
  @Nullable T find(byte[] bytes, int from, int length) {
    long last = (long) Wire.LONGS.get(bytes, from + length - 8);
    // Of a run shorter than eight bytes, what stands before it is shifted out.
    tail = length < 8 ? last >>> ((8 - length) << 3) : last;
    head = length <= 8 ? 0 : (long) Wire.LONGS.get(bytes, from);
    size = length;
    slot = (int) (((head ^ Long.rotateLeft(tail, 29)) * SPREAD + length) >>> 58);
    boolean same = sizes[slot] == length && tails[slot] == tail && heads[slot] == head;
    return same ? (T) values[slot] : null;
  }

  /** Remembers a value for the run that {@link #find} was last asked for. */
  T put(T value) {
    heads[slot] = head;
    tails[slot] = tail;
    sizes[slot] = size;
    values[slot] = value;
    return value;
  }
}
