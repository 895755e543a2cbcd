package dev.headgate.subunit;

/**
 * CRC-32 as arithmetic, for what {@link java.util.zip.CRC32} cannot say: the register after a range
 * of bytes, from the registers at both of its ends.
 *
 * <p>The register is a polynomial over GF(2), reduced by the generator, with the coefficient of x⁰
 * in the top bit. Appending {@code n} bytes multiplies it by x⁸ⁿ and adds what the bytes give from
 * a register of 0 (zlib's {@code crc32_combine} rests on the same fact).
 */
final class Crc32Math {
  private static final int GENERATOR = 0xEDB88320;
  private static final int ONE = 0x8000_0000;

  /** A shift of up to 2²² bytes is one power from each of two tables of 2¹¹. */
  private static final int DIGIT = 11;

  /** {@code BYTE[k][b]}: the register after byte b and k zero bytes, from 0. */
  private static final int[][] BYTE = byteTables();

  private static final int[] LOW_POWERS = powers(ONE >>> 8);
  private static final int[] HIGH_POWERS =
      powers(multiply(LOW_POWERS[(1 << DIGIT) - 1], ONE >>> 8));

  private Crc32Math() {}

  private static int[][] byteTables() {
    int[][] tables = new int[8][256];
    for (int b = 0; b < 256; b++) {
      int register = b;
      for (int bit = 0; bit < 8; bit++) {
        register = (register >>> 1) ^ ((register & 1) == 0 ? 0 : GENERATOR);
      }
      tables[0][b] = register;
    }
    for (int k = 1; k < 8; k++) {
      for (int b = 0; b < 256; b++) {
        tables[k][b] = one(tables[0], tables[k - 1][b], (byte) 0);
      }
    }
    return tables;
  }

  private static int[] powers(int factor) {
    int[] powers = new int[1 << DIGIT];
    powers[0] = ONE;
    for (int i = 1; i < powers.length; i++) {
      powers[i] = multiply(powers[i - 1], factor);
    }
    return powers;
  }

  private static int one(int[] table, int register, byte next) {
    return table[(register ^ next) & 0xFF] ^ (register >>> 8);
  }

  /** The register after {@code [from, to)}. */
  static int advance(int register, byte[] bytes, int from, int to) {
    int[] table = BYTE[0];
    for (int i = from; i < to; i++) {
      register = one(table, register, bytes[i]);
    }
    return register;
  }

  /** The register after eight bytes. */
  static int advanceEight(int register, byte[] bytes, int at) {
    long eight = (long) Wire.LONGS.get(bytes, at) ^ (register & 0xFFFF_FFFFL);
    int low = (int) eight;
    int high = (int) (eight >>> 32);
    return BYTE[7][low & 0xFF]
        ^ BYTE[6][low >>> 8 & 0xFF]
        ^ BYTE[5][low >>> 16 & 0xFF]
        ^ BYTE[4][low >>> 24]
        ^ BYTE[3][high & 0xFF]
        ^ BYTE[2][high >>> 8 & 0xFF]
        ^ BYTE[1][high >>> 16 & 0xFF]
        ^ BYTE[0][high >>> 24];
  }

  /** The register after {@code count} zero bytes, of 0 to 2²² - 1. */
  static int shift(int register, int count) {
    int power = multiply(LOW_POWERS[count & ((1 << DIGIT) - 1)], HIGH_POWERS[count >>> DIGIT]);
    return multiply(register, power);
  }

  /** The product of two polynomials, reduced. */
  static int multiply(int a, int b) {
    // In both factors the coefficient of xⁿ is bit 31-n, so that of the product is bit 63-n once
    // it is moved up by one; what is then in the low half is a register still to be shifted by 32.
    long product = carryless(a & 0xFFFF_FFFFL, b & 0xFFFF_FFFFL) << 1;
    int low = (int) product;
    return (int) (product >>> 32)
        ^ BYTE[3][low & 0xFF]
        ^ BYTE[2][low >>> 8 & 0xFF]
        ^ BYTE[1][low >>> 16 & 0xFF]
        ^ BYTE[0][low >>> 24];
  }

  /**
   * The product without carries of two numbers of 32 bits. Each factor is taken apart into four
   * with only every fourth bit: at most eight ones meet in one place of a product, which the three
   * bits above it can count without reaching the next place.
   */
  private static long carryless(long a, long b) {
    long a0 = a & 0x11111111L;
    long a1 = a & 0x22222222L;
    long a2 = a & 0x44444444L;
    long a3 = a & 0x88888888L;
    long b0 = b & 0x11111111L;
    long b1 = b & 0x22222222L;
    long b2 = b & 0x44444444L;
    long b3 = b & 0x88888888L;
    long c0 = a0 * b0 ^ a1 * b3 ^ a2 * b2 ^ a3 * b1;
    long c1 = a0 * b1 ^ a1 * b0 ^ a2 * b3 ^ a3 * b2;
    long c2 = a0 * b2 ^ a1 * b1 ^ a2 * b0 ^ a3 * b3;
    long c3 = a0 * b3 ^ a1 * b2 ^ a2 * b1 ^ a3 * b0;
    return (c0 & 0x1111111111111111L)
        | (c1 & 0x2222222222222222L)
        | (c2 & 0x4444444444444444L)
        | (c3 & 0x8888888888888888L);
  }
}
