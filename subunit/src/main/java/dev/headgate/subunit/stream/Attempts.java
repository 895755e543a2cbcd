package dev.headgate.subunit.stream;

import dev.headgate.subunit.Event;
import dev.headgate.subunit.Status;

/**
 * Numbers the attempts of each test on each route: an {@code inprogress} or {@code exists} after a
 * final status begins the next.
 *
 * <p>It takes 48 bytes a test at most, whatever its name: of a name, 64 bits of a hash are kept.
 * That two tests of a million are taken for one happens once in forty million streams. Of more than
 * {@link #MAX_TESTS}, those not yet known are at attempt 1 for ever.
 *
 * <p>Confined to one thread.
 */
public final class Attempts {
  /** The most tests whose attempts are numbered; ten times the tests of the largest suites. */
  public static final int MAX_TESTS = 1_000_000;

  private static final int FIRST_CAPACITY = 1 << 10;
  private static final long FNV_OFFSET = 0xCBF29CE484222325L;
  private static final long FNV_PRIME = 0x100000001B3L;

  /** Open addressing; 0 is a free place. */
  private long[] hashes = new long[FIRST_CAPACITY];

  /** Twice the attempt's number, and one more once it has ended. */
  private int[] states = new int[FIRST_CAPACITY];

  private int size;

  /** Numbers from 1. */
  public Attempts() {}

  /**
   * The attempt that the next event of the stream belongs to.
   *
   * @return 1 or more; 0 for an event without a test id
   */
  public int of(Event event) {
    String testId = event.testId();
    if (testId == null) {
      return 0;
    }
    int at = place(hash(Name.route(event), testId));
    if (at < 0) {
      return 1;
    }
    Status status = event.status();
    boolean ended = (states[at] & 1) != 0;
    if (ended && (status == Status.INPROGRESS || status == Status.EXISTS)) {
      states[at] += 1;
    } else if (status.isFinal()) {
      states[at] |= 1;
    }
    return states[at] >>> 1;
  }

  /** True if the test was spoken of before, as far as is known. */
  boolean knows(Name name) {
    return hashes[find(hash(name.route(), name.testId()))] != 0;
  }

  /** True if the test's last attempt so far has a final status. */
  boolean hasEnded(Name name) {
    return (states[find(hash(name.route(), name.testId()))] & 1) != 0;
  }

  /** Takes note of a test; false if there is no room. */
  boolean remember(Name name) {
    return place(hash(name.route(), name.testId())) >= 0;
  }

  /** The place of a hash, made if there is none; -1 if there is no room. */
  private int place(long hash) {
    int at = find(hash);
    if (hashes[at] == hash) {
      return at;
    }
    if (size == MAX_TESTS) {
      return -1;
    }
    if (2 * (size + 1) > hashes.length) {
      grow();
      at = find(hash);
    }
    hashes[at] = hash;
    states[at] = 2;
    size++;
    return at;
  }

  private int find(long hash) {
    int at = (int) hash & (hashes.length - 1);
    while (hashes[at] != 0 && hashes[at] != hash) {
      at = (at + 1) & (hashes.length - 1);
    }
    return at;
  }

  private void grow() {
    long[] oldHashes = hashes;
    int[] oldStates = states;
    hashes = new long[oldHashes.length * 2];
    states = new int[oldHashes.length * 2];
    for (int i = 0; i < oldHashes.length; i++) {
      if (oldHashes[i] != 0) {
        int at = find(oldHashes[i]);
        hashes[at] = oldHashes[i];
        states[at] = oldStates[i];
      }
    }
  }

  private static long hash(String route, String testId) {
    long hash = add(FNV_OFFSET, route);
    // No character of a route: names that differ in where the route ends differ.
    hash = (hash ^ 0x10000) * FNV_PRIME;
    hash = add(hash, testId);
    hash ^= hash >>> 32;
    hash *= 0xD6E8FEB86659FD93L;
    hash ^= hash >>> 32;
    hash *= 0xD6E8FEB86659FD93L;
    hash ^= hash >>> 32;
    return hash == 0 ? 1 : hash;
  }

  private static long add(long hash, String text) {
    long value = hash;
    for (int i = 0; i < text.length(); i++) {
      value = (value ^ text.charAt(i)) * FNV_PRIME;
    }
    return value;
  }
}
