package dev.headgate.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/**
 * The fields of a segment's records: big-endian integers; a text is its length in bytes and UTF-8.
 */
final class Fields {
  private Fields() {}

  /** Gathers fields. */
  static final class Output {
    private byte[] bytes = new byte[256];
    private int end;

    byte[] toByteArray() {
      return Arrays.copyOf(bytes, end);
    }

    int length() {
      return end;
    }

    Output u16(int value) {
      int at = reserve(Short.BYTES);
      bytes[at] = (byte) (value >>> 8);
      bytes[at + 1] = (byte) value;
      return this;
    }

    Output u32(int value) {
      return u16(value >>> 16).u16(value);
    }

    Output u64(long value) {
      return u32((int) (value >>> 32)).u32((int) value);
    }

    Output raw(byte[] value) {
      int at = reserve(value.length);
      System.arraycopy(value, 0, bytes, at, value.length);
      return this;
    }

    Output text(String value) {
      byte[] utf8 = value.getBytes(UTF_8);
      return u32(utf8.length).raw(utf8);
    }

    Output instant(Instant value) {
      return u64(value.getEpochSecond()).u32(value.getNano());
    }

    Output optionalInstant(Optional<Instant> value) {
      u16(value.isPresent() ? 1 : 0);
      value.ifPresent(this::instant);
      return this;
    }

    Output optionalDuration(Optional<Duration> value) {
      u16(value.isPresent() ? 1 : 0);
      value.ifPresent(duration -> u64(duration.getSeconds()).u32(duration.getNano()));
      return this;
    }

    private int reserve(int more) {
      int at = end;
      end = Math.addExact(end, more);
      if (end > bytes.length) {
        bytes = Arrays.copyOf(bytes, (int) Math.min(Integer.MAX_VALUE - 8L, end * 2L));
      }
      return at;
    }
  }

  /**
   * Reads fields back. Whatever is wrong with them comes out as {@link SegmentDamage}; fields of
   * later versions at the end are left unread.
   */
  static final class Input {
    private final ByteBuffer bytes;

    Input(byte[] bytes) {
      this.bytes = ByteBuffer.wrap(bytes);
    }

    int u16() throws SegmentDamage {
      require(Short.BYTES);
      return bytes.getShort() & 0xffff;
    }

    int u32() throws SegmentDamage {
      require(Integer.BYTES);
      return bytes.getInt();
    }

    long u64() throws SegmentDamage {
      require(Long.BYTES);
      return bytes.getLong();
    }

    String text() throws SegmentDamage {
      int length = u32();
      require(length);
      ByteBuffer utf8 = bytes.slice(bytes.position(), length);
      bytes.position(bytes.position() + length);
      try {
        return UTF_8.newDecoder().decode(utf8).toString();
      } catch (CharacterCodingException e) {
        throw new SegmentDamage("a text is not UTF-8", e);
      }
    }

    Instant instant() throws SegmentDamage {
      long seconds = u64();
      int nanos = u32();
      try {
        return Instant.ofEpochSecond(seconds, nanos);
      } catch (java.time.DateTimeException e) {
        throw new SegmentDamage("a time is out of range", e);
      }
    }

    Optional<Instant> optionalInstant() throws SegmentDamage {
      return u16() == 0 ? Optional.empty() : Optional.of(instant());
    }

    Optional<Duration> optionalDuration() throws SegmentDamage {
      return u16() == 0 ? Optional.empty() : Optional.of(Duration.ofSeconds(u64(), u32()));
    }

    private void require(int length) throws SegmentDamage {
      if (length < 0 || bytes.remaining() < length) {
        throw new SegmentDamage("a record ends within a field");
      }
    }
  }
}
