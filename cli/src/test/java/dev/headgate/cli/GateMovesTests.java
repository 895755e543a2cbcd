package dev.headgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headgate.cli.GatedProject.Called;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Branches that someone else moves while they are gated. The jobs do it themselves, so that it
 * happens exactly while they run.
 */
@Timeout(60)
class GateMovesTests {
  /** Longer than any test waits: the job is to be ended by the gate. */
  private static final String FOR_EVER = "sleep 600";

  @TempDir Path folder;

  @Test
  void aBranchThatMovesWhileItIsGatedIsWithdrawn() {
    GatedProject project = project(during("a", "git update-ref refs/heads/a main; " + FOR_EVER));
    project.branch("a", "a", "a").branch("b", "b", "b");
    Called called = project.gate("a", "b");
    assertThat(called.exit()).isEqualTo(ExitCode.FAILED);
    assertThat(called.outcome("a"))
        .isEqualTo(
            "withdrawn: it moved to revision "
                + project.git("rev-parse", "main^1")
                + " while it was gated; gate it again");
    assertThat(called.outcome("b")).startsWith("landed");
    assertThat(project.history("main")).containsExactly("Begin", "Merge b: Change b");
  }

  @Test
  void aBranchThatIsDeletedWhileItIsGatedIsWithdrawn() {
    GatedProject project =
        project(during("a", "git update-ref -d refs/heads/a; " + FOR_EVER)).branch("a", "a", "a");
    Called called = project.gate("a");
    assertThat(called.exit()).isEqualTo(ExitCode.FAILED);
    assertThat(called.outcome("a")).isEqualTo("withdrawn: the change exists no more");
    assertThat(project.history("main")).containsExactly("Begin");
  }

  @Test
  void whatDependsOnAWithdrawnBranchIsWithdrawnToo() {
    GatedProject project = project(during("a", "git update-ref -d refs/heads/a; " + FOR_EVER));
    project.branch("a", "a", "a").branch("b", "a", Map.of("b", "b"), "On a");
    Called called = project.gate("a", "b");
    assertThat(called.outcome("b"))
        .isEqualTo("withdrawn: it depends on a, which was withdrawn: the change exists no more");
  }

  @Test
  void whatMainGainsMeanwhileIsTestedBeforeAnythingLandsOnIt() {
    GatedProject project =
        project(
            during(
                "a",
                "[ -e moved ] || git update-ref refs/heads/main elsewhere && echo tested $(ls)"));
    project.branch("elsewhere", "moved", "x").branch("a", "a", "a").branch("b", "b", "b");
    Called called = project.gate("--no-checkout", "a", "b");
    assertThat(called.exit()).isEqualTo(ExitCode.SUCCESS);
    assertThat(project.history("main"))
        .containsExactly("Begin", "Change moved", "Merge a: Change a", "Merge b: Change b");
    assertThat(called.events("restarted", "a").getFirst().get("reason").toString())
        .startsWith("main was moved to " + project.tip("elsewhere"));
    assertThat(project.tip("main")).isEqualTo(called.end("b").get("content"));
  }

  @Test
  void aCommitMadeInTheWorkingTreeMeanwhileIsKept() {
    GatedProject project =
        project(
            during(
                "a",
                "[ -e moved ] || { cd '%s' && touch moved && git add moved && git commit -qm Mine; }"
                    .formatted(folder.resolve("project"))));
    project.git("config", "user.name", "Me");
    project.git("config", "user.email", "me@canal.example");
    project.branch("a", "a", "a");
    Called called = project.gate("a");
    assertThat(called.exit()).isEqualTo(ExitCode.SUCCESS);
    assertThat(project.history("main")).containsExactly("Begin", "Mine", "Merge a: Change a");
    assertThat(project.git("status", "--porcelain")).isEmpty();
    assertThat(project.read("a")).isEqualTo("a");
  }

  @Test
  void aBranchThatGetsMergedByHandMeanwhileHasLanded() {
    GatedProject project =
        project(during("a", "git update-ref refs/heads/main refs/heads/a; sleep 1.5"));
    project.branch("a", "a", "a").branch("b", "b", "b");
    Called called = project.gate("--no-checkout", "a", "b");
    assertThat(called.outcome("a")).startsWith("landed: already contained in main");
    assertThat(called.outcome("b")).startsWith("landed");
    assertThat(called.exit()).isEqualTo(ExitCode.SUCCESS);
    assertThat(project.history("main")).containsExactly("Begin", "Change a", "Merge b: Change b");
  }

  @Test
  void aMainThatIsDeletedMeanwhileStopsTheGateAndNothingIsLost() {
    GatedProject project = project(during("a", "git update-ref -d refs/heads/main"));
    project.branch("a", "a", "a").branch("b", "b", "b").branch("copy", "c", "c");
    String tip = project.tip("main");
    Called called = project.gate("--no-checkout", "a", "b");
    assertThat(called.exit()).isEqualTo(ExitCode.ENVIRONMENT);
    assertThat(called.err()).contains("the branch main has been deleted");
    project.git("update-ref", "refs/heads/main", tip);
    Called resumed = project.gate("--no-checkout");
    assertThat(resumed.events("resumed", "")).hasSize(1);
  }

  /** A configuration whose job does something while one change is gated, and passes for others. */
  private static String during(String change, String command) {
    return """
    jobs:
      test: |
        [ "$HEADGATE_CHANGE" = %s ] || exit 0
        %s
    """
        .formatted(change, command);
  }

  private GatedProject project(String config) {
    return GatedProject.create(folder, config);
  }
}
