package dev.headgate.reports;

import org.jspecify.annotations.Nullable;

/** The elements that say how a test of a JUnit report ended. */
enum JUnitTrouble {
  FAILURE(false, false),
  ERROR(true, false),
  SKIPPED(false, false),
  /** A further attempt failed too, or, without a failure beside it, an earlier one did. */
  RERUN_FAILURE(false, true),
  RERUN_ERROR(true, true);

  /** How the types begin that only our writer uses; its messages are for others. */
  static final String OWN_TYPE = "headgate.";

  /** What our writer calls a test that began and did not end. */
  static final String UNFINISHED_TYPE = "headgate.unfinished";

  /** What our writer calls a test that was listed and not run. */
  static final String EXISTS_TYPE = "headgate.exists";

  /** What unittest-xml-reporting and our writer call an unexpected success. */
  static final String UNEXPECTED_SUCCESS_TYPE = "UnexpectedSuccess";

  /** What pytest and our writer call an expected failure. */
  static final String XFAIL_TYPE = "pytest.xfail";

  /** How pytest's message of a strict expected failure that passed begins. */
  static final String XPASS_MESSAGE = "[XPASS(strict)]";

  private final boolean error;
  private final boolean attempt;

  JUnitTrouble(boolean error, boolean attempt) {
    this.error = error;
    this.attempt = attempt;
  }

  /** True for an error, which is the running's rather than an assertion's. */
  boolean isError() {
    return error;
  }

  /** True if the element stands for an attempt of its own. */
  boolean isAttempt() {
    return attempt;
  }

  /** What an element of that name says, or null if nothing. */
  static @Nullable JUnitTrouble of(String element) {
    return switch (element) {
      case "failure", "failed" -> FAILURE;
      case "error" -> ERROR;
      case "skipped", "skip", "ignored", "disabled" -> SKIPPED;
      case "rerunfailure", "flakyfailure" -> RERUN_FAILURE;
      case "rerunerror", "flakyerror" -> RERUN_ERROR;
      default -> null;
    };
  }
}
