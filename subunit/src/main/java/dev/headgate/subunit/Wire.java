package dev.headgate.subunit;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** The layout's constants and numbers (FORMAT.md, version 2). */
final class Wire {
  static final byte SIGNATURE = (byte) 0xB3;
  static final int VERSION_MASK = 0xF000;
  static final int VERSION = 0x2000;
  static final int TEST_ID = 0x0800;
  static final int ROUTE_CODE = 0x0400;
  static final int TIMESTAMP = 0x0200;
  static final int RUNNABLE = 0x0100;
  static final int TAGS = 0x0080;
  static final int FILE = 0x0040;
  static final int MIME_TYPE = 0x0020;
  static final int EOF = 0x0010;
  static final int RESERVED = 0x0008;
  static final int STATUS = 0x0007;

  /** The largest packet, signature to checksum: what a number of three bytes can say. */
  static final int MAX_PACKET = 4_194_303;

  /** Signature, flags and the first byte of the length. */
  static final int SHORTEST_HEADER = 4;

  /** The same with a length of three bytes. */
  static final int LONGEST_HEADER = 6;

  static final int CRC_LENGTH = 4;

  /** The largest number of all, in four bytes. */
  static final int MAX_NUMBER = 1_073_741_823;

  static final int NANOS_PER_SECOND = 1_000_000_000;

  static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

  private Wire() {}

  static int intAt(byte[] bytes, int at) {
    return (int) INTS.get(bytes, at);
  }

  static void putInt(byte[] bytes, int at, int value) {
    INTS.set(bytes, at, value);
  }

  static int flagsAt(byte[] bytes, int start) {
    return (bytes[start + 1] & 0xFF) << 8 | (bytes[start + 2] & 0xFF);
  }

  /** How many bytes a number takes, by its first byte. */
  static int width(byte first) {
    return ((first & 0xFF) >>> 6) + 1;
  }

  /** The number of {@code width} bytes at an index. */
  static int number(byte[] bytes, int at, int width) {
    int value = bytes[at] & 0x3F;
    if (width == 1) {
      return value;
    }
    for (int i = 1; i < width; i++) {
      value = value << 8 | (bytes[at + i] & 0xFF);
    }
    return value;
  }

  /** The fewest bytes that can say a number of 0 to {@link #MAX_NUMBER}. */
  static int narrowestWidth(int value) {
    return value < 1 << 6 ? 1 : value < 1 << 14 ? 2 : value < 1 << 22 ? 3 : 4;
  }

  /** Writes a number in {@code width} bytes; returns the index after it. */
  static int putNumber(byte[] bytes, int at, int value, int width) {
    for (int i = width - 1; i >= 0; i--) {
      bytes[at + i] = (byte) value;
      value >>>= 8;
    }
    bytes[at] |= (byte) ((width - 1) << 6);
    return at + width;
  }

  /**
   * The bytes of the length field for a packet whose other bytes are {@code base}; 0: too large.
   */
  static int lengthWidth(int base) {
    return base <= 62 ? 1 : base <= 16_381 ? 2 : base <= 4_194_300 ? 3 : 0;
  }

  /** No set of flags makes {@link #shortestPacket} longer. */
  static final int LONGEST_SHORTEST = 21;

  /** The length of the shortest packet with these flags and that many bytes of length. */
  static int shortestPacket(int flags, int lengthWidth) {
    int oneByteFields = flags & (TEST_ID | ROUTE_CODE | TAGS | FILE | MIME_TYPE);
    int shortest = 3 + lengthWidth + CRC_LENGTH + Integer.bitCount(oneByteFields);
    if ((flags & FILE) != 0) {
      shortest++;
    }
    return (flags & TIMESTAMP) != 0 ? shortest + 5 : shortest;
  }

  /** The first signature byte in {@code [from, to)}, or {@code to}. */
  static int indexOfSignature(byte[] bytes, int from, int to) {
    int at = from;
    // Eight bytes at a time: a byte of the difference is zero exactly where the signature stands.
    for (; at <= to - 8; at += 8) {
      long difference = (long) LONGS.get(bytes, at) ^ 0xB3B3B3B3B3B3B3B3L;
      long zeros = difference - 0x0101010101010101L & ~difference & 0x8080808080808080L;
      if (zeros != 0) {
        return at + (Long.numberOfTrailingZeros(zeros) >>> 3);
      }
    }
    while (at < to && bytes[at] != SIGNATURE) {
      at++;
    }
    return at;
  }
}
