package dev.headgate.config;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** From bytes to text that the YAML parser can take: bounded, UTF-8, printable. */
final class SourceText {
  /** A job graph that people write is some kilobytes; this keeps any file cheap to refuse. */
  static final int MAX_BYTES = 1 << 20;

  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private SourceText() {}

  /** The text without its byte order mark; empty if a problem was added. */
  static Optional<String> decode(byte[] content, Problems problems) {
    if (content.length > MAX_BYTES) {
      addTooLarge(problems);
      return Optional.empty();
    }
    if (startsWith(content, 0xFE, 0xFF) || startsWith(content, 0xFF, 0xFE)) {
      problems.add(Place.START, "the file is UTF-16, not UTF-8", "save it as UTF-8");
      return Optional.empty();
    }
    // UTF-8 never decodes to more chars than it has bytes.
    CharBuffer chars = CharBuffer.allocate(content.length);
    ByteBuffer bytes = ByteBuffer.wrap(content);
    CoderResult result = StandardCharsets.UTF_8.newDecoder().decode(bytes, chars, true);
    String text = chars.flip().toString();
    if (result.isError()) {
      String octet = String.format("0x%02X", content[bytes.position()]);
      problems.add(
          endOf(withoutMark(text)), "the byte " + octet + " is not UTF-8", "save it as UTF-8");
      return Optional.empty();
    }
    return check(text, problems);
  }

  /** The text without its byte order mark; empty if a problem was added. */
  static Optional<String> check(String text, Problems problems) {
    if (text.length() > MAX_BYTES) {
      addTooLarge(problems);
      return Optional.empty();
    }
    String body = withoutMark(text);
    for (int i = 0; i < body.length(); i += Character.charCount(body.codePointAt(i))) {
      int c = body.codePointAt(i);
      if (!allowed(c)) {
        problems.add(
            endOf(body.substring(0, i)),
            String.format("the character U+%04X is not allowed in YAML", c),
            "remove it, or write it as an escape in double quotes");
        return Optional.empty();
      }
    }
    return Optional.of(body);
  }

  private static void addTooLarge(Problems problems) {
    problems.add(
        Place.START,
        "the file is larger than " + (MAX_BYTES >> 20) + " MiB",
        "move long commands into scripts of the repository");
  }

  private static boolean startsWith(byte[] content, int first, int second) {
    return content.length >= 2
        && Byte.toUnsignedInt(content[0]) == first
        && Byte.toUnsignedInt(content[1]) == second;
  }

  private static String withoutMark(String text) {
    return !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
  }

  /** YAML 1.2 §5.1, c-printable, less DEL, which the parser refuses in some places only. */
  private static boolean allowed(int c) {
    return c == '\t'
        || c == '\n'
        || c == '\r'
        || (c >= ' ' && c < 0x7F)
        || c == 0x85
        || (c >= 0xA0 && c < 0xD800)
        || (c >= 0xE000 && c <= 0xFFFD)
        || c >= 0x10000;
  }

  /** The place right behind the text; CR, LF and CR LF each end a line, as in YAML 1.2 §5.4. */
  static Place endOf(String text) {
    int line = 1;
    int lineStart = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean beforeLineFeed = i + 1 < text.length() && text.charAt(i + 1) == '\n';
      if (c == '\n' || (c == '\r' && !beforeLineFeed)) {
        line++;
        lineStart = i + 1;
      }
    }
    return new Place(line, text.codePointCount(lineStart, text.length()) + 1);
  }
}
