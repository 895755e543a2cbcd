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

/** What {@code headgate gate} lands, refuses and leaves behind. */
@Timeout(60)
class GateLandingTests {
  @TempDir Path folder;

  @Test
  void goodBranchesLandInTheOrderGivenAsTheCommitsThatWereTested() throws Exception {
    GatedProject project =
        project("jobs:\n  test: 'git rev-parse HEAD >> \"$HOME/tested\"'\n")
            .branch("topic/b", "b", "b")
            .branch("topic/a", "a", "a");
    Called called = project.gate("topic/b", "topic/a");
    assertThat(called.exit()).isEqualTo(ExitCode.SUCCESS);
    assertThat(called.err()).isEmpty();
    assertThat(project.history("main"))
        .containsExactly("Begin", "Merge topic/b: Change b", "Merge topic/a: Change a");
    assertThat(project.tip("main")).isEqualTo(called.end("topic/a").get("content"));
    assertThat(project.git("rev-parse", "main^")).isEqualTo(called.end("topic/b").get("content"));
    assertThat(Files.readAllLines(folder.resolve("home/tested")))
        .containsExactlyInAnyOrder(project.tip("main"), project.git("rev-parse", "main^"));
  }

  @Test
  void whatLandedStandsInTheWorkingTree() {
    GatedProject project = project(GatedProject.CHECK).branch("a", "new/file", "text");
    assertThat(project.gate("a").exit()).isEqualTo(ExitCode.SUCCESS);
    assertThat(project.read("new/file")).isEqualTo("text");
    assertThat(project.git("status", "--porcelain")).isEmpty();
  }

  @Test
  void aChangeThatFailsIsRejectedAndTheOthersLandWithoutIt() {
    GatedProject project =
        project(GatedProject.CHECK).branch("a", "a", "a").badBranch("b").branch("c", "c", "c");
    Called called = project.gate("a", "b", "c");
    assertThat(called.exit()).isEqualTo(ExitCode.FAILED);
    assertThat(called.outcome("b")).startsWith("rejected: test failed: exit status 1 (build ");
    assertThat(called.outcome("a")).isEqualTo("landed: landed on main");
    assertThat(project.history("main"))
        .containsExactly("Begin", "Merge a: Change a", "Merge c: Change c");
    assertThat(called.events("restarted", "").stream().map(event -> event.get("change")))
        .containsOnly("c");
  }

  @Test
  void aChangeThatConflictsIsRejectedWithTheFilesItConflictsIn() {
    GatedProject project =
        project(GatedProject.CHECK).branch("a", "base", "A\n").branch("b", "base", "B\n");
    Called called = project.gate("a", "b");
    assertThat(called.exit()).isEqualTo(ExitCode.FAILED);
    assertThat(called.outcome("b")).isEqualTo("rejected: it conflicts in base (content)");
    assertThat(project.read("base")).isEqualTo("A\n");
  }

  @Test
  void nothingIsLeftOfAGateButWhatItKeeps() throws Exception {
    GatedProject project = project(GatedProject.CHECK).branch("a", "a", "a").badBranch("b");
    project.gate("a", "b");
    assertThat(project.git("worktree", "list").lines()).hasSize(1);
    List<String> refs = project.git("for-each-ref", "--format=%(refname)").lines().toList();
    assertThat(refs).contains("refs/heads/a", "refs/heads/b", "refs/heads/main").hasSize(4);
    // What a failed build tested is kept, so that it can be reproduced.
    assertThat(refs).filteredOn(ref -> ref.startsWith("refs/headgate/content/")).hasSize(1);
    try (var files = Files.list(project.own())) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .contains("headgate.db", "runs")
          .doesNotContain("slots", "lock.holder");
    }
  }

  @Test
  void aBrokenConfigurationRejectsItsChangeAlone() {
    GatedProject project =
        project(GatedProject.CHECK)
            .branch("a", GatedProject.CONFIG, "jobs:\n  test:\n    rum: make\n")
            .branch("b", "b", "b");
    Called called = project.gate("a", "b");
    assertThat(called.exit()).isEqualTo(ExitCode.FAILED);
    assertThat(called.outcome("a"))
        .isEqualTo(
            "rejected: .headgate.yaml:3:5: unknown key 'rum' in job 'test'; did you mean 'run'?");
    assertThat(called.outcome("b")).startsWith("landed");
  }

  @Test
  void aChangeWithoutConfigurationIsToldHowToGetOne() {
    GatedProject project = project(GatedProject.CHECK);
    project.git("checkout", "--quiet", "-b", "a");
    project.git("rm", "--quiet", GatedProject.CONFIG);
    project.git("commit", "--quiet", "-m", "Test nothing");
    project.git("checkout", "--quiet", "main");
    assertThat(project.gate("a").outcome("a"))
        .startsWith("rejected: there is no .headgate.yaml")
        .contains("headgate init");
  }

  @Test
  void theConfigurationIsThatOfTheCommitUnderTest() {
    GatedProject project =
        project("jobs:\n  test: 'false'\n")
            .branch("a", GatedProject.CONFIG, "jobs:\n  other: 'true'\n");
    Called called = project.gate("a");
    assertThat(called.outcome("a")).startsWith("landed");
    assertThat(called.events("build-started", "a").stream().map(event -> event.get("job")))
        .containsExactly("other");
  }

  @Test
  void aChangeThatContainsAnotherDependsOnIt() {
    GatedProject project = project(GatedProject.CHECK).badBranch("a");
    project.branch("b", "a", Map.of("b", "b"), "On a");
    Called called = project.gate("b", "a");
    assertThat(called.events("queued", "").stream().map(event -> event.get("change")))
        .containsExactly("a", "b");
    assertThat(called.events("queued", "b").getFirst().get("depends-on")).isEqualTo(List.of("a"));
    assertThat(called.outcome("a")).startsWith("rejected: test failed");
    assertThat(called.outcome("b")).startsWith("rejected: it depends on a, which was rejected");
    assertThat(project.history("main")).containsExactly("Begin");
  }

  @Test
  void aFooterMakesAChangeDependOnAnother() {
    GatedProject project = project(GatedProject.CHECK).badBranch("a");
    project.branch("b", "main", Map.of("b", "b"), "Change b\n\nDepends-On: a\n");
    project.branch("c", "main", Map.of("c", "c"), "Change c\n\nDepends-On: nowhere\n");
    Called called = project.gate("a", "b", "c");
    assertThat(called.outcome("b")).startsWith("rejected: it depends on a, which was rejected");
    assertThat(called.outcome("c"))
        .isEqualTo("rejected: it depends on nowhere, which has not landed and is not queued");
  }

  @Test
  void aDependencyThatHasLandedEarlierIsMet() {
    GatedProject project = project(GatedProject.CHECK).branch("a", "a", "a");
    project.branch("b", "main", Map.of("b", "b"), "Change b\n\nDepends-On: a\n");
    assertThat(project.gate("a").exit()).isEqualTo(ExitCode.SUCCESS);
    assertThat(project.gate("b").outcome("b")).startsWith("landed");
  }

  @Test
  void changesThatDependOnEachOtherInACircleLandTogether() {
    GatedProject project = project(GatedProject.CHECK);
    project.branch("a", "main", Map.of("a", "a"), "Change a\n\nDepends-On: b\n");
    project.branch("b", "main", Map.of("b", "b"), "Change b\n\nDepends-On: a\n");
    project.branch("c", "c", "c");
    Called called = project.gate("a", "c", "b");
    assertThat(called.exit()).isEqualTo(ExitCode.SUCCESS);
    assertThat(called.events("queued", "").stream().map(event -> event.get("change")))
        .containsExactly("b", "a", "c");
    assertThat(called.events("merged", "b").getFirst().get("changes")).isEqualTo(List.of("b", "a"));
    assertThat(called.outcome("a")).startsWith("landed");
    assertThat(called.end("a").get("content")).isEqualTo(called.end("b").get("content"));
    assertThat(called.end("c")).doesNotContainKey("changes");
    assertThat(project.history("main"))
        .containsExactly("Begin", "Merge b: Change b", "Merge a: Change a", "Merge c: Change c");
  }

  @Test
  void ofACircleNothingLandsIfOneFails() {
    GatedProject project = project(GatedProject.CHECK);
    project.branch("a", "main", Map.of("a", "a"), "Change a\n\nDepends-On: b\n");
    project.branch("b", "main", Map.of("bad", "b"), "Change b\n\nDepends-On: a\n");
    Called called = project.gate("a", "b");
    assertThat(called.exit()).isEqualTo(ExitCode.FAILED);
    assertThat(called.outcome("a")).startsWith("rejected: ");
    assertThat(called.outcome("b")).startsWith("rejected: ");
    assertThat(project.history("main")).containsExactly("Begin");
  }

  @Test
  void aChangeThatDependsOnItselfIsAMistakeOfTheCaller() {
    GatedProject project = project(GatedProject.CHECK);
    project.branch("a", "main", Map.of("a", "a"), "Change a\n\nDepends-On: a\n");
    Called called = project.gate("a");
    assertThat(called.exit()).isEqualTo(ExitCode.USAGE);
    assertThat(called.err()).contains("a depends on itself");
    assertThat(called.out()).isEmpty();
  }

  private GatedProject project(String config) {
    return GatedProject.create(folder, config);
  }
}
