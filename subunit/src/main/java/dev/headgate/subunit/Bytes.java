package dev.headgate.subunit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;

/**
 * An immutable slice of bytes, equal to another by content.
 *
 * <p>A slice shares its array with the {@code Bytes} it was cut from and so keeps all of it in
 * memory; {@link #compact()} cuts it loose. Safe for use by any thread.
 */
public final class Bytes {
  /** No bytes. */
  public static final Bytes EMPTY = new Bytes(new byte[0], 0, 0);

  /** How many bytes {@link #toString()} shows; enough to recognise a packet's header and id. */
  private static final int SHOWN = 16;

  private final byte[] array;
  private final int from;
  private final int length;

  private Bytes(byte[] array, int from, int length) {
    this.array = array;
    this.from = from;
    this.length = length;
  }

  /** A copy of a whole array. */
  public static Bytes copyOf(byte[] array) {
    return copyOf(array, 0, array.length);
  }

  /** A copy of {@code length} bytes of an array; throws if the range is not inside it. */
  public static Bytes copyOf(byte[] array, int from, int length) {
    Objects.checkFromIndexSize(from, length, array.length);
    return length == 0
        ? EMPTY
        : new Bytes(Arrays.copyOfRange(array, from, from + length), 0, length);
  }

  /** A copy of what remains in a buffer, whose position does not move. */
  public static Bytes copyOf(ByteBuffer buffer) {
    byte[] array = new byte[buffer.remaining()];
    buffer.get(buffer.position(), array);
    return adopt(array, 0, array.length);
  }

  /** The UTF-8 form of a text; an unpaired surrogate becomes a question mark. */
  public static Bytes ofUtf8(String text) {
    byte[] array = text.getBytes(UTF_8);
    return adopt(array, 0, array.length);
  }

  /** All parts, one after the other, in one new array. */
  public static Bytes concat(List<Bytes> parts) {
    if (parts.size() == 1) {
      return parts.getFirst();
    }
    int length = 0;
    for (Bytes part : parts) {
      length = Math.addExact(length, part.length);
    }
    byte[] array = new byte[length];
    int at = 0;
    for (Bytes part : parts) {
      part.copyTo(array, at);
      at += part.length;
    }
    return adopt(array, 0, length);
  }

  /** Takes an array over without copying; nobody may write to it any more. */
  static Bytes adopt(byte[] array, int from, int length) {
    return length == 0 ? EMPTY : new Bytes(array, from, length);
  }

  /** How many bytes there are. */
  public int length() {
    return length;
  }

  /** True if there are none. */
  public boolean isEmpty() {
    return length == 0;
  }

  /** The byte at an index of 0 to {@code length() - 1}. */
  public byte at(int index) {
    return array[from + Objects.checkIndex(index, length)];
  }

  /** The bytes from an index to the end, sharing memory. */
  public Bytes slice(int start) {
    return slice(start, length);
  }

  /** The bytes from {@code start} to before {@code end}, sharing memory. */
  public Bytes slice(int start, int end) {
    Objects.checkFromToIndex(start, end, length);
    return end - start == length ? this : adopt(array, from + start, end - start);
  }

  /** The index of the first such byte at or after {@code start}, or -1. */
  public int indexOf(byte wanted, int start) {
    for (int i = Math.max(0, start); i < length; i++) {
      if (array[from + i] == wanted) {
        return i;
      }
    }
    return -1;
  }

  /** The same bytes in an array of just their size, so that a larger one can be freed. */
  public Bytes compact() {
    return array.length == length ? this : copyOf(array, from, length);
  }

  /** The text in UTF-8; malformed sequences become U+FFFD. */
  public String utf8() {
    return new String(array, from, length, UTF_8);
  }

  /** The bytes in lower-case hexadecimal. */
  public String hex() {
    return HexFormat.of().formatHex(array, from, from + length);
  }

  /** A new array with the bytes. */
  public byte[] toByteArray() {
    return Arrays.copyOfRange(array, from, from + length);
  }

  /** Copies all bytes into an array that has room for them from {@code at} on. */
  public void copyTo(byte[] target, int at) {
    System.arraycopy(array, from, target, at, length);
  }

  /** A read-only view of the bytes. */
  public ByteBuffer asByteBuffer() {
    return ByteBuffer.wrap(array, from, length).slice().asReadOnlyBuffer();
  }

  /** Writes all bytes to a stream; what the stream throws comes through. */
  public void writeTo(OutputStream out) throws IOException {
    out.write(array, from, length);
  }

  /** The array behind; for reading only. */
  byte[] array() {
    return array;
  }

  /** Where the slice begins in {@link #array()}. */
  int arrayOffset() {
    return from;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Bytes that
        && Arrays.equals(
            array, from, from + length, that.array, that.from, that.from + that.length);
  }

  @Override
  public int hashCode() {
    int hash = 1;
    for (int i = from; i < from + length; i++) {
      hash = 31 * hash + array[i];
    }
    return hash;
  }

  @Override
  public String toString() {
    int shown = Math.min(length, SHOWN);
    String head = HexFormat.of().formatHex(array, from, from + shown);
    return "Bytes[" + length + ": " + head + (shown < length ? "…]" : "]");
  }
}
