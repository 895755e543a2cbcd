package dev.headgate.reports;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The scalars at the top of a TAP diagnostic block: {@code key: value}, quoted, or as a literal or
 * folded block. All else of YAML is skipped: the block itself is kept as it stands.
 */
final class YamlScalars {
  private static final Pattern BLOCK_HEADER = Pattern.compile("[|>][+-]?\\d?[+-]?");

  private YamlScalars() {}

  /**
   * @param lines without their common indentation
   */
  static Map<String, String> of(List<String> lines) {
    Map<String, String> scalars = new LinkedHashMap<>();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      int colon = line.indexOf(':');
      boolean top = !line.isEmpty() && !Character.isWhitespace(line.charAt(0));
      boolean pair = colon > 0 && (colon + 1 == line.length() || line.charAt(colon + 1) == ' ');
      if (top && pair && line.charAt(0) != '#' && line.charAt(0) != '-') {
        String value = line.substring(colon + 1).strip();
        String key = unquoted(line.substring(0, colon).strip());
        boolean block = isBlockHeader(value);
        scalars.putIfAbsent(key, block ? block(lines, i + 1, value) : unquoted(value));
      }
    }
    return scalars;
  }

  /** {@code |} or {@code >}, a digit and a sign in any order. */
  private static boolean isBlockHeader(String value) {
    boolean begins = value.startsWith("|") || value.startsWith(">");
    return begins && value.length() <= 4 && BLOCK_HEADER.matcher(value).matches();
  }

  private static String block(List<String> lines, int from, String header) {
    StringBuilder text = new StringBuilder();
    int indent = -1;
    for (int i = from; i < lines.size(); i++) {
      String line = lines.get(i);
      int own = line.length() - line.stripLeading().length();
      if (!line.isBlank() && own == 0) {
        break;
      }
      indent = indent < 0 && !line.isBlank() ? own : indent;
      boolean folds = header.startsWith(">") && !line.isBlank();
      text.append(line, Math.min(line.length(), Math.max(0, indent)), line.length());
      text.append(folds ? ' ' : '\n');
    }
    String stripped = text.toString().stripTrailing();
    return header.contains("-") || stripped.isEmpty() ? stripped : stripped + "\n";
  }

  private static String unquoted(String value) {
    int last = value.length() - 1;
    if (last > 0 && value.charAt(0) == '\'' && value.charAt(last) == '\'') {
      return value.substring(1, last).replace("''", "'");
    }
    if (last > 0 && value.charAt(0) == '"' && value.charAt(last) == '"') {
      return unescaped(value.substring(1, last));
    }
    int comment = value.indexOf(" #");
    return comment < 0 ? value : value.substring(0, comment).stripTrailing();
  }

  private static String unescaped(String value) {
    StringBuilder text = new StringBuilder(value.length());
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c != '\\' || i + 1 == value.length()) {
        text.append(c);
        continue;
      }
      char escape = value.charAt(++i);
      int digits = escape == 'x' ? 2 : escape == 'u' ? 4 : 0;
      if (digits > 0 && isHex(value, i + 1, digits)) {
        text.append((char) Integer.parseInt(value.substring(i + 1, i + 1 + digits), 16));
        i += digits;
      } else {
        text.append(
            switch (escape) {
              case 'n' -> '\n';
              case 't' -> '\t';
              case 'r' -> '\r';
              case '0' -> '\0';
              case 'e' -> '\u001b';
              default -> escape;
            });
      }
    }
    return text.toString();
  }

  private static boolean isHex(String value, int from, int digits) {
    return from + digits <= value.length()
        && value
            .substring(from, from + digits)
            .chars()
            .allMatch(c -> c < 0x80 && Character.digit(c, 16) >= 0);
  }
}
