package dev.headgate.subunit.v1;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The times of {@code time} directives: ISO 8601 in the forms that existing readers take, with a
 * blank or T before the hour; UTC unless an offset is given.
 */
final class Times {
  /** The last time that a packet can say. */
  private static final Instant LAST = Instant.ofEpochSecond(0xFFFF_FFFFL, 999_999_999);

  private static final Pattern TIME =
      Pattern.compile(
          "(?<year>[0-9]{4})-?(?<month>[0-9]{1,2})-?(?<day>[0-9]{1,2})"
              + "(?:[ T](?<hour>[0-9]{2})(?::?(?<minute>[0-9]{2}))?"
              + "(?::?(?<second>[0-9]{1,2})(?:[.,](?<fraction>[0-9]+))?)?"
              + "(?<zone>Z|(?<sign>[-+])(?<zh>[0-9]{2}):?(?<zm>[0-9]{2})?)?)?");

  private Times() {}

  /** The time that a text says; empty if it says none, or none that a packet can say. */
  static Optional<Instant> parse(String text) {
    Matcher matcher = TIME.matcher(text.strip());
    if (!matcher.matches()) {
      return Optional.empty();
    }
    try {
      Instant time =
          OffsetDateTime.of(
                  LocalDate.of(
                      number(matcher, "year"), number(matcher, "month"), number(matcher, "day")),
                  LocalTime.of(
                      number(matcher, "hour"),
                      number(matcher, "minute"),
                      number(matcher, "second"),
                      nanos(matcher.group("fraction"))),
                  offset(matcher))
              .toInstant();
      boolean fits = !time.isBefore(Instant.EPOCH) && !time.isAfter(LAST);
      return fits ? Optional.of(time) : Optional.empty();
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static int number(Matcher matcher, String group) {
    String digits = matcher.group(group);
    return digits == null ? 0 : Integer.parseInt(digits);
  }

  private static int nanos(@Nullable String fraction) {
    if (fraction == null) {
      return 0;
    }
    String nine = (fraction + "000000000").substring(0, 9);
    return Integer.parseInt(nine);
  }

  private static ZoneOffset offset(Matcher matcher) {
    int sign = "-".equals(matcher.group("sign")) ? -1 : 1;
    return ZoneOffset.ofHoursMinutes(sign * number(matcher, "zh"), sign * number(matcher, "zm"));
  }

  /** The form that every reader takes: microseconds, UTC. */
  static String format(Instant time) {
    OffsetDateTime utc = time.atOffset(ZoneOffset.UTC);
    return String.format(
        Locale.ROOT,
        "%04d-%02d-%02d %02d:%02d:%02d.%06dZ",
        utc.getYear(),
        utc.getMonthValue(),
        utc.getDayOfMonth(),
        utc.getHour(),
        utc.getMinute(),
        utc.getSecond(),
        utc.getNano() / 1000);
  }
}
