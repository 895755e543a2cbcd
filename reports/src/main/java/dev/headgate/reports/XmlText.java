package dev.headgate.reports;

import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Characters of XML 1.0: what a reference means, and how any text is written. */
final class XmlText {
  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  private XmlText() {}

  /**
   * What a reference stands for.
   *
   * @param name between ampersand and semicolon
   * @return null if it is none of XML's five and no character's number
   */
  static @Nullable String referred(String name) {
    return switch (name) {
      case "lt" -> "<";
      case "gt" -> ">";
      case "amp" -> "&";
      case "quot" -> "\"";
      case "apos" -> "'";
      default -> name.startsWith("#") ? numbered(name) : null;
    };
  }

  private static @Nullable String numbered(String name) {
    boolean hex = name.startsWith("#x") || name.startsWith("#X");
    String digits = name.substring(hex ? 2 : 1);
    if (digits.isEmpty() || digits.length() > 9) {
      return null;
    }
    try {
      int point = Integer.parseInt(digits, hex ? 16 : 10);
      return Character.isValidCodePoint(point) ? Character.toString(point) : null;
    } catch (NumberFormatException e) {
      return null;
    }
  }

  /** Adds text as an element's content; what XML cannot say is shown as {@code \xHH}. */
  static void content(StringBuilder out, String text) {
    append(out, text, false);
  }

  /** Adds text as an attribute's value between double quotes, line ends included. */
  static void attribute(StringBuilder out, String name, String text) {
    out.append(' ').append(name).append("=\"");
    append(out, text, true);
    out.append('"');
  }

  private static void append(StringBuilder out, String text, boolean attribute) {
    int from = 0;
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (isPlain(c, attribute)) {
        at++;
      } else {
        out.append(text, from, at);
        int point = text.codePointAt(at);
        escape(out, point);
        at += Character.charCount(point);
        from = at;
      }
    }
    out.append(text, from, at);
  }

  /** True for what stands for itself, and is no half of a pair. */
  private static boolean isPlain(char c, boolean attribute) {
    return switch (c) {
      case '<', '>', '&' -> false;
      case '"' -> !attribute;
      case '\n', '\t' -> !attribute;
      default -> c >= ' ' && (c < 0xD800 || (c >= 0xE000 && c < 0xFFFE));
    };
  }

  private static void escape(StringBuilder out, int point) {
    switch (point) {
      case '<' -> out.append("&lt;");
      case '>' -> out.append("&gt;");
      case '&' -> out.append("&amp;");
      case '"' -> out.append("&quot;");
      case '\r' -> out.append("&#13;");
      case '\n' -> out.append("&#10;");
      case '\t' -> out.append("&#9;");
      default -> appendOther(out, point);
    }
  }

  private static void appendOther(StringBuilder out, int point) {
    boolean surrogate = point >= 0xD800 && point <= 0xDFFF;
    if (surrogate || point == 0xFFFE || point == 0xFFFF) {
      out.append('\uFFFD');
    } else if (point < ' ') {
      out.append("\\x").append(HEX.toHexDigits((byte) point));
    } else {
      out.appendCodePoint(point);
    }
  }
}
