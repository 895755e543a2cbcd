package dev.headgate.subunit;

/**
 * A small number for each of many names, of which 61 bits of a hash are kept: that two of a million
 * are taken for one happens once in four million streams.
 */
final class NameTable {
  /** The largest number that a name may have. */
  static final int MAX_VALUE = 7;

  private static final int FIRST_CAPACITY = 1 << 10;
  private static final long PRIME = 0x9E3779B97F4A7C15L;

  /**
   * Open addressing; 0 is a free place. A name's number stands in the lowest bits of its place, so
   * that a look at a name is one look at memory.
   */
  private long[] places = new long[FIRST_CAPACITY];

  private int size;

  /** How many names there are. */
  int size() {
    return size;
  }

  /** The place of a name, made with the number 0 if there is none; it holds until the next call. */
  int place(long hash) {
    if (4 * (size + 1) > 3 * places.length) {
      grow();
    }
    int at = find(hash);
    if (places[at] == 0) {
      places[at] = hash & ~MAX_VALUE;
      size++;
    }
    return at;
  }

  /** True if there is such a name. */
  boolean has(long hash) {
    return places[find(hash)] != 0;
  }

  int valueAt(int place) {
    return (int) places[place] & MAX_VALUE;
  }

  /** Gives a name a number of 0 to {@link #MAX_VALUE}. */
  void setValueAt(int place, int value) {
    places[place] = (places[place] & ~MAX_VALUE) | value;
  }

  private int find(long hash) {
    long[] all = places;
    int mask = all.length - 1;
    int at = (int) (hash >>> 20) & mask;
    while (all[at] != 0 && ((all[at] ^ hash) & ~MAX_VALUE) != 0) {
      at = (at + 1) & mask;
    }
    return at;
  }

  private void grow() {
    long[] old = places;
    places = new long[old.length * 2];
    for (long place : old) {
      if (place != 0) {
        places[find(place)] = place;
      }
    }
  }

  /**
   * The hash of bytes that follow others.
   *
   * @param before the hash of those; 0 if there are none
   * @return more than its lowest three bits are not 0
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
    return (hash & ~MAX_VALUE) == 0 ? MAX_VALUE + 1 : hash;
  }

  private static long mixed(long value) {
    long product = value * PRIME;
    return (product ^ (product >>> 32)) * PRIME ^ (product >>> 29);
  }
}
