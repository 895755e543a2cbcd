package dev.headgate.subunit;

import java.util.Arrays;

/**
 * A number for each of many names, of which 64 bits of a hash are kept: that two of a million are
 * taken for one happens once in forty million streams.
 */
final class NameTable {
  private static final int FIRST_CAPACITY = 1 << 10;
  private static final long PRIME = 0x9E3779B97F4A7C15L;

  /** Open addressing; 0 is a free place. */
  private long[] hashes = new long[FIRST_CAPACITY];

  private int[] values = new int[FIRST_CAPACITY];
  private int size;

  /** How many names there are. */
  int size() {
    return size;
  }

  /** The place of a name, made with the number 0 if there is none; it holds until the next call. */
  int place(long hash) {
    if (4 * (size + 1) > 3 * hashes.length) {
      grow();
    }
    int at = find(hash);
    if (hashes[at] == 0) {
      hashes[at] = hash;
      values[at] = 0;
      size++;
    }
    return at;
  }

  /** True if there is such a name. */
  boolean has(long hash) {
    return hashes[find(hash)] != 0;
  }

  int valueAt(int place) {
    return values[place];
  }

  void setValueAt(int place, int value) {
    values[place] = value;
  }

  private int find(long hash) {
    int at = (int) (hash >>> 20) & (hashes.length - 1);
    while (hashes[at] != 0 && hashes[at] != hash) {
      at = (at + 1) & (hashes.length - 1);
    }
    return at;
  }

  private void grow() {
    long[] oldHashes = hashes;
    int[] oldValues = values;
    hashes = new long[oldHashes.length * 2];
    values = Arrays.copyOf(oldValues, oldValues.length * 2);
    for (int i = 0; i < oldHashes.length; i++) {
      if (oldHashes[i] != 0) {
        int at = find(oldHashes[i]);
        hashes[at] = oldHashes[i];
        values[at] = oldValues[i];
      }
    }
  }

  /**
   * The hash of bytes that follow others.
   *
   * @param before the hash of those; 0 if there are none
   * @return never 0
   */
  static long hash(byte[] bytes, int from, int length, long before) {
    long hash = (before + length + 1) * PRIME;
    int at = from;
    int end = from + length;
    for (; at + 8 <= end; at += 8) {
      hash = mixed(hash ^ (long) Wire.LONGS.get(bytes, at));
    }
    long rest = 0;
    for (; at < end; at++) {
      rest = rest << 8 | (bytes[at] & 0xFF);
    }
    hash = mixed(hash ^ rest);
    return hash == 0 ? 1 : hash;
  }

  private static long mixed(long value) {
    long product = value * PRIME;
    return (product ^ (product >>> 32)) * PRIME ^ (product >>> 29);
  }
}
