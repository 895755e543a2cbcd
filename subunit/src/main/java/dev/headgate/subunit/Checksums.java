package dev.headgate.subunit;

import java.util.zip.CRC32;

/** Compares the checksums of what might be packets. */
final class Checksums {
  private final CRC32 crc = new CRC32();

  /** True if the last four of {@code length} bytes at an index are the CRC-32 of those before. */
  boolean matches(Window window, int start, int length) {
    int covered = length - Wire.CRC_LENGTH;
    crc.reset();
    crc.update(window.bytes, start, covered);
    return (int) crc.getValue() == Wire.intAt(window.bytes, start + covered);
  }
}
