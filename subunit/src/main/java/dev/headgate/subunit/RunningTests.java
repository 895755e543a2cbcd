package dev.headgate.subunit;

/**
 * When each of the tests that run began, by the hash of its name: sixteen bytes for each, free
 * again when it ends, and no object. Confined to one thread.
 */
final class RunningTests {
  /** What stands for no time. */
  static final long NO_TIME = -1;

  /** Tens of workers run a test each; a power of two. */
  private static final int FIRST_CAPACITY = 1 << 6;

  /** Open addressing, at most half full; 0 is a free place. */
  private long[] names = new long[FIRST_CAPACITY];

  private long[] times = new long[FIRST_CAPACITY];
  private int size;

  /** How many tests there are. */
  int size() {
    return size;
  }

  /**
   * Takes note of a test, or that it began at another time.
   *
   * @param name its hash, which is not 0
   */
  void begin(long name, long time) {
    int at = find(name);
    if (names[at] == 0) {
      if (2 * (size + 1) > names.length) {
        grow();
        at = find(name);
      }
      names[at] = name;
      size++;
    }
    times[at] = time;
  }

  /** Forgets a test; returns when it began, or {@link #NO_TIME} if it is not known. */
  long end(long name) {
    int at = find(name);
    if (names[at] == 0) {
      return NO_TIME;
    }
    long time = times[at];
    free(at);
    size--;
    return time;
  }

  private int home(long name) {
    return (int) (name >>> 20) & (names.length - 1);
  }

  private int find(long name) {
    int at = home(name);
    while (names[at] != 0 && names[at] != name) {
      at = (at + 1) & (names.length - 1);
    }
    return at;
  }

  /** Frees a place, and moves up those behind it that would not be found beyond a free one. */
  private void free(int place) {
    int mask = names.length - 1;
    int hole = place;
    for (int at = (hole + 1) & mask; names[at] != 0; at = (at + 1) & mask) {
      int fromHome = (at - home(names[at])) & mask;
      if (fromHome >= ((at - hole) & mask)) {
        names[hole] = names[at];
        times[hole] = times[at];
        hole = at;
      }
    }
    names[hole] = 0;
  }

  private void grow() {
    long[] oldNames = names;
    long[] oldTimes = times;
    names = new long[oldNames.length * 2];
    times = new long[oldNames.length * 2];
    for (int i = 0; i < oldNames.length; i++) {
      if (oldNames[i] != 0) {
        int at = find(oldNames[i]);
        names[at] = oldNames[i];
        times[at] = oldTimes[i];
      }
    }
  }
}
