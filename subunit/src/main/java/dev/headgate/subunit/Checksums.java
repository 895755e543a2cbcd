package dev.headgate.subunit;

import java.util.Arrays;
import java.util.zip.CRC32;

/**
 * Compares the checksums of what might be packets, at a bounded cost per byte.
 *
 * <p>A stream of sound packets is checked straight away. But every few bytes of a hostile or badly
 * damaged one may claim to begin 4 MiB, and what one claim covers, the next does too. A byte is
 * therefore checked straight away for at most one large claim; for those that overlap it, the
 * registers of one running CRC are kept at every eighth byte, and the checksum of any range follows
 * from those at its ends in constant time.
 */
final class Checksums {
  /**
   * Claims up to this are always checked straight away; cheaper than two looks at the registers.
   */
  static final int SMALL = 128;

  /** A running register is kept at every so many bytes; doubling it halves memory and speed. */
  private static final int STEP = 8;

  /** What one look at the registers counts as, in bytes checked; about what it takes in time. */
  private static final int LOOK = 64;

  private static final int[] NONE = new int[0];

  private final CRC32 crc = new CRC32();

  /** Bytes before this offset were already part of a large claim that was checked straight away. */
  private long straightTo;

  /** {@code registers[k]} is the running register before offset {@code origin + k * STEP}. */
  private int[] registers = NONE;

  private int count;
  private long origin;
  private long work;

  /**
   * True if the last four of {@code length} bytes at an index are the CRC-32 of those before.
   *
   * @param earliest no claim will be asked for that begins before this index
   */
  boolean matches(Window window, int start, int length, int earliest) {
    int covered = length - Wire.CRC_LENGTH;
    int wanted = Wire.intAt(window.bytes, start + covered);
    if (length > SMALL) {
      long offset = window.base + start;
      if (offset < straightTo) {
        return fromRegisters(window, start, covered, earliest) == wanted;
      }
      straightTo = offset + length;
    }
    work += covered;
    crc.reset();
    crc.update(window.bytes, start, covered);
    return (int) crc.getValue() == wanted;
  }

  /** Forgets the registers, because nothing that they cover is left in the window. */
  void forget() {
    count = 0;
    registers = NONE;
  }

  /** How much was done, in bytes; for tests of the bound. */
  long work() {
    return work;
  }

  private int fromRegisters(Window window, int start, int covered, int earliest) {
    extend(window, window.base + start + covered, window.base + earliest);
    work += LOOK;
    int before = register(window, window.base + start);
    int after = register(window, window.base + start + covered);
    return ~(after ^ Crc32Math.shift(~before, covered));
  }

  private int register(Window window, long offset) {
    int k = (int) ((offset - origin) / STEP);
    int at = (int) (origin - window.base) + k * STEP;
    return Crc32Math.advance(registers[k], window.bytes, at, (int) (offset - window.base));
  }

  /**
   * Makes the registers reach from {@code earliest}, or before it, to less than a step of {@code
   * to}.
   */
  private void extend(Window window, long to, long earliest) {
    if (count == 0 || reach() < earliest) {
      origin = earliest;
      count = 1;
      registers = registers.length == 0 ? new int[1 << 10] : registers;
      registers[0] = 0;
    }
    while (reach() + STEP <= to) {
      if (count == registers.length) {
        makeRoom(earliest);
      }
      int at = (int) (reach() - window.base);
      registers[count] = Crc32Math.advanceEight(registers[count - 1], window.bytes, at);
      count++;
      work += STEP;
    }
  }

  private void makeRoom(long earliest) {
    int unused = (int) ((earliest - origin) / STEP);
    if (unused < count / 2) {
      registers = Arrays.copyOf(registers, count * 2);
      return;
    }
    System.arraycopy(registers, unused, registers, 0, count - unused);
    count -= unused;
    origin += (long) unused * STEP;
  }

  /** The offset of the last register. */
  private long reach() {
    return origin + (long) (count - 1) * STEP;
  }
}
