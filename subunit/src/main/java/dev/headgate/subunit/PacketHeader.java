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
    if (available > 1 && (bytes[start + 1] & 0xF0) != Wire.VERSION >>> 8) {
      return IMPLAUSIBLE;
    }
    if (available > 2 && (bytes[start + 2] & Wire.RESERVED) != 0) {
      return IMPLAUSIBLE;
    }
    if (available < Wire.SHORTEST_HEADER) {
      return UNFINISHED;
    }
    int width = Wire.width(bytes[start + 3]);
    if (width > 3) {
      return IMPLAUSIBLE;
    }
    if (available < 3 + width) {
      return UNFINISHED;
    }
    int length = Wire.number(bytes, start + 3, width);
    int flags = Wire.flagsAt(bytes, start);
    return length < Wire.shortestPacket(flags, width) ? IMPLAUSIBLE : length;
  }
}
