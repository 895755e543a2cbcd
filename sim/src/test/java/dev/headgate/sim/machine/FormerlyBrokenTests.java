package dev.headgate.sim.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Histories that once broke an invariant, each cut down to its fewest decisions; the file says what
 * was wrong.
 */
final class FormerlyBrokenTests {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "a-topic-taken-while-landing",
        "a-landing-under-a-serial-manager",
        "a-job-lost-after-it-had-passed",
        "a-revision-refused-while-landing",
        "what-is-required-stands-behind",
        "a-failure-with-tries-left",
        "a-circle-with-newer-revisions-behind",
        "items-that-carry-each-other",
        "what-lands-is-passed-over",
        "thought-to-fail-and-lands",
        "landed-before-its-pipeline-lands",
        "a-failure-before-what-it-needs-began-anew",
      })
  void theyBreakNoInvariantAnyMore(String name) throws IOException {
    HistoryFile file;
    try (InputStream in = FormerlyBrokenTests.class.getResourceAsStream(name + ".yaml")) {
      file = HistoryFile.parse(name, in.readAllBytes());
    }
    assertThat(file).isInstanceOf(HistoryFile.Valid.class);
    SavedHistory saved = ((HistoryFile.Valid) file).history();
    assertThat(saved.formerlyBroken()).isNotEmpty();
    assertThat(saved.play().broken()).isEmpty();
  }
}
