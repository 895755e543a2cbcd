package dev.headgate.reports;

import dev.headgate.reports.Problem.Kind;
import dev.headgate.subunit.Event;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A reader's way out: makes sure that events can be encoded and that problems are few. */
final class Findings {
  /** Problems that are told one by one; garbage has one at every byte. */
  private static final int MAX_PROBLEMS = 100;

  /** The most characters of a test id; a longer one is cut. */
  static final int MAX_ID = 1 << 16;

  private static final Instant FIRST = Instant.EPOCH;
  private static final Instant LAST = Instant.ofEpochSecond(0xFFFF_FFFFL);

  private final ReportSink sink;
  private long problems;

  Findings(ReportSink sink) {
    this.sink = sink;
  }

  void event(Event event) {
    sink.event(event);
  }

  void problem(Kind kind, long line, long column, String message) {
    problems++;
    if (problems <= MAX_PROBLEMS) {
      sink.problem(new Problem(kind, line, column, message));
    }
  }

  /** Says how many problems were not told. */
  void end() {
    if (problems > MAX_PROBLEMS) {
      String message = problems - MAX_PROBLEMS + " more problems like these";
      sink.problem(new Problem(Kind.LIMIT, 0, 0, message));
    }
  }

  /** The time, or null if a packet cannot say it. */
  static @Nullable Instant sayable(@Nullable Instant time) {
    return time == null || time.isBefore(FIRST) || time.isAfter(LAST) ? null : time;
  }

  /**
   * A text that a packet can carry as a name: no NUL, no half of a surrogate pair, not too long.
   */
  static String name(String text) {
    String cut = text.length() > MAX_ID ? cut(text, MAX_ID) : text;
    for (int i = 0; i < cut.length(); i++) {
      char c = cut.charAt(i);
      if (c == 0 || Character.isSurrogate(c)) {
        return repaired(cut);
      }
    }
    return cut;
  }

  /** The first characters of a text, without half a pair at the end. */
  static String cut(String text, int length) {
    if (text.length() <= length) {
      return text;
    }
    boolean half = length > 0 && Character.isHighSurrogate(text.charAt(length - 1));
    return text.substring(0, half ? length - 1 : length);
  }

  private static String repaired(String text) {
    StringBuilder repaired = new StringBuilder(text.length());
    text.codePoints()
        .map(c -> c == 0 || (c >= 0xD800 && c <= 0xDFFF) ? 0xFFFD : c)
        .forEach(repaired::appendCodePoint);
    return repaired.toString();
  }
}
