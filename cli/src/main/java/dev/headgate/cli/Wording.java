package dev.headgate.cli;

import dev.headgate.gate.ItemEnd;
import dev.headgate.model.ChangeId;
import dev.headgate.model.Content;
import dev.headgate.model.TestCounts;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** How values are said in a line. */
final class Wording {
  private static final int SHORT_ID = 10;

  /** More names make lines that nobody reads, and the lines of a long queue quadratic. */
  private static final int MAX_NAMED_AHEAD = 3;

  private Wording() {}

  static String commit(Content content) {
    return commit(content.value());
  }

  static String commit(String id) {
    return id.length() <= SHORT_ID ? id : id.substring(0, SHORT_ID);
  }

  /** {@code 0.4s}, {@code 12s}, {@code 3m05s}, {@code 1h02m}. */
  static String elapsed(Duration duration) {
    long seconds = duration.toSeconds();
    if (seconds < 10) {
      long tenths = Math.max(0, duration.toMillis() / 100);
      return tenths / 10 + "." + tenths % 10 + "s";
    }
    if (seconds < 60) {
      return seconds + "s";
    }
    if (seconds < 3600) {
      return "%dm%02ds".formatted(seconds / 60, seconds % 60);
    }
    return "%dh%02dm".formatted(seconds / 3600, seconds / 60 % 60);
  }

  /** {@code 12 tests}, {@code 11 of 12 tests}, empty if there were none. */
  static String tests(TestCounts tests) {
    if (tests.total() == 0) {
      return "";
    }
    String noun = tests.total() == 1 ? " test" : " tests";
    long good = tests.passed() + tests.skipped();
    return good == tests.total()
        ? tests.total() + noun + " passed"
        : good + " of " + tests.total() + noun + " passed";
  }

  /** {@code main}, {@code main + a + b}, {@code main + 8 changes up to h}. */
  static String path(String branch, List<ChangeId> assumed) {
    if (assumed.size() > MAX_NAMED_AHEAD) {
      return branch + " + " + assumed.size() + " changes up to " + assumed.getLast();
    }
    return assumed.isEmpty()
        ? branch
        : branch + assumed.stream().map(change -> " + " + change).collect(Collectors.joining());
  }

  static String count(long n, String noun) {
    return n + " " + noun + (n == 1 ? "" : "s");
  }

  /** The word for an end, as it stands in tables. */
  static String end(ItemEnd end) {
    return end.kind().code();
  }

  /**
   * Text that is safe on a terminal: control characters, which could move the cursor or change
   * colours, become visible ones. Tabs become blanks.
   */
  static String printable(String text) {
    StringBuilder safe = new StringBuilder(text.length());
    text.codePoints()
        .forEach(c -> {
          if (c == '\t') {
            safe.append("    ");
          } else if (Character.isISOControl(c)) {
            safe.append('\uFFFD');
          } else if (Character.getType(c) != Character.FORMAT) {
            safe.appendCodePoint(c);
          }
        });
    return safe.toString();
  }

  /** Cut to so many columns, the cut marked. */
  static String fit(String text, int columns) {
    if (text.length() <= columns) {
      return text;
    }
    return columns <= 1
        ? text.substring(0, Math.max(0, columns))
        : text.substring(0, columns - 1) + "…";
  }
}
