package dev.headgate.subunit;

/** What the first four to six bytes of a packet say of it. */
final class PacketHeader {
  /** The bytes are those of no packet, whatever follows. */
  static final int IMPLAUSIBLE = -1;

  /** So far nothing is wrong, and the length is not yet known. */
  static final int UNFINISHED = 0;

  private PacketHeader() {}

  /**
   * Judges the header that begins at a signature byte.
   *
   * @return the length of the packet that it announces, {@link #IMPLAUSIBLE} or {@link #UNFINISHED}
   */
  static int claim(byte[] bytes, int start, int limit) {
    int available = limit - start;
    if (available < Wire.SHORTEST_HEADER) {
      return beginning(bytes, start, available);
    }
    int first = Wire.intAt(bytes, start);
    if ((first & (Wire.VERSION_MASK | Wire.RESERVED) << 8) != Wire.VERSION << 8) {
      return IMPLAUSIBLE;
    }
    int width = (first >>> 6 & 3) + 1;
    int length = first & 0x3F;
    if (width > 1) {
      if (width > 3) {
        return IMPLAUSIBLE;
      }
      if (available < 3 + width) {
        return UNFINISHED;
      }
      length = length << 8 | (bytes[start + 4] & 0xFF);
      length = width == 2 ? length : length << 8 | (bytes[start + 5] & 0xFF);
    }
    boolean tooShort =
        length < Wire.LONGEST_SHORTEST && length < Wire.shortestPacket(first >>> 8, width);
    return tooShort ? IMPLAUSIBLE : length;
  }

  private static int beginning(byte[] bytes, int start, int available) {
    boolean wrongVersion =
        available > 1 && (bytes[start + 1] & Wire.VERSION_MASK >>> 8) != Wire.VERSION >>> 8;
    boolean reserved = available > 2 && (bytes[start + 2] & Wire.RESERVED) != 0;
    return wrongVersion || reserved ? IMPLAUSIBLE : UNFINISHED;
  }
}
