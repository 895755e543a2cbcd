package dev.headgate.runner;

/** An attempt that has been started; safe for use by any thread. */
public final class RunningJob {
  private final Attempt attempt;

  RunningJob(Attempt attempt) {
    this.attempt = attempt;
  }

  /**
   * Ends the job and everything it started: politely, then, after the grace of {@link
   * RunnerSettings#cancelGrace}, by force. Returns at once; {@link OutputSink#ended} tells when
   * nothing runs any more. To cancel again, or what has ended, does nothing.
   */
  public void cancel() {
    attempt.cancel();
  }
}
