package dev.headgate.subunit;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.zip.CRC32;

/** A growing buffer of whole packets, and of the fields of the one being written. */
final class PacketWriter {
  /** Takes a usual packet without growing. */
  private static final int FIRST_CAPACITY = 512;

  /** An emptied buffer larger than this is given back. */
  private static final int KEPT_CAPACITY = 1 << 18;

  /**
   * The header of packets of 64 bytes to 16 KiB, which most are; others are moved when finished.
   */
  private static final int USUAL_HEADER = 5;

  private final CRC32 crc = new CRC32();
  private byte[] bytes = new byte[FIRST_CAPACITY];

  /** Where the packet being written begins; equals {@code end} between packets. */
  private int start;

  private int end;

  /** Begins a packet after the last finished one; what was begun before is forgotten. */
  void begin() {
    end = start;
    reserve(USUAL_HEADER);
    end += USUAL_HEADER;
  }

  /**
   * Finishes the packet.
   *
   * @param flags without the version
   * @return false if it is too large; it is then forgotten
   */
  boolean finish(int flags) {
    int fieldsLength = end - start - USUAL_HEADER;
    int base = 3 + fieldsLength + Wire.CRC_LENGTH;
    int width = Wire.lengthWidth(base);
    if (width == 0) {
      end = start;
      return false;
    }
    reserve(1 + Wire.CRC_LENGTH);
    if (3 + width != USUAL_HEADER) {
      System.arraycopy(bytes, start + USUAL_HEADER, bytes, start + 3 + width, fieldsLength);
      end += 3 + width - USUAL_HEADER;
    }
    bytes[start] = Wire.SIGNATURE;
    bytes[start + 1] = (byte) ((Wire.VERSION | flags) >>> 8);
    bytes[start + 2] = (byte) flags;
    Wire.putNumber(bytes, start + 3, base + width, width);
    crc.reset();
    crc.update(bytes, start, end - start);
    Wire.putInt(bytes, end, (int) crc.getValue());
    end += Wire.CRC_LENGTH;
    start = end;
    return true;
  }

  /** Forgets all from a length on, as {@link #length()} gave it between packets. */
  void truncate(int length) {
    start = length;
    end = length;
  }

  /** How many bytes of finished packets there are. */
  int length() {
    return start;
  }

  Bytes take() {
    Bytes taken = Bytes.copyOf(bytes, 0, start);
    clear();
    return taken;
  }

  void writeTo(OutputStream out) throws IOException {
    try {
      out.write(bytes, 0, start);
    } finally {
      clear();
    }
  }

  private void clear() {
    truncate(0);
    if (bytes.length > KEPT_CAPACITY) {
      bytes = new byte[FIRST_CAPACITY];
    }
  }

  void putInt(int value) {
    reserve(4);
    Wire.putInt(bytes, end, value);
    end += 4;
  }

  void putNumber(int value) {
    reserve(4);
    end = Wire.putNumber(bytes, end, value, Wire.narrowestWidth(value));
  }

  void putBytes(byte[] source, int from, int length) {
    reserve(length);
    System.arraycopy(source, from, bytes, end, length);
    end += length;
  }

  private void reserve(int more) {
    int wanted = Math.addExact(end, more);
    if (wanted > bytes.length) {
      long doubled = Math.min((long) bytes.length << 1, Integer.MAX_VALUE - 8);
      bytes = Arrays.copyOf(bytes, (int) Math.max(wanted, doubled));
    }
  }
}
