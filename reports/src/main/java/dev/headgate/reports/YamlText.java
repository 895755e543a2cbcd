package dev.headgate.reports;

import java.util.HexFormat;
import java.util.regex.Pattern;

/** Scalars of a TAP diagnostic block, for any text. */
final class YamlText {
  private static final Pattern NUMBER = Pattern.compile("\\d{1,18}(\\.\\d{1,18})?");

  private YamlText() {}

  /** Adds {@code key: value}, indented by two. */
  static void scalar(StringBuilder out, String key, String value) {
    out.append("  ").append(key).append(": ");
    if (isNumber(value)) {
      out.append(value).append('\n');
    } else if (isBlock(value)) {
      out.append(value.endsWith("\n") ? "|\n" : "|-\n");
      value.lines().forEach(line -> out.append(line.isEmpty() ? "" : "    " + line).append('\n'));
    } else {
      quoted(out, value);
      out.append('\n');
    }
  }

  private static boolean isNumber(String value) {
    return value.length() <= 37 && NUMBER.matcher(value).matches();
  }

  /** True if a literal block keeps the text exactly: several lines, the first not indented. */
  private static boolean isBlock(String value) {
    boolean lines = value.indexOf('\n') >= 0 && !Character.isWhitespace(value.charAt(0));
    boolean tail = value.endsWith("\n\n") || value.endsWith(" ") || value.endsWith(" \n");
    return lines && !tail && value.chars().allMatch(c -> c == '\n' || c == '\t' || isPlain(c));
  }

  private static boolean isPlain(int c) {
    return c >= ' '
        && c != 0x7F
        && (c < 0x80 || c >= 0xA0)
        && c != 0xFEFF
        && c < 0xFFFE
        && c != 0x2028
        && c != 0x2029;
  }

  private static void quoted(StringBuilder out, String value) {
    out.append('"');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\t' -> out.append("\\t");
        case '\r' -> out.append("\\r");
        default -> {
          if (isPlain(c)) {
            out.append(c);
          } else {
            out.append("\\u").append(HexFormat.of().toHexDigits(c));
          }
        }
      }
    }
    out.append('"');
  }

  /** A line of a block that is written as it came, without what would end it. */
  static String safe(String line) {
    StringBuilder safe = new StringBuilder(line.length());
    line.chars().forEach(c -> safe.append(c == '\t' || isPlain(c) ? (char) c : ' '));
    return safe.toString();
  }
}
