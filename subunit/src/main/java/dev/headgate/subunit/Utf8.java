package dev.headgate.subunit;

/** Well-formed UTF-8 without NUL (Unicode 15, table 3-7). */
final class Utf8 {
  private static final long HIGH_BITS = 0x8080808080808080L;
  private static final long ONES = 0x0101010101010101L;
  private static final long QUESTION_MARKS = 0x3F3F3F3F3F3F3F3FL;

  private Utf8() {}

  /** True if {@code [from, to)} is whole characters, none of them NUL. */
  static boolean isText(byte[] bytes, int from, int to) {
    return textEnd(bytes, from, to) == to;
  }

  /** True if {@code [from, to)} is ASCII without NUL. */
  static boolean isAscii(byte[] bytes, int from, int to) {
    int size = to - from;
    long other;
    // Most texts are short: looks that overlap, instead of a loop and its rest.
    if (size < 8) {
      other = to < 8 ? HIGH_BITS : otherThanAscii(lastOf(bytes, size, to));
    } else if (size < 16) {
      other = otherThanAscii(bytes, from) | otherThanAscii(bytes, to - 8);
    } else {
      other = otherThanAscii16(bytes, to - 16);
      for (int at = from; at < to - 16 && (other & HIGH_BITS) == 0; at += 16) {
        other |= otherThanAscii16(bytes, at);
      }
    }
    return (other & HIGH_BITS) == 0;
  }

  /** True if {@code [from, to)} is ASCII without NUL and without question mark. */
  static boolean isUnquestionable(byte[] bytes, int from, int to) {
    int at = from;
    long wrong = 0;
    for (; at <= to - 8; at += 8) {
      long eight = (long) Wire.LONGS.get(bytes, at);
      wrong |= otherThanAscii(eight) | otherThanAscii(eight ^ QUESTION_MARKS);
    }
    for (; at < to; at++) {
      wrong |= bytes[at] <= 0 || bytes[at] == '?' ? HIGH_BITS : 0;
    }
    return (wrong & HIGH_BITS) == 0;
  }

  /** The last {@code size} bytes of eight, of less than eight; ASCII in place of the others. */
  private static long lastOf(byte[] bytes, int size, int to) {
    long others = -1L >>> (size << 3);
    long eight = (long) Wire.LONGS.get(bytes, to - 8);
    return (eight & ~others) | (ONES & others);
  }

  private static long otherThanAscii16(byte[] bytes, int at) {
    return otherThanAscii(bytes, at) | otherThanAscii(bytes, at + 8);
  }

  /** True if {@code [from, to)} begins such a text; its last character may be a part of one. */
  static boolean beginsText(byte[] bytes, int from, int to) {
    int at = textEnd(bytes, from, to);
    int announced = at == to ? 0 : lengthOf(bytes[at]);
    if (announced <= to - at) {
      return at == to;
    }
    for (int i = at + 1; i < to; i++) {
      if (i == at + 1 ? !isSecond(bytes[at], bytes[i]) : !isContinuation(bytes[i])) {
        return false;
      }
    }
    return true;
  }

  private static long otherThanAscii(byte[] bytes, int at) {
    return otherThanAscii((long) Wire.LONGS.get(bytes, at));
  }

  /** Has a high bit set if one of eight bytes is not ASCII or is NUL. */
  private static long otherThanAscii(long eight) {
    return eight | (eight - ONES);
  }

  /** The index of the first byte in {@code [from, to)} that begins no whole character, or to. */
  private static int textEnd(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to) {
      if (at <= to - 8 && (otherThanAscii(bytes, at) & HIGH_BITS) == 0) {
        at += 8;
        continue;
      }
      int length = characterAt(bytes, at, to);
      if (length == 0) {
        return at;
      }
      at += length;
    }
    return to;
  }

  /** The length of the character at an index, or 0 if there is none, only a part, or NUL. */
  static int characterAt(byte[] bytes, int at, int to) {
    int lead = bytes[at];
    if (lead > 0) {
      return 1;
    }
    int length = lengthOf(lead);
    if (length == 0 || at + length > to || !isSecond(lead, bytes[at + 1])) {
      return 0;
    }
    for (int i = 2; i < length; i++) {
      if (!isContinuation(bytes[at + i])) {
        return 0;
      }
    }
    return length;
  }

  /**
   * True if a byte B3 would end a character that began just before it.
   *
   * @param before the bytes before it, the nearest in the lowest eight bits; 0 where there is none
   */
  static boolean signatureEndsCharacter(int before) {
    byte nearest = (byte) before;
    byte second = (byte) (before >> 8);
    byte third = (byte) (before >> 16);
    if (lengthOf(nearest) == 2) {
      return true;
    }
    if (!isContinuation(nearest)) {
      return false;
    }
    return (lengthOf(second) == 3 && isSecond(second, nearest))
        || (isContinuation(second) && lengthOf(third) == 4 && isSecond(third, second));
  }

  static boolean isContinuation(byte value) {
    return (value & 0xC0) == 0x80;
  }

  /** The length that a lead byte of two or more announces; 0 if it is no such byte. */
  private static int lengthOf(int lead) {
    int value = lead & 0xFF;
    if (value < 0xC2 || value > 0xF4) {
      return 0;
    }
    return value < 0xE0 ? 2 : value < 0xF0 ? 3 : 4;
  }

  private static boolean isSecond(int lead, byte second) {
    int value = second & 0xFF;
    return switch (lead & 0xFF) {
      case 0xE0 -> value >= 0xA0 && value <= 0xBF;
      case 0xED -> value >= 0x80 && value <= 0x9F;
      case 0xF0 -> value >= 0x90 && value <= 0xBF;
      case 0xF4 -> value >= 0x80 && value <= 0x8F;
      default -> value >= 0x80 && value <= 0xBF;
    };
  }
}
