package dev.headgate.model;

/**
 * What one attempt of a job says.
 *
 * @param kind the verdict itself
 * @param reason why, in words for a person; empty for a plain pass
 */
public record Verdict(Kind kind, String reason) {
  /** The verdicts an attempt can have. */
  public enum Kind {
    /** Says nothing: it was cancelled by us. */
    NONE("none"),
    /** The job passed. */
    PASSED("passed"),
    /** The job failed and the change is at fault. */
    FAILED("failed"),
    /** The attempt failed and the environment is at fault; another attempt may say more. */
    ENVIRONMENT("environment");

    private final String code;

    Kind(String code) {
      this.code = code;
    }

    /** The stable word for it on disk and on the wire. */
    public String code() {
      return code;
    }

    /** The kind with that stable word; throws {@link IllegalArgumentException} if there is none. */
    public static Kind ofCode(String code) {
      for (Kind kind : values()) {
        if (kind.code.equals(code)) {
          return kind;
        }
      }
      throw new IllegalArgumentException("no verdict has the code '" + code + "'");
    }
  }

  /** The verdict table (DESIGN §6): the first line that applies decides. */
  public static Verdict of(AttemptEnd end) {
    TestCounts tests = end.tests();
    if (end.cancelled()) {
      return new Verdict(Kind.NONE, "cancelled");
    }
    if (!end.fault().isEmpty()) {
      return new Verdict(Kind.ENVIRONMENT, end.fault());
    }
    if (end.signal() != 0) {
      return new Verdict(Kind.ENVIRONMENT, "killed by signal " + end.signal() + " from outside");
    }
    if (end.timedOut()) {
      return new Verdict(Kind.FAILED, "over its time");
    }
    if (tests.failed() > 0) {
      return new Verdict(Kind.FAILED, count(tests.failed(), "test") + " failed");
    }
    // A test that a broken report leaves open is the lesser half of what happened.
    if (end.exitStatus() == 0 && !end.incompleteResults().isEmpty()) {
      return new Verdict(Kind.FAILED, "results incomplete: " + end.incompleteResults());
    }
    if (tests.unfinished() > 0) {
      return new Verdict(Kind.FAILED, count(tests.unfinished(), "test") + " began and never ended");
    }
    if (end.exitStatus() != 0) {
      return new Verdict(Kind.FAILED, "exit status " + end.exitStatus());
    }
    if (!end.missingResults().isEmpty()) {
      return new Verdict(Kind.FAILED, "no results: nothing matches " + end.missingResults());
    }
    return new Verdict(Kind.PASSED, "");
  }

  private static String count(long n, String what) {
    return n + " " + what + (n == 1 ? "" : "s");
  }
}
