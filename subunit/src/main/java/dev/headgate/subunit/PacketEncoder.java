package dev.headgate.subunit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * Writes events as packets into a buffer that grows and is taken or written out by the caller.
 *
 * <p>The same event always becomes the same bytes: numbers are as narrow as they can be, tags keep
 * the order in which each was first seen, and what says nothing is left out (an empty test id,
 * route code, tag list or MIME type, and EOF or a MIME type without a file).
 *
 * <p>File content of more than {@link #MAX_CONTENT} becomes several packets. The first carries
 * status, tags and MIME type, so that what follows belongs to the very attempt that the status
 * speaks of; all carry route, test id, time and file name; the last carries EOF.
 *
 * <p>Sans-IO and confined to one thread.
 */
public final class PacketEncoder {
  /** The most file content that is put in one packet, in bytes: a reader need not hold more. */
  public static final int MAX_CONTENT = 1 << 20;

  /** The last second that a packet can say: 2106-02-07T06:28:15Z. */
  private static final long MAX_SECONDS = 0xFFFF_FFFFL;

  /** Takes a usual packet without growing. */
  private static final int FIRST_CAPACITY = 512;

  /** A drained buffer larger than this is given back. */
  private static final int KEPT_CAPACITY = 1 << 18;

  private final CRC32 crc = new CRC32();
  private byte[] bytes = new byte[FIRST_CAPACITY];
  private int end;

  /** An encoder with an empty buffer. */
  public PacketEncoder() {}

  /** One event as bytes: one packet, or more if its content is large. */
  public static Bytes encode(Event event) {
    PacketEncoder encoder = new PacketEncoder();
    encoder.append(event);
    return encoder.take();
  }

  /**
   * Adds an event to the buffer.
   *
   * @throws IllegalArgumentException if the time is outside 1970-01-01 to 2106-02-07, a text has a
   *     NUL or an unpaired surrogate, or what is not file content exceeds a packet's limit; the
   *     buffer is then as it was
   */
  public void append(Event event) {
    int start = end;
    boolean done = false;
    try {
      appendParts(event);
      done = true;
    } finally {
      if (!done) {
        end = start;
      }
    }
  }

  private void appendParts(Event event) {
    Bytes content = event.fileContent();
    int from = 0;
    do {
      int to = (int) Math.min(content.length(), (long) from + MAX_CONTENT);
      appendPacket(event, from, to);
      from = to;
    } while (from < content.length());
  }

  /** How many bytes the buffer holds. */
  public int length() {
    return end;
  }

  /** The buffer's bytes; it is empty afterwards. */
  public Bytes take() {
    Bytes taken = Bytes.copyOf(bytes, 0, end);
    clear();
    return taken;
  }

  /** Writes the buffer to a stream; it is empty afterwards, also if the stream throws. */
  public void writeTo(OutputStream out) throws IOException {
    try {
      out.write(bytes, 0, end);
    } finally {
      clear();
    }
  }

  private void clear() {
    end = 0;
    if (bytes.length > KEPT_CAPACITY) {
      bytes = new byte[FIRST_CAPACITY];
    }
  }

  private void appendPacket(Event event, int from, int to) {
    boolean first = from == 0;
    boolean last = to == event.fileContent().length();
    int start = end;
    int flags = Wire.VERSION;
    if (event.runnable()) {
      flags |= Wire.RUNNABLE;
    }
    if (first) {
      flags |= event.status().code();
    }
    // The longest header; the fields move down when the width of the length is known.
    end += 6;
    int fieldsAt = end;
    flags |= putTimestamp(event.timestamp());
    flags |= putOptional(event.testId(), Wire.TEST_ID, "test id");
    flags |= first ? putTags(event.tags()) : 0;
    if (event.fileName() != null) {
      flags |= first ? putOptional(event.mimeType(), Wire.MIME_TYPE, "MIME type") : 0;
      putText(event.fileName(), "file name");
      putContent(event.fileContent(), from, to);
      flags |= last && event.eof() ? Wire.FILE | Wire.EOF : Wire.FILE;
    }
    flags |= putOptional(event.routeCode(), Wire.ROUTE_CODE, "route code");
    finish(start, fieldsAt, flags);
  }

  private void finish(int start, int fieldsAt, int flags) {
    int fieldsLength = end - fieldsAt;
    int base = 3 + fieldsLength + Wire.CRC_LENGTH;
    int width = Wire.lengthWidth(base);
    if (width == 0) {
      throw new IllegalArgumentException(
          "a packet of " + base + " bytes is over the limit of " + Wire.MAX_PACKET);
    }
    reserve(Wire.CRC_LENGTH);
    bytes[start] = Wire.SIGNATURE;
    bytes[start + 1] = (byte) (flags >>> 8);
    bytes[start + 2] = (byte) flags;
    int at = Wire.putNumber(bytes, start + 3, base + width, width);
    System.arraycopy(bytes, fieldsAt, bytes, at, fieldsLength);
    end = at + fieldsLength;
    crc.reset();
    crc.update(bytes, start, end - start);
    Wire.putInt(bytes, end, (int) crc.getValue());
    end += Wire.CRC_LENGTH;
  }

  private int putTimestamp(@Nullable Instant time) {
    if (time == null) {
      return 0;
    }
    long seconds = time.getEpochSecond();
    if (seconds < 0 || seconds > MAX_SECONDS) {
      throw new IllegalArgumentException(
          "a packet's time is from 1970-01-01T00:00:00Z to 2106-02-07T06:28:15.999999999Z, got "
              + time);
    }
    reserve(4);
    Wire.putInt(bytes, end, (int) seconds);
    end += 4;
    putNumber(time.getNano());
    return Wire.TIMESTAMP;
  }

  private int putTags(List<String> tags) {
    if (tags.isEmpty()) {
      return 0;
    }
    LinkedHashSet<String> distinct = new LinkedHashSet<>(tags);
    putNumber(distinct.size());
    for (String tag : distinct) {
      putText(tag, "tag");
    }
    return Wire.TAGS;
  }

  private int putOptional(@Nullable String text, int flag, String what) {
    if (text == null || text.isEmpty()) {
      return 0;
    }
    putText(text, what);
    return flag;
  }

  private void putText(String text, String what) {
    byte[] utf8 = text.getBytes(UTF_8);
    requireText(text, utf8, what);
    if (utf8.length > Wire.MAX_PACKET) {
      throw new IllegalArgumentException(
          "a " + what + " of " + utf8.length + " bytes fits no packet");
    }
    putNumber(utf8.length);
    reserve(utf8.length);
    System.arraycopy(utf8, 0, bytes, end, utf8.length);
    end += utf8.length;
  }

  private static void requireText(String text, byte[] utf8, String what) {
    if (text.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("a " + what + " must not contain NUL");
    }
    if (utf8.length != text.length() && !UTF_8.newEncoder().canEncode(text)) {
      throw new IllegalArgumentException("a " + what + " contains half a surrogate pair");
    }
  }

  private void putContent(Bytes content, int from, int to) {
    putNumber(to - from);
    reserve(to - from);
    content.slice(from, to).copyTo(bytes, end);
    end += to - from;
  }

  private void putNumber(int value) {
    reserve(4);
    end = Wire.putNumber(bytes, end, value, Wire.narrowestWidth(value));
  }

  private void reserve(int more) {
    int wanted = Math.addExact(end, more);
    if (wanted > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(wanted, bytes.length << 1));
    }
  }
}
