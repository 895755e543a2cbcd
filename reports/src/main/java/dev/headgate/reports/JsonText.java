package dev.headgate.reports;

import java.util.HexFormat;

/** JSON from any text. */
final class JsonText {
  private JsonText() {}

  /** Adds {@code "name":"value",}. */
  static void member(StringBuilder out, String name, String value) {
    text(out, name);
    out.append(':');
    text(out, value);
    out.append(',');
  }

  /** Adds {@code "name":value,}. */
  static void member(StringBuilder out, String name, long value) {
    text(out, name);
    out.append(':').append(value).append(',');
  }

  /** Adds a text in quotes; half a surrogate pair becomes U+FFFD. */
  static void text(StringBuilder out, String text) {
    out.append('"');
    int point;
    for (int i = 0; i < text.length(); i += Character.charCount(point)) {
      point = text.codePointAt(i);
      switch (point) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> {
          if (point < ' ' || point == 0x2028 || point == 0x2029) {
            out.append("\\u").append(HexFormat.of().toHexDigits((char) point));
          } else {
            boolean half = point >= 0xD800 && point <= 0xDFFF;
            out.appendCodePoint(half ? 0xFFFD : point);
          }
        }
      }
    }
    out.append('"');
  }

  /** Ends an object or array whose members each end with a comma. */
  static void close(StringBuilder out, char end) {
    int last = out.length() - 1;
    if (out.charAt(last) == ',') {
      out.setLength(last);
    }
    out.append(end);
  }
}
