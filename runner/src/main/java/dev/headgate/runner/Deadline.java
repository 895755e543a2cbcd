package dev.headgate.runner;

import java.time.Duration;

/**
 * A point of the monotonic clock.
 *
 * @param nanos as {@link System#nanoTime} counts
 */
record Deadline(long nanos) {
  /** Durations beyond this are cut to it: the clock's arithmetic wraps at 292 years. */
  private static final Duration FAR = Duration.ofDays(36_500);

  /** The point that much later than now. */
  static Deadline in(Duration duration) {
    Duration bounded = duration.compareTo(FAR) > 0 ? FAR : duration;
    return new Deadline(System.nanoTime() + bounded.toNanos());
  }

  /** The time until then; zero if it has passed. */
  Duration left() {
    return Duration.ofNanos(Math.max(0, nanos - System.nanoTime()));
  }

  boolean passed() {
    return nanos - System.nanoTime() <= 0;
  }
}
