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

/** Several processes in one repository, and processes that end before they are done. */
@Timeout(120)
class GateProcessTests {
  /**
   * Each job says that it runs by a file with its process id, and ends when its change's file is
   * there.
   */
  private static final String WAITING =
      """
      jobs:
        test: |
          echo $$ > "$HOME/runs-$HEADGATE_CHANGE.new"
          mv "$HOME/runs-$HEADGATE_CHANGE.new" "$HOME/runs-$HEADGATE_CHANGE"
          until [ -e "$HOME/go" ] || [ -e "$HOME/go-$HEADGATE_CHANGE" ]; do sleep 0.05; done
      """;

  @TempDir Path folder;

  @Test
  void aSecondProcessSaysWhoHoldsTheLockOrWaitsForIt() throws Exception {
    GatedProject project = project().branch("a", "a", "a").branch("b", "b", "b");
    try (ChildCommand first = project.start("gate", "--json", "a")) {
      first.awaitFile(home("runs-a"));
      Called second = project.gate("b");
      assertThat(second.exit()).isEqualTo(ExitCode.ENVIRONMENT);
      assertThat(second.out()).isEmpty();
      assertThat(second.err())
          .contains("held by `headgate gate` (process " + first.pid() + ", since ")
          .contains("--wait");
      GatedProject.AsyncCall waiting = project.callAside("gate", "--json", "--wait", "b");
      allow("go");
      assertThat(first.end().exit()).isEqualTo(ExitCode.SUCCESS);
      assertThat(waiting.end().outcome("b")).startsWith("landed");
    }
    assertThat(project.history("main"))
        .containsExactly("Begin", "Merge a: Change a", "Merge b: Change b");
  }

  @Test
  void whoeverOnlyLooksNeedNotWait() throws Exception {
    GatedProject project = project().branch("a", "a", "a");
    try (ChildCommand first = project.start("gate", "--json", "a")) {
      first.awaitFile(home("runs-a"));
      Called explained = project.call("explain", "a");
      assertThat(explained.exit()).isEqualTo(ExitCode.SUCCESS);
      assertThat(explained.out()).contains("testing, place 1 of 1", "waits: ");
      assertThat(project.call("last").out()).contains("test  running");
      assertThat(project.call("log", "1").exit()).isEqualTo(ExitCode.SUCCESS);
      allow("go");
      assertThat(first.end().exit()).isEqualTo(ExitCode.SUCCESS);
    }
  }

  @Test
  void aKilledGateIsResumedFirstAndNewChangesAreAppended() throws Exception {
    GatedProject project = project().branch("a", "a", "a").branch("b", "b", "b");
    project.branch("c", "c", "c");
    try (ChildCommand first = project.start("gate", "--json", "--workers", "2", "a", "b")) {
      first.awaitFile(home("runs-a"));
      first.awaitFile(home("runs-b"));
      first.kill();
    }
    awaitDead("runs-a");
    awaitDead("runs-b");
    allow("go");
    Called resumed = project.gate("c");
    assertThat(resumed.exit()).isEqualTo(ExitCode.SUCCESS);
    assertThat(resumed.events("resumed", "").getFirst())
        .containsEntry("changes", List.of("a", "b"));
    assertThat(project.history("main"))
        .containsExactly("Begin", "Merge a: Change a", "Merge b: Change b", "Merge c: Change c");
    assertNothingLeft(project);
    assertThat(project.call("last").out()).contains("interrupted");
  }

  @Test
  void aQueueIsResumedWithoutNamingAnythingAndOnlyOnce() throws Exception {
    GatedProject project = project().branch("a", "a", "a");
    killWhileTested(project, "a");
    allow("go");
    assertThat(project.gate().outcome("a")).startsWith("landed");
    assertThat(project.call("gate").out()).startsWith("nothing to do");
  }

  @Test
  void aChangeThatIsNamedAgainWithANewCommitCountsByThat() throws Exception {
    GatedProject project = project().branch("a", "a", "a");
    killWhileTested(project, "a");
    project.commit("a", "a", "Second", Map.of("second", "x"));
    allow("go");
    Called called = project.gate("a");
    assertThat(called.events("withdrawn", "a").getFirst().get("reason"))
        .isEqualTo("replaced by revision " + project.tip("a"));
    assertThat(called.events("landed", "a")).hasSize(1);
    assertThat(called.exit()).isEqualTo(ExitCode.SUCCESS);
    assertThat(project.read("second")).isEqualTo("x");
  }

  @Test
  void aBranchThatMovedWhileNobodyGatedIsNotLandedAsItWas() throws Exception {
    GatedProject project = project().branch("a", "a", "a");
    killWhileTested(project, "a");
    project.commit("a", "a", "Second", Map.of("second", "x"));
    Called called = project.gate();
    assertThat(called.exit()).isEqualTo(ExitCode.FAILED);
    assertThat(called.outcome("a")).startsWith("withdrawn: it moved to revision ");
    assertThat(project.history("main")).containsExactly("Begin");
  }

  @Test
  void ctrlCWithdrawsWhatHasNotLandedAndLeavesNothingBehind() throws Exception {
    GatedProject project = project().branch("a", "a", "a").branch("b", "b", "b");
    project.branch("c", "c", "c");
    allow("go-a");
    try (ChildCommand gate = project.start("gate", "--json", "--workers", "2", "a", "b", "c")) {
      gate.awaitLine("\"landed\"");
      gate.awaitFile(home("runs-b"));
      gate.interrupt();
      Called called = gate.end();
      assertThat(called.exit()).isEqualTo(ExitCode.INTERRUPTED);
      assertThat(called.outcome("a")).startsWith("landed");
      assertThat(called.outcome("b")).isEqualTo("withdrawn: interrupted");
      assertThat(called.outcome("c")).isEqualTo("withdrawn: interrupted");
      assertThat(called.err()).isEmpty();
    }
    awaitDead("runs-b");
    assertNothingLeft(project);
    assertThat(project.history("main")).containsExactly("Begin", "Merge a: Change a");
    assertThat(project.call("gate").out()).startsWith("nothing to do");
  }

  private GatedProject project() {
    return GatedProject.create(folder, WAITING);
  }

  private void killWhileTested(GatedProject project, String change) throws Exception {
    try (ChildCommand gate = project.start("gate", "--json", change)) {
      gate.awaitFile(home("runs-" + change));
      gate.kill();
    }
    awaitDead("runs-" + change);
  }

  private Path home(String file) {
    return folder.resolve("home").resolve(file);
  }

  private void allow(String file) throws Exception {
    Files.writeString(home(file), "");
  }

  /** The process that a job noted ends without anybody's help. */
  private void awaitDead(String file) throws Exception {
    long pid = Long.parseLong(Files.readString(home(file)).strip());
    var process = ProcessHandle.of(pid);
    if (process.isPresent()) {
      process.get().onExit().get(10, java.util.concurrent.TimeUnit.SECONDS);
    }
  }

  private static void assertNothingLeft(GatedProject project) {
    assertThat(project.git("worktree", "list").lines()).hasSize(1);
    assertThat(project.own().resolve("slots")).doesNotExist();
    assertThat(project.own().resolve("lock.holder")).doesNotExist();
    assertThat(project.git("status", "--porcelain")).isEmpty();
  }
}
