package dev.headgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headgate.cli.GatedProject.Called;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How the jobs of a change run, and what follows from how they end. */
@Timeout(60)
class GateJobTests {
  @TempDir Path folder;

  @Test
  void aJobRunsAfterWhatItNeedsAndNotIfThatFailed() throws Exception {
    Called called =
        gate(
            """
            jobs:
              compile: { run: 'echo compile >> "$HOME/order"' }
              unit: { run: 'echo unit >> "$HOME/order"', needs: compile }
              style: { run: 'echo style >> "$HOME/order"; exit 1', needs: compile }
              package: { run: 'echo package >> "$HOME/order"', needs: [unit, style] }
            """);
    assertThat(called.exit()).isEqualTo(ExitCode.FAILED);
    assertThat(called.outcome("a")).startsWith("rejected: style failed: exit status 1 (build ");
    List<String> order = Files.readAllLines(folder.resolve("home/order"));
    assertThat(order.getFirst()).isEqualTo("compile");
    assertThat(order).containsExactlyInAnyOrder("compile", "unit", "style");
  }

  @Test
  void aJobThatDoesNotVoteKeepsNothingFromLanding() {
    Called called = gate("jobs:\n  test: 'true'\n  style: { run: 'false', voting: false }\n");
    assertThat(called.exit()).isEqualTo(ExitCode.SUCCESS);
    assertThat(called.outcome("a")).isEqualTo("landed: landed on main");
    assertThat(called.events("build-ended", "a"))
        .anySatisfy(end ->
            assertThat(end)
                .containsEntry("job", "style")
                .containsEntry("voting", false)
                .containsEntry("verdict", "failed"));
  }

  @Test
  void aFailureIsRetriedOnTheSameCommitBeforeItCounts() {
    Called called =
        gate("jobs:\n  test: { run: '[ -e \"$HOME/flag\" ] || ! : > \"$HOME/flag\"', retry: 1 }\n");
    assertThat(called.exit()).isEqualTo(ExitCode.SUCCESS);
    assertThat(called.events("build-ended", "a")).hasSize(2);
    assertThat(called.events("build-ended", "a").getFirst())
        .containsEntry("verdict", "failed")
        .containsEntry("again", true);
    assertThat(called.events("build-started", "a").getLast()).containsEntry("attempt", 2L);
  }

  @Test
  void aJobThatFailsInEveryRetryIsTheChangesFault() {
    Called called = gate("jobs:\n  test: { run: 'exit 7', retry: 1 }\n");
    assertThat(called.exit()).isEqualTo(ExitCode.FAILED);
    assertThat(called.outcome("a"))
        .startsWith("rejected: test failed in each of 2 builds: exit status 7");
  }

  @Test
  void whatThePathDoesNotTouchDoesNotRun() {
    GatedProject project =
        GatedProject.create(
                folder,
                """
                jobs:
                  docs: { run: 'true', files: ["docs/**"] }
                  code: { run: 'true', files: ["src/"] }
                """)
            .branch("a", "docs/page", "x")
            .branch("b", "readme", "x");
    Called called = project.gate("a", "b");
    assertThat(jobs(called, "a")).containsExactly("docs");
    assertThat(jobs(called, "b")).isEmpty();
    assertThat(called.outcome("b")).isEqualTo("landed: landed on main");
  }

  @Test
  void theEnvironmentIsWhatIsDeclaredAndNothingElse() throws Exception {
    GatedProject project =
        GatedProject.create(
                folder,
                """
                jobs:
                  test:
                    run: env | sort > "$HOME/env"; [ -d "$TMPDIR" ] && [ -z "$(ls "$TMPDIR")" ]
                    env: { NAME: va lue, LANG: C.UTF-8, NUMBER: 1.10 }
                """)
            .branch("topic/x", "x", "x");
    Called called = project.gate("topic/x");
    assertThat(called.exit()).isEqualTo(ExitCode.SUCCESS);
    Map<String, String> environment =
        Files.readAllLines(folder.resolve("home/env")).stream()
            .map(line -> line.split("=", 2))
            .collect(java.util.stream.Collectors.toMap(pair -> pair[0], pair -> pair[1]));
    assertThat(environment.keySet())
        .as("PWD, OLDPWD, _ and SHLVL are the shell's own")
        .isSubsetOf(
            "PWD",
            "OLDPWD",
            "_",
            "SHLVL",
            "PATH",
            "HOME",
            "LANG",
            "TMPDIR",
            "NAME",
            "NUMBER",
            "HEADGATE_MARK",
            "HEADGATE_PROJECT",
            "HEADGATE_CHANGE",
            "HEADGATE_PATH",
            "HEADGATE_JOB",
            "HEADGATE_SLOT",
            "HEADGATE_BUILD",
            "HEADGATE_ATTEMPT",
            "HEADGATE_COMMIT");
    assertThat(environment)
        .containsEntry("NAME", "va lue")
        .containsEntry("NUMBER", "1.10")
        .containsEntry("LANG", "C.UTF-8")
        .containsEntry("HEADGATE_PROJECT", "project")
        .containsEntry("HEADGATE_CHANGE", "topic/x")
        .containsEntry("HEADGATE_PATH", "main")
        .containsEntry("HEADGATE_JOB", "test")
        .containsEntry("HEADGATE_SLOT", "1")
        .containsEntry("HEADGATE_BUILD", "1")
        .containsEntry("HEADGATE_ATTEMPT", "1")
        .containsEntry("HEADGATE_COMMIT", project.tip("main"));
  }

  @Test
  void onlyWhatAJobKeepsSurvivesInItsSlot() throws Exception {
    GatedProject project =
        GatedProject.create(
            folder,
            """
            jobs:
              test:
                run: |
                  ls cache out 2>/dev/null >> "$HOME/seen" || true
                  mkdir -p cache out
                  touch cache/c out/o
                keep: [cache/]
            """);
    project.branch("a", "a", "a").branch("b", "b", "b");
    assertThat(project.call("gate", "--workers", "1", "a", "b").exit()).isEqualTo(ExitCode.SUCCESS);
    assertThat(Files.readString(folder.resolve("home/seen"))).contains("c").doesNotContain("o\n");
  }

  @Test
  void aJobThatIsKilledFromOutsideIsNobodysFaultAndIsTriedAgain() {
    Called called = gate("jobs:\n  test: { run: 'kill -9 $$', attempts: 2 }\n");
    assertThat(called.exit()).isEqualTo(ExitCode.ENVIRONMENT);
    assertThat(called.events("build-started", "a")).hasSize(2);
    assertThat(called.events("build-ended", "a"))
        .allSatisfy(end -> assertThat(end).containsEntry("verdict", "environment"));
    assertThat(called.end("a")).containsEntry("outcome", "environment");
  }

  @Test
  void aJobOverItsTimeIsEndedAndFails() {
    Called called = gate("jobs:\n  test: { run: 'echo begun; sleep 600', timeout: 300ms }\n");
    assertThat(called.exit()).isEqualTo(ExitCode.FAILED);
    assertThat(called.outcome("a")).contains("test", "time");
    assertThat(called.events("build-ended", "a").getFirst())
        .containsEntry("verdict", "failed")
        .containsEntry("lines", List.of("begun"));
  }

  @Test
  void theLastLinesOfAFailedJobAreShown() {
    Called called = gate("jobs:\n  test: 'echo one; echo two >&2; exit 3'\n");
    Map<String, Object> end = called.events("build-ended", "a").getFirst();
    assertThat(end).containsEntry("reason", "exit status 3");
    assertThat((List<?>) end.get("lines")).map(Object::toString).contains("one", "two");
  }

  private Called gate(String config) {
    return GatedProject.create(folder, config).branch("a", "a", "a").gate("a");
  }

  private static List<Object> jobs(Called called, String change) {
    return called.events("build-started", change).stream().map(event -> event.get("job")).toList();
  }
}
