package dev.headgate.runner;

import java.time.Duration;

/**
 * The runner's limits.
 *
 * @param headBytes how much of each pipe's text is passed on as it comes, at least 0
 * @param tailBytes how much of the text after that is kept, and passed on when the job has ended;
 *     at least 1; held in memory for each pipe that needs it
 * @param cancelGrace how long a cancelled job may take to end by itself before it is killed
 * @param timeoutGrace the same for a job that ran over its time
 * @param lingerGrace how long processes may go on after the job's shell has ended before they are
 *     asked to end: a {@code tee} at the end of a pipe still has to write
 * @param leftoverGrace how long processes left behind may then take before they are killed
 * @param reportLook how often it is looked for report files, at most; positive
 */
public record RunnerSettings(
    long headBytes,
    int tailBytes,
    Duration cancelGrace,
    Duration timeoutGrace,
    Duration lingerGrace,
    Duration leftoverGrace,
    Duration reportLook) {

  /**
   * 64 MiB of text an attempt at most: more than a person reads, and small beside a workspace. The
   * two pipes count apart, so that a flood on one does not cost what is said on the other. A
   * cancelled job must not keep its slot for long; one that timed out may have diagnostics to
   * write. Reports are shown half a second after they are written: a person does not wait for that,
   * and to list a workspace of a thousand folders takes a hundredth of it.
   */
  public static final RunnerSettings DEFAULT =
      new RunnerSettings(
          31L << 20,
          1 << 20,
          Duration.ofSeconds(2),
          Duration.ofSeconds(5),
          Duration.ofMillis(500),
          Duration.ofSeconds(2),
          Duration.ofMillis(500));

  public RunnerSettings {
    if (headBytes < 0 || tailBytes < 1) {
      throw new IllegalArgumentException(
          "head " + headBytes + " must be at least 0 bytes, tail " + tailBytes + " at least 1");
    }
    if (reportLook.isZero() || reportLook.isNegative()) {
      throw new IllegalArgumentException("the time between looks must be positive: " + reportLook);
    }
  }
}
