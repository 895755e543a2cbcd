package dev.headgate.reports;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Times and durations as tools write them. */
final class ReportTimes {
  /** ISO 8601 in its usual variations: a blank for the T, no separators, a comma, no zone. */
  private static final Pattern DATE_TIME =
      Pattern.compile(
          "(\\d{4})-?(\\d\\d)-?(\\d\\d)[T ](\\d\\d):?(\\d\\d)(?::?(\\d\\d)(?:[.,](\\d{1,9})\\d{0,20})?)?"
              + " ?(Z|z|UTC|GMT|[+-]\\d\\d(?::?\\d\\d)?)?(?:\\[[^]]{1,60}])?");

  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d{1,3})?");

  private static final Pattern GROUPING = Pattern.compile("[\\s\u00a0\u202f'’_]");

  private static final Pattern EPOCH = Pattern.compile("\\d{9,13}(?:\\.\\d{1,9})?");

  /** A duration beyond this is a mistake of the tool's. */
  private static final BigDecimal MAX_SECONDS = BigDecimal.valueOf(10L * 366 * 86_400);

  /** The shortest count of milliseconds since 1970: March 1973. */
  private static final BigDecimal LEAST_MILLIS = BigDecimal.valueOf(100_000_000_000L);

  /** No number of a report is longer. */
  private static final int MAX_LENGTH = 64;

  private ReportTimes() {}

  /** The time, or null if the text is none. */
  static @Nullable Instant instant(@Nullable String text, ZoneOffset zone) {
    if (text == null || text.length() > MAX_LENGTH) {
      return null;
    }
    String trimmed = text.strip();
    if (EPOCH.matcher(trimmed).matches()) {
      BigDecimal number = new BigDecimal(trimmed);
      boolean millis = number.compareTo(LEAST_MILLIS) >= 0;
      return Findings.sayable(ofSeconds(millis ? number.movePointLeft(3) : number));
    }
    Matcher matcher = DATE_TIME.matcher(trimmed);
    return matcher.matches() ? Findings.sayable(instant(matcher, zone)) : null;
  }

  private static @Nullable Instant instant(Matcher matcher, ZoneOffset zone) {
    String fraction = matcher.group(7) == null ? "0" : matcher.group(7);
    int nanos = Integer.parseInt((fraction + "000000000").substring(0, 9));
    int second = matcher.group(6) == null ? 0 : Integer.parseInt(matcher.group(6));
    try {
      LocalDateTime local =
          LocalDateTime.of(
              number(matcher, 1), number(matcher, 2), number(matcher, 3), 0, 0, 0, nanos);
      return local
          .plusHours(number(matcher, 4))
          .plusMinutes(number(matcher, 5))
          .plusSeconds(second)
          .toInstant(zone(matcher.group(8), zone));
    } catch (DateTimeException e) {
      return null;
    }
  }

  private static int number(Matcher matcher, int group) {
    return Integer.parseInt(matcher.group(group));
  }

  private static ZoneOffset zone(@Nullable String text, ZoneOffset otherwise) {
    if (text == null) {
      return otherwise;
    }
    return text.charAt(0) == '+' || text.charAt(0) == '-' ? ZoneOffset.of(text) : ZoneOffset.UTC;
  }

  private static Instant ofSeconds(BigDecimal seconds) {
    long whole = seconds.longValue();
    int nanos = seconds.subtract(BigDecimal.valueOf(whole)).movePointRight(9).intValue();
    return Instant.ofEpochSecond(whole, nanos);
  }

  /**
   * Seconds: {@code 0.012}, {@code 0,012}, {@code 1,234.5}, {@code 1.234,5}, {@code 1e-05}, {@code
   * 2s}, {@code 15ms}. One comma alone is the decimal separator, since tools print fractions.
   *
   * @return null if the text is no duration, or a negative one
   */
  static @Nullable Duration seconds(@Nullable String text) {
    if (text == null || text.length() > MAX_LENGTH) {
      return null;
    }
    String number = GROUPING.matcher(text).replaceAll("");
    int scale = 0;
    if (number.endsWith("ms")) {
      scale = 3;
      number = number.substring(0, number.length() - 2);
    } else if (number.endsWith("s")) {
      number = number.substring(0, number.length() - 1);
    }
    return duration(plain(number), scale);
  }

  /** Milliseconds as a number: {@code 12.5}. */
  static @Nullable Duration millis(@Nullable String text) {
    return text == null || text.length() > MAX_LENGTH ? null : duration(plain(text.strip()), 3);
  }

  private static @Nullable Duration duration(String number, int scale) {
    if (!NUMBER.matcher(number).matches()) {
      return null;
    }
    BigDecimal seconds = new BigDecimal(number).movePointLeft(scale);
    if (seconds.signum() < 0 || seconds.compareTo(MAX_SECONDS) > 0) {
      return null;
    }
    return Duration.ofNanos(seconds.movePointRight(9).longValue());
  }

  /** The number with a point as its only separator. */
  private static String plain(String number) {
    int comma = number.lastIndexOf(',');
    int point = number.lastIndexOf('.');
    boolean oneComma = comma >= 0 && number.indexOf(',') == comma;
    boolean onePoint = point >= 0 && number.indexOf('.') == point;
    if (comma > point && (oneComma || point >= 0)) {
      return number.replace(".", "").replace(',', '.');
    }
    String whole = number.replace(",", "");
    return onePoint ? whole : whole.replace(".", "");
  }

  /** Seconds with nanoseconds at best, without an exponent: {@code 1.5}. */
  static String asSeconds(Duration duration) {
    if (duration.getNano() == 0) {
      return Long.toString(duration.toSeconds());
    }
    BigDecimal seconds =
        BigDecimal.valueOf(duration.getSeconds())
            .add(BigDecimal.valueOf(duration.getNano(), 9))
            .stripTrailingZeros();
    return seconds.toPlainString();
  }
}
