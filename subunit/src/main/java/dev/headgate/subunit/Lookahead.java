package dev.headgate.subunit;

import java.util.Arrays;

/**
 * Looks for a whole packet behind an incomplete one, again and again while more comes in, without
 * looking at anything twice: what is still incomplete itself waits in a heap by where it ends.
 */
final class Lookahead {
  /** Says whether the packet claimed at an index is valid. */
  interface Check {
    boolean isPacket(int at, int claim);
  }

  /** Signature bytes before this offset were looked at. */
  private long scannedTo;

  private static final int FIRST_CAPACITY = 16;

  /** An emptied heap larger than this is given back. */
  private static final int KEPT_CAPACITY = 1 << 12;

  private long[] ends = new long[FIRST_CAPACITY];
  private int[] claims = new int[FIRST_CAPACITY];
  private int size;

  /**
   * Finds a whole valid packet that begins after an offset.
   *
   * @return where it begins, or -1 if there is none yet
   */
  long find(Window window, long after, Check check) {
    while (size > 0 && ends[0] <= window.end()) {
      long start = ends[0] - claims[0];
      int claim = claims[0];
      removeFirst();
      if (start > after && check.isPacket((int) (start - window.base), claim)) {
        return start;
      }
    }
    scannedTo = Math.max(scannedTo, after + 1);
    while (scannedTo < window.end()) {
      int at = (int) (scannedTo - window.base);
      at = Wire.indexOfSignature(window.bytes, at, window.limit);
      scannedTo = window.base + at;
      int claim = at == window.limit ? 0 : PacketHeader.claim(window.bytes, at, window.limit);
      if (claim == PacketHeader.UNFINISHED) {
        return -1;
      }
      scannedTo++;
      if (claim > window.limit - at) {
        add(window.base + at + claim, claim);
      } else if (claim > 0 && check.isPacket(at, claim)) {
        return window.base + at;
      }
    }
    return -1;
  }

  private void add(long end, int claim) {
    if (size == ends.length) {
      ends = Arrays.copyOf(ends, size * 2);
      claims = Arrays.copyOf(claims, size * 2);
    }
    int child = size++;
    while (child > 0 && ends[(child - 1) / 2] > end) {
      move((child - 1) / 2, child);
      child = (child - 1) / 2;
    }
    ends[child] = end;
    claims[child] = claim;
  }

  private void removeFirst() {
    size--;
    if (size == 0 && ends.length > KEPT_CAPACITY) {
      ends = new long[FIRST_CAPACITY];
      claims = new int[FIRST_CAPACITY];
      return;
    }
    long end = ends[size];
    int claim = claims[size];
    int parent = 0;
    while (2 * parent + 1 < size) {
      int child = 2 * parent + 1;
      if (child + 1 < size && ends[child + 1] < ends[child]) {
        child++;
      }
      if (ends[child] >= end) {
        break;
      }
      move(child, parent);
      parent = child;
    }
    ends[parent] = end;
    claims[parent] = claim;
  }

  private void move(int from, int to) {
    ends[to] = ends[from];
    claims[to] = claims[from];
  }
}
