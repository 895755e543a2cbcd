package dev.headgate.reports;

import java.util.ArrayList;
import java.util.List;

/** One property as a line {@code name=value}, in which line ends and backslashes are escaped. */
final class PropertyText implements TextTarget {
  private final TextTarget file;

  PropertyText(TextTarget file, String name) {
    this.file = file;
    file.add(escaped(name).replace("=", "\\=") + "=");
  }

  @Override
  public void add(CharSequence text) {
    file.add(escaped(text.toString()));
  }

  @Override
  public void end() {
    file.add("\n");
  }

  @Override
  public void abandon() {
    end();
  }

  /** A property as a line. */
  static String line(String name, String value) {
    return escaped(name).replace("=", "\\=") + "=" + escaped(value) + "\n";
  }

  /** The names and values of the lines of properties. */
  static List<String[]> pairs(String lines) {
    List<String[]> pairs = new ArrayList<>();
    for (String line : lines.lines().toList()) {
      int equals = line.indexOf('=');
      while (equals > 0 && line.charAt(equals - 1) == '\\') {
        equals = line.indexOf('=', equals + 1);
      }
      if (equals > 0) {
        String name = line.substring(0, equals).replace("\\=", "=");
        pairs.add(new String[] {plain(name), plain(line.substring(equals + 1))});
      }
    }
    return pairs;
  }

  private static String plain(String text) {
    StringBuilder plain = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\' && i + 1 < text.length()) {
        char next = text.charAt(++i);
        plain.append(next == 'n' ? '\n' : next == 'r' ? '\r' : next);
      } else {
        plain.append(c);
      }
    }
    return plain.toString();
  }

  private static String escaped(String text) {
    return text.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r");
  }
}
