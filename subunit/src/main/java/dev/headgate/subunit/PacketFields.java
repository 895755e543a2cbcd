package dev.headgate.subunit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the fields of one packet lie. Positions are relative to the packet's first byte, so that
 * they hold when the packet is moved; -1 is an absent field. Reused from packet to packet.
 */
final class PacketFields {
  int length;
  int flags;

  /** The index of the first field. */
  int fieldsAt;

  int nanos;
  int testIdAt;
  int testIdLength;
  int tagCount;
  int tagsAt;
  int mimeTypeAt;
  int mimeTypeLength;

  /** Where the file field begins, its name's length included. */
  int fileAt;

  int fileNameAt;
  int fileNameLength;
  int contentAt;
  int contentLength;

  /** Where the last field but the route code ends. */
  int routeFieldAt;

  int routeAt;
  int routeLength;

  /** How much of a packet is looked at while it is incomplete, so that each look is cheap. */
  private static final int FIRST_LOOK = 256;

  /** A field is malformed or does not lie inside the packet. */
  private static final int BROKEN = -1;

  /** A field goes on behind what is there. */
  private static final int UNSEEN = -2;

  private int number;
  private int textAt;
  private int textLength;

  /** The index of the first byte that must not be read. */
  private int visible;

  /** How many bytes of text may still be looked at; a text counts for one more than it has. */
  private int spareText;

  boolean has(int flag) {
    return (flags & flag) != 0;
  }

  /**
   * Finds the fields of the packet whose header is plausible and whose {@code length} bytes are all
   * there.
   *
   * @return false if a field does not lie inside the packet, a text is not UTF-8 or has a NUL, or
   *     the nanoseconds make a second
   */
  boolean parse(byte[] bytes, int start, int packetLength) {
    return parse(bytes, start, packetLength, Integer.MAX_VALUE);
  }

  /** The same, and false if the texts have more than that many bytes together. */
  boolean parse(byte[] bytes, int start, int packetLength, int mostText) {
    visible = start + packetLength;
    spareText = mostText;
    return find(bytes, start, packetLength) >= 0;
  }

  /**
   * Looks at the beginning of a packet whose header is plausible and that is not all there yet.
   *
   * @return false if {@link #parse} will be false whatever follows; what was found is of no use
   */
  boolean canBegin(byte[] bytes, int start, int packetLength, int limit) {
    visible = Math.min(limit, start + FIRST_LOOK);
    spareText = Integer.MAX_VALUE;
    return find(bytes, start, packetLength) != BROKEN;
  }

  private int find(byte[] bytes, int start, int packetLength) {
    length = packetLength;
    flags = Wire.flagsAt(bytes, start);
    fieldsAt = 3 + Wire.width(bytes[start + 3]);
    int end = start + packetLength - Wire.CRC_LENGTH;
    int at = timestamp(bytes, start + fieldsAt, end);
    at = testId(bytes, at, end, start);
    at = tags(bytes, at, end, start);
    at = mimeType(bytes, at, end, start);
    at = file(bytes, at, end, start);
    routeFieldAt = at - start;
    return routeCode(bytes, at, end, start);
  }

  private int timestamp(byte[] bytes, int at, int end) {
    if (!has(Wire.TIMESTAMP)) {
      return at;
    }
    int next = number(bytes, at + 4, end);
    nanos = number;
    return next >= 0 && nanos >= Wire.NANOS_PER_SECOND ? BROKEN : next;
  }

  private int testId(byte[] bytes, int at, int end, int start) {
    if (at < 0 || !has(Wire.TEST_ID)) {
      return at;
    }
    int next = text(bytes, at, end);
    testIdAt = textAt - start;
    testIdLength = textLength;
    return next;
  }

  private int tags(byte[] bytes, int at, int end, int start) {
    tagCount = 0;
    if (at < 0 || !has(Wire.TAGS)) {
      return at;
    }
    int next = number(bytes, at, end);
    if (next < 0) {
      return next;
    }
    tagCount = number;
    tagsAt = next - start;
    if (tagCount > end - next) {
      return BROKEN;
    }
    for (int i = 0; i < tagCount && next >= 0; i++) {
      next = text(bytes, next, end);
    }
    return next;
  }

  private int mimeType(byte[] bytes, int at, int end, int start) {
    if (at < 0 || !has(Wire.MIME_TYPE)) {
      return at;
    }
    int next = text(bytes, at, end);
    mimeTypeAt = textAt - start;
    mimeTypeLength = textLength;
    return next;
  }

  private int file(byte[] bytes, int at, int end, int start) {
    contentLength = 0;
    if (at < 0 || !has(Wire.FILE)) {
      return at;
    }
    fileAt = at - start;
    int next = text(bytes, at, end);
    fileNameAt = textAt - start;
    fileNameLength = textLength;
    next = next < 0 ? next : number(bytes, next, end);
    if (next < 0) {
      return next;
    }
    contentAt = next - start;
    contentLength = number;
    return contentLength > end - next ? BROKEN : next + contentLength;
  }

  private int routeCode(byte[] bytes, int at, int end, int start) {
    routeLength = 0;
    if (at < 0 || !has(Wire.ROUTE_CODE)) {
      return at;
    }
    int next = text(bytes, at, end);
    routeAt = textAt - start;
    routeLength = textLength;
    return next;
  }

  /** Reads a number; returns the index after it, {@link #BROKEN} or {@link #UNSEEN}. */
  private int number(byte[] bytes, int at, int end) {
    if (at >= end) {
      return BROKEN;
    }
    if (at >= visible) {
      return UNSEEN;
    }
    int width = Wire.width(bytes[at]);
    if (width > end - at) {
      return BROKEN;
    }
    if (width > visible - at) {
      return UNSEEN;
    }
    number = Wire.number(bytes, at, width);
    return at + width;
  }

  /** Finds a text; returns the index after it, {@link #BROKEN} or {@link #UNSEEN}. */
  private int text(byte[] bytes, int at, int end) {
    textAt = number(bytes, at, end);
    textLength = number;
    if (textAt < 0) {
      return textAt;
    }
    spareText -= textLength + 1;
    if (textLength > end - textAt || spareText < 0) {
      return BROKEN;
    }
    int next = textAt + textLength;
    if (next > visible) {
      return Utf8.beginsText(bytes, textAt, visible) ? UNSEEN : BROKEN;
    }
    return Utf8.isText(bytes, textAt, next) ? next : BROKEN;
  }

  @Nullable String testId(byte[] bytes, int start) {
    return has(Wire.TEST_ID) ? new String(bytes, start + testIdAt, testIdLength, UTF_8) : null;
  }

  @Nullable String mimeType(byte[] bytes, int start) {
    return has(Wire.MIME_TYPE)
        ? new String(bytes, start + mimeTypeAt, mimeTypeLength, UTF_8)
        : null;
  }

  @Nullable String fileName(byte[] bytes, int start) {
    return has(Wire.FILE) ? new String(bytes, start + fileNameAt, fileNameLength, UTF_8) : null;
  }

  @Nullable String routeCode(byte[] bytes, int start) {
    return has(Wire.ROUTE_CODE) ? new String(bytes, start + routeAt, routeLength, UTF_8) : null;
  }

  long seconds(byte[] bytes, int start) {
    return Wire.intAt(bytes, start + fieldsAt) & 0xFFFF_FFFFL;
  }

  @Nullable Instant timestamp(byte[] bytes, int start) {
    return has(Wire.TIMESTAMP) ? Instant.ofEpochSecond(seconds(bytes, start), nanos) : null;
  }

  List<String> tags(byte[] bytes, int start) {
    if (tagCount == 0) {
      return List.of();
    }
    String[] tags = new String[tagCount];
    int at = start + tagsAt;
    for (int i = 0; i < tagCount; i++) {
      int width = Wire.width(bytes[at]);
      int size = Wire.number(bytes, at, width);
      tags[i] = new String(bytes, at + width, size, UTF_8);
      at += width + size;
    }
    return List.of(tags);
  }
}
