package dev.headgate.subunit.v1;

import dev.headgate.subunit.Bytes;
import java.util.Arrays;

/** Bytes that are being collected. */
final class ByteRun {
  private static final int FIRST_CAPACITY = 256;

  /** An emptied run larger than this is given back. */
  private static final int KEPT_CAPACITY = 1 << 17;

  private byte[] bytes = new byte[FIRST_CAPACITY];
  private int length;

  int length() {
    return length;
  }

  boolean isEmpty() {
    return length == 0;
  }

  byte at(int index) {
    return bytes[index];
  }

  void add(byte value) {
    reserve(1);
    bytes[length++] = value;
  }

  void add(Bytes more) {
    reserve(more.length());
    more.copyTo(bytes, length);
    length += more.length();
  }

  private void reserve(int more) {
    if (length + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(length + more, 2 * bytes.length));
    }
  }

  /** A copy of the bytes. */
  Bytes copy() {
    return Bytes.copyOf(bytes, 0, length);
  }

  /** The bytes; the run is empty afterwards. */
  Bytes take() {
    Bytes taken = copy();
    length = 0;
    if (bytes.length > KEPT_CAPACITY) {
      bytes = new byte[FIRST_CAPACITY];
    }
    return taken;
  }
}
