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
    int point;
    for (int i = 0; i < text.length(); i += Character.charCount(point)) {
      point = text.codePointAt(i);
      switch (point) {
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        case '&' -> out.append("&amp;");
        case '"' -> out.append(attribute ? "&quot;" : "\"");
        case '\r' -> out.append("&#13;");
        case '\n' -> out.append(attribute ? "&#10;" : "\n");
        case '\t' -> out.append(attribute ? "&#9;" : "\t");
        default -> appendOther(out, point);
      }
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
