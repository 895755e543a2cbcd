package dev.headgate.reports;

import java.time.Instant;
import java.time.ZoneOffset;

/**
 * What a reader cannot know from a report.
 *
 * @param start when the report's first test began, if the report itself does not say: reports that
 *     know durations alone are laid one test after the other from there
 * @param zone of times that name none
 */
public record ReadSettings(Instant start, ZoneOffset zone) {
  /**
   * Starts at 1970-01-01T00:00:00Z, which keeps durations and is visibly no date; times without a
   * zone are UTC.
   */
  public static ReadSettings defaults() {
    return new ReadSettings(Instant.EPOCH, ZoneOffset.UTC);
  }

  /** The same, starting at another time. */
  public ReadSettings withStart(Instant time) {
    return new ReadSettings(time, zone);
  }

  /** The same with another zone for times that name none. */
  public ReadSettings withZone(ZoneOffset offset) {
    return new ReadSettings(start, offset);
  }
}
