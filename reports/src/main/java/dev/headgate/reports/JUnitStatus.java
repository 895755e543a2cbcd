package dev.headgate.reports;

import dev.headgate.subunit.Status;
import java.util.Locale;

/** What the attributes of a test case say of its outcome; its child elements say it better. */
final class JUnitStatus {
  private JUnitStatus() {}

  /** The status by {@code status} and {@code result} (gtest, CTest, NUnit), else success. */
  static Status of(XmlAttributes attributes) {
    Status worst = Status.SUCCESS;
    for (String name : new String[] {"status", "result", "outcome"}) {
      Status said = ofWord(attributes.text(name).strip().toLowerCase(Locale.ROOT));
      if (said == Status.FAIL || worst == Status.SUCCESS) {
        worst = said;
      }
    }
    if (attributes.text("executed").equalsIgnoreCase("false")) {
      return Status.SKIP;
    }
    return attributes.text("success").equalsIgnoreCase("false") ? Status.FAIL : worst;
  }

  private static Status ofWord(String word) {
    return switch (word) {
      case "fail", "failed", "failure", "error", "errored", "broken", "crashed" -> Status.FAIL;
      case "timeout", "timedout", "timed out", "aborted" -> Status.FAIL;
      case "skip", "skipped", "notrun", "not run", "disabled", "suppressed" -> Status.SKIP;
      case "ignored", "pending", "notexecuted", "notrunnable", "inconclusive" -> Status.SKIP;
      case "xfail", "xfailed", "expectedfailure" -> Status.XFAIL;
      case "uxsuccess", "unexpectedsuccess" -> Status.UXSUCCESS;
      default -> Status.SUCCESS;
    };
  }
}
