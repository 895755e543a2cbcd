package dev.headgate.reports;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One line of TAP without its indentation, by the rules of versions 12 to 14. */
sealed interface TapLine {
  /**
   * {@code ok 1 - name # TODO why}.
   *
   * @param ok false for {@code not ok}
   * @param number -1 if there is none
   * @param description unescaped; empty if there is none
   * @param directive {@code SKIP}, {@code TODO}, {@code TIME} or empty
   * @param explanation what follows the directive
   * @param opens true if a brace opens the test's subtests, which follow
   */
  record Point(
      boolean ok,
      long number,
      String description,
      String directive,
      String explanation,
      boolean opens)
      implements TapLine {}

  /**
   * {@code 1..N # SKIP why}.
   *
   * @param first of the numbers
   * @param last of them; {@code 1..0} is none
   * @param comment after the hash; empty if there is none
   */
  record Plan(long first, long last, String comment) implements TapLine {}

  /** {@code Bail out! why}. */
  record BailOut(String why) implements TapLine {}

  /** {@code TAP version N}. */
  record Version(int number) implements TapLine {}

  /** {@code pragma +strict}. */
  record Pragma(String settings) implements TapLine {}

  /** {@code # text}. */
  record Comment(String text) implements TapLine {}

  /** {@code }}, which ends subtests that a brace began. */
  record Close() implements TapLine {}

  /** What is no TAP. */
  record Other() implements TapLine {}

  Pattern PLAN = Pattern.compile("(\\d{1,18})\\.\\.(\\d{1,18})\\s*(?:#\\s*(.*))?");
  Pattern VERSION = Pattern.compile("TAP [vV]ersion (\\d{1,3})\\s*");
  Pattern DIRECTIVE =
      Pattern.compile("(?is)(?:(SKIP)(?:PED|PING|S)?\\b:?|(TODO)\\b:?|(TIME)=)\\s*(.*)");

  /** A longer number is a part of the description. */
  int MAX_DIGITS = 18;

  /** A line with more hashes is no description with a directive; each costs a look at the rest. */
  int MAX_HASHES = 32;

  /** What a line says; {@code version} decides whether a doubled backslash is one. */
  static TapLine of(String line, int version) {
    boolean ok = line.startsWith("ok");
    if (ok || line.startsWith("not ok")) {
      int end = ok ? 2 : 6;
      return isWordEnd(line, end) ? point(ok, line.substring(end), version) : new Other();
    }
    if (!line.isEmpty() && isDigit(line.charAt(0))) {
      return plan(line);
    }
    if (line.regionMatches(true, 0, "Bail out!", 0, 9)) {
      return new BailOut(line.substring(9).strip());
    }
    if (line.startsWith("TAP ")) {
      Matcher said = VERSION.matcher(line);
      return said.matches() ? new Version(Integer.parseInt(said.group(1))) : new Other();
    }
    if (line.startsWith("pragma ") && line.length() > 7 && "+-".indexOf(line.charAt(7)) >= 0) {
      return new Pragma(line.substring(7).strip());
    }
    if (line.startsWith("#")) {
      return new Comment(line.startsWith("# ") ? line.substring(2) : line.substring(1));
    }
    return line.equals("}") ? new Close() : new Other();
  }

  private static TapLine plan(String line) {
    Matcher plan = PLAN.matcher(line);
    if (!plan.matches()) {
      return new Other();
    }
    String comment = plan.group(3) == null ? "" : plan.group(3);
    return new Plan(Long.parseLong(plan.group(1)), Long.parseLong(plan.group(2)), comment);
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  /** True if what stands before an index is a word of its own. */
  private static boolean isWordEnd(String line, int at) {
    return at == line.length() || line.charAt(at) == '#' || isSpace(line.charAt(at));
  }

  private static boolean isSpace(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
  }

  /**
   * A point.
   *
   * @param said what stands after {@code ok}; begins with a blank or a hash, if it is not empty
   */
  private static Point point(boolean ok, String said, int version) {
    int from = 0;
    while (from < said.length() && (said.charAt(from) == ' ' || said.charAt(from) == '\t')) {
      from++;
    }
    int end = from;
    while (end < said.length() && isDigit(said.charAt(end))) {
      end++;
    }
    boolean numbered = from > 0 && end > from && end - from <= MAX_DIGITS && isWordEnd(said, end);
    long number = numbered ? Long.parseLong(said, from, end, 10) : -1;
    return named(ok, number, said.substring(numbered ? end : 0).strip(), version);
  }

  private static Point named(boolean ok, long number, String said, int version) {
    boolean opens = said.endsWith(" {") || said.equals("{");
    String rest = opens ? said.substring(0, said.length() - 1).strip() : said;
    int hash = directiveAt(rest);
    if (hash < 0) {
      return new Point(ok, number, description(rest, version), "", "", opens);
    }
    Matcher directive = DIRECTIVE.matcher(rest.substring(hash + 1).strip());
    if (!directive.matches()) {
      throw new IllegalStateException("no directive at " + hash + " of " + rest);
    }
    String description = description(rest.substring(0, hash).strip(), version);
    return new Point(ok, number, description, word(directive), directive.group(4).strip(), opens);
  }

  private static String description(String text, int version) {
    boolean dash = text.startsWith("- ") || text.equals("-");
    return unescaped(dash ? text.substring(1).strip() : text, version);
  }

  private static String word(Matcher directive) {
    String skip = directive.group(1);
    String todo = directive.group(2);
    String word = skip != null ? skip : todo != null ? todo : "TIME";
    return word.toUpperCase(Locale.ROOT);
  }

  /** The first hash after a blank, or at the beginning, that a directive follows; or -1. */
  private static int directiveAt(String rest) {
    int hashes = 0;
    int at = rest.indexOf('#');
    while (at >= 0 && hashes++ < MAX_HASHES) {
      boolean apart = at == 0 || Character.isWhitespace(rest.charAt(at - 1));
      if (apart && DIRECTIVE.matcher(rest.substring(at + 1).strip()).matches()) {
        return at;
      }
      at = rest.indexOf('#', at + 1);
    }
    return -1;
  }

  /** {@code \#} is a hash in every version, {@code \\} a backslash since version 14. */
  static String unescaped(String text, int version) {
    if (text.indexOf('\\') < 0) {
      return text;
    }
    StringBuilder plain = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      char next = i + 1 < text.length() ? text.charAt(i + 1) : 0;
      if (c == '\\' && (next == '#' || (next == '\\' && version >= 14))) {
        plain.append(next);
        i++;
      } else {
        plain.append(c);
      }
    }
    return plain.toString();
  }

  /** The text after {@code Subtest: } if a comment announces subtests, else null. */
  static @Nullable String subtest(String comment) {
    String text = comment.strip();
    return text.startsWith("Subtest:") ? text.substring(8).strip() : null;
  }
}
