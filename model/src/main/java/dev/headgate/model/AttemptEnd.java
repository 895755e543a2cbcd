package dev.headgate.model;

/**
 * What was seen when an attempt of a job ended; facts only, {@link Verdict#of} judges them.
 *
 * @param cancelled we ended it because its result can no longer matter
 * @param fault what went wrong around the job, in words: it could not be spawned, the disk was
 *     full, the worker was lost; empty if nothing did
 * @param signal the signal that killed it and that we did not send; 0 if none did
 * @param timedOut it ran over its time and was ended for that
 * @param tests the tests its stream reported
 * @param exitStatus its exit status; without meaning if it did not exit by itself
 * @param missingResults the report file patterns that the job names and that matched nothing it
 *     wrote, in words; empty if none is missing
 * @param incompleteResults a report file that could not be read to its end, and why, in words;
 *     empty if there is none
 */
public record AttemptEnd(
    boolean cancelled,
    String fault,
    int signal,
    boolean timedOut,
    TestCounts tests,
    int exitStatus,
    String missingResults,
    String incompleteResults) {

  /** An attempt whose reports, if it has any, were all read. */
  public AttemptEnd(
      boolean cancelled,
      String fault,
      int signal,
      boolean timedOut,
      TestCounts tests,
      int exitStatus,
      String missingResults) {
    this(cancelled, fault, signal, timedOut, tests, exitStatus, missingResults, "");
  }

  /** An attempt that exited by itself with the given status and tests. */
  public static AttemptEnd exited(int status, TestCounts tests) {
    return new AttemptEnd(false, "", 0, false, tests, status, "");
  }

  /** The same attempt, with what is wrong with its reports. */
  public AttemptEnd withResults(String missing, String incomplete) {
    return new AttemptEnd(
        cancelled, fault, signal, timedOut, tests, exitStatus, missing, incomplete);
  }

  /** An attempt that a fault of the environment ended. */
  public static AttemptEnd faulted(String fault) {
    return new AttemptEnd(false, fault, 0, false, TestCounts.NONE, 0, "");
  }
}
