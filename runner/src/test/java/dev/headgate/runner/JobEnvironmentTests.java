package dev.headgate.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headgate.model.BuildId;
import dev.headgate.model.ChangeId;
import dev.headgate.model.Content;
import dev.headgate.model.JobName;
import dev.headgate.model.ProjectId;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JobEnvironmentTests {
  private final JobEnvironment environment =
      new JobEnvironment(
          new ProjectId("shop"),
          new ChangeId("topic/a"),
          "main + topic/b",
          new JobName("unit"),
          3,
          new BuildId(12),
          2,
          new Content("c0ffee"),
          Path.of("/slot/3/tmp"));

  @Test
  void onlyWhatIsDeclaredIsTakenOver() {
    Map<String, String> caller =
        Map.of(
            "PATH", "/bin", "SECRET", "x", "https_proxy", "p", "NO_PROXY", "n", "TMPDIR", "/tmp");
    assertThat(environment.variables(caller, Map.of()))
        .containsExactlyInAnyOrderEntriesOf(
            Map.ofEntries(
                Map.entry("PATH", "/bin"),
                Map.entry("https_proxy", "p"),
                Map.entry("NO_PROXY", "n"),
                Map.entry("TMPDIR", "/slot/3/tmp"),
                Map.entry("HEADGATE_PROJECT", "shop"),
                Map.entry("HEADGATE_CHANGE", "topic/a"),
                Map.entry("HEADGATE_PATH", "main + topic/b"),
                Map.entry("HEADGATE_JOB", "unit"),
                Map.entry("HEADGATE_SLOT", "3"),
                Map.entry("HEADGATE_BUILD", "12"),
                Map.entry("HEADGATE_ATTEMPT", "2"),
                Map.entry("HEADGATE_COMMIT", "c0ffee")));
  }

  @Test
  void variablesOfTheJobWin() {
    assertThat(
            environment.variables(
                Map.of("PATH", "/bin"), Map.of("PATH", "/opt", "HEADGATE_JOB", "mine", "X", "")))
        .containsEntry("PATH", "/opt")
        .containsEntry("HEADGATE_JOB", "mine")
        .containsEntry("X", "");
  }
}
