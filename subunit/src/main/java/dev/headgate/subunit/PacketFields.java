package dev.headgate.subunit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the fields of one packet lie. Positions are relative to the packet's first byte, so that
 * they hold when the packet is moved; those of absent fields mean nothing. A text is known by where
 * its length stands, and read again when it is asked for: most packets are never asked. Reused from
 * packet to packet.
 */
final class PacketFields {
  int length;
  int flags;

  /** The index of the first field. */
  int fieldsAt;

  int testIdAt;
  int tagsAt;
  private int tagsEnd;
  int mimeTypeAt;

  /** Where the file field begins, its name's length included. */
  int fileAt;

  int contentAt;

  /** 0 without a file. */
  int contentLength;

  /** Where the route code's length stands; without one, where the last field ends. */
  int routeAt;

  /** A field is malformed or does not lie inside the packet. */
  private static final int BROKEN = -1;

  private final RecentValues<String> recentTexts = new RecentValues<>();
  private final RecentValues<List<String>> recentTags = new RecentValues<>();

  /** True if no text has a character beyond ASCII. */
  private boolean ascii;

  private int number;

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
    length = packetLength;
    flags = Wire.flagsAt(bytes, start);
    int first = start + 3 + Wire.width(bytes[start + 3]);
    fieldsAt = first - start;
    ascii = true;
    spareText = mostText;
    int end = start + packetLength - Wire.CRC_LENGTH;
    int at = has(Wire.TIMESTAMP) ? timestamp(bytes, first + 4, end) : first;
    if (has(Wire.TEST_ID) && at >= 0) {
      testIdAt = at - start;
      at = text(bytes, at, end);
    }
    if (has(Wire.TAGS) && at >= 0) {
      tagsAt = at - start;
      at = texts(bytes, at, end);
      tagsEnd = at - start;
    }
    if (has(Wire.MIME_TYPE) && at >= 0) {
      mimeTypeAt = at - start;
      at = text(bytes, at, end);
    }
    contentLength = 0;
    if (has(Wire.FILE) && at >= 0) {
      fileAt = at - start;
      at = content(bytes, text(bytes, at, end), end, start);
    }
    routeAt = at - start;
    if (has(Wire.ROUTE_CODE) && at >= 0) {
      at = text(bytes, at, end);
    }
    return at >= 0;
  }

  private int timestamp(byte[] bytes, int at, int end) {
    int next = number(bytes, at, end);
    return number < Wire.NANOS_PER_SECOND ? next : BROKEN;
  }

  private int texts(byte[] bytes, int at, int end) {
    int next = number(bytes, at, end);
    for (int i = next < 0 ? 0 : number; i > 0 && next >= 0; i--) {
      next = text(bytes, next, end);
    }
    return next;
  }

  private int content(byte[] bytes, int at, int end, int start) {
    int next = at < 0 ? at : number(bytes, at, end);
    if (next < 0 || number > end - next) {
      return BROKEN;
    }
    contentAt = next - start;
    contentLength = number;
    return next + contentLength;
  }

  /** Reads a number; returns the index after it, or {@link #BROKEN}. */
  private int number(byte[] bytes, int at, int end) {
    if (at >= end) {
      return BROKEN;
    }
    int first = bytes[at];
    if ((first & 0xC0) == 0) {
      number = first;
      return at + 1;
    }
    return wideNumber(bytes, at, end);
  }

  private int wideNumber(byte[] bytes, int at, int end) {
    int width = Wire.width(bytes[at]);
    if (width > end - at) {
      return BROKEN;
    }
    number = Wire.number(bytes, at, width);
    return at + width;
  }

  /** Passes a text; returns the index after it, or {@link #BROKEN}. */
  private int text(byte[] bytes, int at, int end) {
    int from = number(bytes, at, end);
    int size = number;
    spareText -= size + 1;
    if (from < 0 || size > end - from || spareText < 0) {
      return BROKEN;
    }
    if (!Utf8.isAscii(bytes, from, from + size)) {
      ascii = false;
      return Utf8.isText(bytes, from, from + size) ? from + size : BROKEN;
    }
    return from + size;
  }

  /** The length of the text whose length stands at a position. */
  static int textLength(byte[] bytes, int start, int at) {
    return Wire.number(bytes, start + at, Wire.width(bytes[start + at]));
  }

  /** The position of the first byte of the text whose length stands at a position. */
  static int textFrom(byte[] bytes, int start, int at) {
    return at + Wire.width(bytes[start + at]);
  }

  /** The position after the text whose length stands at a position. */
  static int textEnd(byte[] bytes, int start, int at) {
    return textFrom(bytes, start, at) + textLength(bytes, start, at);
  }

  private String decoded(byte[] bytes, int start, int at) {
    int from = start + textFrom(bytes, start, at);
    int size = textLength(bytes, start, at);
    // Of what is known to be ASCII no byte need be looked at again.
    return new String(bytes, from, size, ascii ? ISO_8859_1 : UTF_8);
  }

  private String recentText(byte[] bytes, int start, int at) {
    int from = start + textFrom(bytes, start, at);
    int size = textLength(bytes, start, at);
    if (!RecentValues.fits(from, size)) {
      return decoded(bytes, start, at);
    }
    String recent = recentTexts.find(bytes, from, size);
    return recent != null ? recent : recentTexts.put(decoded(bytes, start, at));
  }

  @Nullable String testId(byte[] bytes, int start) {
    return has(Wire.TEST_ID) ? decoded(bytes, start, testIdAt) : null;
  }

  @Nullable String mimeType(byte[] bytes, int start) {
    return has(Wire.MIME_TYPE) ? recentText(bytes, start, mimeTypeAt) : null;
  }

  @Nullable String fileName(byte[] bytes, int start) {
    return has(Wire.FILE) ? recentText(bytes, start, fileAt) : null;
  }

  @Nullable String routeCode(byte[] bytes, int start) {
    return has(Wire.ROUTE_CODE) ? recentText(bytes, start, routeAt) : null;
  }

  /** The route code's bytes; 0 without one. */
  int routeLength(byte[] bytes, int start) {
    return has(Wire.ROUTE_CODE) ? textLength(bytes, start, routeAt) : 0;
  }

  long seconds(byte[] bytes, int start) {
    return Wire.intAt(bytes, start + fieldsAt) & 0xFFFF_FFFFL;
  }

  /** The nanoseconds; only with a timestamp. */
  int nanos(byte[] bytes, int start) {
    return textLength(bytes, start, fieldsAt + 4);
  }

  @Nullable Instant timestamp(byte[] bytes, int start) {
    return has(Wire.TIMESTAMP)
        ? Instant.ofEpochSecond(seconds(bytes, start), nanos(bytes, start))
        : null;
  }

  List<String> tags(byte[] bytes, int start) {
    int count = has(Wire.TAGS) ? textLength(bytes, start, tagsAt) : 0;
    if (count == 0) {
      return List.of();
    }
    int size = tagsEnd - tagsAt;
    if (!RecentValues.fits(start + tagsAt, size)) {
      return tags(bytes, start, count);
    }
    List<String> recent = recentTags.find(bytes, start + tagsAt, size);
    return recent != null ? recent : recentTags.put(tags(bytes, start, count));
  }

  private List<String> tags(byte[] bytes, int start, int count) {
    String[] tags = new String[count];
    int at = textFrom(bytes, start, tagsAt);
    for (int i = 0; i < count; i++) {
      tags[i] = recentText(bytes, start, at);
      at = textEnd(bytes, start, at);
    }
    return List.of(tags);
  }
}
