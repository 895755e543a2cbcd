package dev.headgate.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What an attempt says when its reports are at fault. */
class VerdictTests {
  private static final TestCounts PASSED = new TestCounts(3, 0, 0, 0);

  private static String reason(AttemptEnd end) {
    Verdict verdict = Verdict.of(end);
    return verdict.kind().code() + ": " + verdict.reason();
  }

  @Test
  void missingReportsFailAJobThatExitedWell() {
    assertThat(reason(AttemptEnd.exited(0, PASSED).withResults("a/*.xml", "")))
        .isEqualTo("failed: no results: nothing matches a/*.xml");
  }

  @Test
  void incompleteReportsFailAJobThatExitedWell() {
    TestCounts open = new TestCounts(3, 0, 0, 1);
    assertThat(reason(AttemptEnd.exited(0, open).withResults("", "a.xml is cut off")))
        .isEqualTo("failed: results incomplete: a.xml is cut off");
  }

  @Test
  void whatHappenedBeforeReportsWereReadComesFirst() {
    TestCounts failed = new TestCounts(3, 1, 0, 1);
    assertThat(reason(AttemptEnd.exited(0, failed).withResults("b", "a")))
        .isEqualTo("failed: 1 test failed");
    assertThat(reason(AttemptEnd.exited(2, PASSED).withResults("b", "a")))
        .isEqualTo("failed: exit status 2");
    assertThat(reason(AttemptEnd.faulted("no disk").withResults("b", "a")))
        .isEqualTo("environment: no disk");
  }
}
