package dev.headgate.subunit;

/** Makes bytes that have a wanted checksum, as someone who means harm would. */
final class Crc32Craft {
  private static final int[] FORWARD = new int[256];

  /** Which entry of the forward table has that top byte. */
  private static final int[] BY_TOP = new int[256];

  static {
    for (int b = 0; b < 256; b++) {
      FORWARD[b] = Crc32Math.advance(0, new byte[] {(byte) b}, 0, 1);
      BY_TOP[FORWARD[b] >>> 24] = b;
    }
  }

  private Crc32Craft() {}

  /** The register that becomes {@code register} over {@code [from, to)}. */
  static int before(int register, byte[] bytes, int from, int to) {
    for (int i = to - 1; i >= from; i--) {
      int entry = BY_TOP[register >>> 24];
      register = (register ^ FORWARD[entry]) << 8 | ((entry ^ bytes[i]) & 0xFF);
    }
    return register;
  }

  /**
   * Sets four bytes at {@code at} so that the register over {@code [from, at + 4)} is as wanted.
   */
  static void steer(byte[] bytes, int from, int at, int wanted) {
    int start = Crc32Math.advance(-1, bytes, from, at);
    // Running backwards over four zero bytes gives the register that those four bytes must make up.
    int needed = before(wanted, new byte[4], 0, 4);
    int difference = start ^ needed;
    for (int i = 0; i < 4; i++) {
      bytes[at + i] = (byte) (difference >>> (8 * i));
    }
  }
}
