package dev.headgate.reports;

/**
 * Keeps tests of one name apart: the second {@code a} of a report is {@code a#2}.
 *
 * <p>It remembers 64 bits of each name, and at most a million of them (12 MiB); later names are
 * taken for new.
 */
final class TestNames {
  private static final int MAX = 1 << 20;

  private long[] keys = new long[1 << 8];
  private int[] counts = new int[1 << 8];
  private int size;

  /** The name, or if the report had it already, the name with its number. */
  String unique(String name) {
    int count = count(name);
    String unique = name;
    while (count > 1) {
      unique = name + "#" + count;
      // A test may itself be called a#2; then the second a is a#3.
      count = isNew(unique) ? 1 : count(name);
    }
    return unique;
  }

  private boolean isNew(String name) {
    return count(name) == 1;
  }

  private int count(String name) {
    long hash = hash(name);
    int slot = slot(hash);
    if (counts[slot] == 0) {
      if (size == MAX) {
        return 1;
      }
      if (++size * 2 > keys.length) {
        grow();
        slot = slot(hash);
      }
      keys[slot] = hash;
    }
    return ++counts[slot];
  }

  private int slot(long hash) {
    int mask = keys.length - 1;
    int slot = (int) (hash ^ hash >>> 32) & mask;
    while (counts[slot] != 0 && keys[slot] != hash) {
      slot = slot + 1 & mask;
    }
    return slot;
  }

  private void grow() {
    long[] oldKeys = keys;
    int[] oldCounts = counts;
    keys = new long[oldKeys.length * 2];
    counts = new int[keys.length];
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldCounts[i] != 0) {
        int slot = slot(oldKeys[i]);
        keys[slot] = oldKeys[i];
        counts[slot] = oldCounts[i];
      }
    }
  }

  /** FNV-1a over the characters, with the finish of SplitMix64. */
  private static long hash(String name) {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < name.length(); i++) {
      hash = (hash ^ name.charAt(i)) * 0x100000001b3L;
    }
    hash = (hash ^ hash >>> 30) * 0xbf58476d1ce4e5b9L;
    hash = (hash ^ hash >>> 27) * 0x94d049bb133111ebL;
    return hash ^ hash >>> 31;
  }
}
