package dev.headgate.runner;

import java.util.Arrays;
import java.util.function.LongPredicate;

/**
 * Numbers by numbers that are digests already: sixteen bytes an entry, where a map of objects takes
 * a hundred. 0 stands for no value. Confined to one thread.
 */
final class LongTable {
  private static final int LEAST_SLOTS = 16;

  /** Keys come from changes that nobody has reviewed: which of them meet must not be foreseen. */
  private static final long SEED = System.nanoTime() | 1;

  private long[] keys = new long[LEAST_SLOTS];
  private long[] values = new long[LEAST_SLOTS];
  private int size;

  /** The value of the key, or 0. */
  long get(long key) {
    return values[slot(key)];
  }

  /** Gives the key a value, which must not be 0. */
  void put(long key, long value) {
    if (value == 0) {
      throw new IllegalArgumentException("0 is no value");
    }
    int slot = slot(key);
    if (values[slot] == 0) {
      size++;
    }
    keys[slot] = key;
    values[slot] = value;
    if (size > keys.length / 2) {
      grow();
    }
  }

  void putAll(LongTable other) {
    for (int i = 0; i < other.keys.length; i++) {
      if (other.values[i] != 0) {
        put(other.keys[i], other.values[i]);
      }
    }
  }

  int size() {
    return size;
  }

  boolean anyValue(LongPredicate wanted) {
    return Arrays.stream(values).filter(value -> value != 0).anyMatch(wanted);
  }

  private int slot(long key) {
    int mask = keys.length - 1;
    long mixed = (key ^ SEED) * 0x9E3779B97F4A7C15L;
    int slot = (int) (mixed >>> 32) & mask;
    while (values[slot] != 0 && keys[slot] != key) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private void grow() {
    long[] oldKeys = keys;
    long[] oldValues = values;
    keys = new long[2 * oldKeys.length];
    values = new long[2 * oldKeys.length];
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldValues[i] != 0) {
        int slot = slot(oldKeys[i]);
        keys[slot] = oldKeys[i];
        values[slot] = oldValues[i];
      }
    }
  }
}
