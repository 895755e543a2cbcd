package dev.headgate.config;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads durations such as {@code 20m}, {@code 1h30m}, {@code 90s} and {@code 500ms}. */
final class DurationReader {
  /** A job that holds a machine for longer is stuck, or the unit is a mistake. */
  static final Duration LONGEST = Duration.ofDays(7);

  /** Six digits of any unit stay far from overflow. */
  private static final Pattern DURATION =
      Pattern.compile(
          "(?:(?<h>[0-9]{1,6})h)?(?:(?<m>[0-9]{1,6})m)?(?:(?<s>[0-9]{1,6})s)?"
              + "(?:(?<ms>[0-9]{1,9})ms)?");

  /** Longer texts are no misspelt durations. */
  private static final int MAX_REWRITTEN_LENGTH = 40;

  /** How people also write units, for hints; in the order in which they are replaced. */
  private static final List<Spelling> SPELLINGS =
      List.of(
          new Spelling("(?<=[0-9]) *(?:milliseconds?|millis|msecs?|ms)(?![a-z])", "ms"),
          new Spelling("(?<=[0-9]) *(?:seconds?|secs?|s)(?![a-z])", "s"),
          new Spelling("(?<=[0-9]) *(?:minutes?|mins?|m)(?![a-z])", "m"),
          new Spelling("(?<=[0-9]) *(?:hours?|hrs?|h)(?![a-z])", "h"),
          new Spelling("(?<=[hms]) +(?=[0-9])", ""));

  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,6}");
  private static final String EXAMPLES = "write it as in 20m, 1h30m, 90s or 500ms";

  private final Problems problems;

  private record Spelling(String pattern, String unit) {}

  DurationReader(Problems problems) {
    this.problems = problems;
  }

  Optional<Duration> read(Values.Value value) {
    if (!(value.node() instanceof Node.Scalar scalar) || scalar.isNothing()) {
      new Values(problems).mismatch(value, "a duration", EXAMPLES);
      return Optional.empty();
    }
    String text = scalar.text();
    Matcher matcher = DURATION.matcher(text);
    if (text.isEmpty() || !matcher.matches()) {
      problems.add(value.at(), value.what() + " is no duration: " + Words.quote(text), hint(text));
      return Optional.empty();
    }
    Duration duration =
        Duration.ofHours(part(matcher, "h"))
            .plusMinutes(part(matcher, "m"))
            .plusSeconds(part(matcher, "s"))
            .plusMillis(part(matcher, "ms"));
    if (duration.isZero() || duration.compareTo(LONGEST) > 0) {
      problems.add(
          value.at(),
          value.what() + " must be more than 0 and at most " + LONGEST.toHours() + "h",
          "");
      return Optional.empty();
    }
    return Optional.of(duration);
  }

  private static long part(Matcher matcher, String group) {
    String digits = matcher.group(group);
    return digits == null ? 0 : Long.parseLong(digits);
  }

  private static String hint(String text) {
    if (NUMBER.matcher(text).matches()) {
      return "say the unit: " + text + "m for minutes, " + text + "s for seconds";
    }
    if (text.length() <= MAX_REWRITTEN_LENGTH) {
      String rewritten = text.strip().toLowerCase(Locale.ROOT);
      for (Spelling spelling : SPELLINGS) {
        rewritten = rewritten.replaceAll(spelling.pattern, spelling.unit);
      }
      if (!rewritten.isEmpty() && DURATION.matcher(rewritten).matches()) {
        return "write " + rewritten;
      }
    }
    return EXAMPLES;
  }
}
