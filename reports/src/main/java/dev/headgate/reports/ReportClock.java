package dev.headgate.reports;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Lays tests of which only the duration is known one after the other.
 *
 * <p>As long as a report has said neither a time nor a duration, there is no time at all.
 */
final class ReportClock {
  /** Far beyond what a packet can say: no sum of durations needs to be right there. */
  private static final Instant LIMIT = Instant.ofEpochSecond(1L << 40);

  private Instant now;
  private boolean told;

  ReportClock(Instant start) {
    now = start;
  }

  /** The report says what time it is. */
  void set(@Nullable Instant time) {
    if (time != null) {
      now = time;
      told = true;
    }
  }

  /** When a test begins that takes this long; null if nothing is known. */
  @Nullable Instant begin(@Nullable Duration taken) {
    return told || taken != null ? now : null;
  }

  /** When it ends; null if that is not known. The next one begins there. */
  @Nullable Instant end(@Nullable Duration taken) {
    if (taken == null) {
      return null;
    }
    if (now.isBefore(LIMIT)) {
      now = now.plus(taken);
    }
    return now;
  }
}
