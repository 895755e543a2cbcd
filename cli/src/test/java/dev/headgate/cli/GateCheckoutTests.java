package dev.headgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headgate.cli.GatedProject.Called;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Working trees around the branch that is landed on, and the remote it is pushed to. */
@Timeout(60)
class GateCheckoutTests {
  @TempDir Path folder;

  @Test
  void aWorkingTreeWithUncommittedChangesIsRefusedBeforeAnythingRuns() {
    GatedProject project = project();
    project.write("base", "mine");
    Called called = project.gate("a");
    assertThat(called.exit()).isEqualTo(ExitCode.USAGE);
    assertThat(called.out()).isEmpty();
    assertThat(called.err())
        .startsWith("headgate: main is checked out in " + project.folder())
        .contains("changes that are not committed: base", "--no-checkout");
    assertThat(project.read("base")).isEqualTo("mine");
    assertThat(project.history("main")).containsExactly("Begin");
  }

  @Test
  void noCheckoutMovesOnlyTheBranch() {
    GatedProject project = project();
    project.write("base", "mine");
    assertThat(project.gate("--no-checkout", "a").exit()).isEqualTo(ExitCode.SUCCESS);
    assertThat(project.history("main")).contains("Merge a: Change a");
    assertThat(project.read("base")).isEqualTo("mine");
    assertThat(project.folder().resolve("a")).doesNotExist();
  }

  @Test
  void filesThatGitDoesNotKnowAreLeftAlone() {
    GatedProject project = project();
    project.write("notes", "mine");
    assertThat(project.gate("a").exit()).isEqualTo(ExitCode.SUCCESS);
    assertThat(project.read("notes")).isEqualTo("mine");
    assertThat(project.read("a")).isEqualTo("a");
  }

  @Test
  void aFileInTheWayOfALandingStopsItAndIsNotOverwritten() {
    GatedProject project = project();
    project.write("a", "mine");
    Called called = project.gate("a");
    assertThat(called.exit()).isEqualTo(ExitCode.ENVIRONMENT);
    assertThat(called.err())
        .contains(project.folder().toString(), "a", "--no-checkout")
        .endsWith("Still queued: a. `headgate gate` goes on with that.\n");
    assertThat(project.git("worktree", "list").lines()).hasSize(1);
    assertThat(project.read("a")).isEqualTo("mine");
    assertThat(project.history("main")).containsExactly("Begin");
    assertThat(project.folder().resolve("a").toFile().delete()).isTrue();
    Called resumed = project.gate();
    assertThat(resumed.exit()).isEqualTo(ExitCode.SUCCESS);
    assertThat(project.read("a")).isEqualTo("a");
  }

  @Test
  void aDetachedHeadStaysWhereItIs() {
    GatedProject project = project();
    project.git("checkout", "--quiet", "--detach");
    String head = project.git("rev-parse", "HEAD");
    assertThat(project.gate("a").exit()).isEqualTo(ExitCode.SUCCESS);
    assertThat(project.git("rev-parse", "HEAD")).isEqualTo(head).isNotEqualTo(project.tip("main"));
    assertThat(project.git("status", "--porcelain")).isEmpty();
  }

  @Test
  void anotherBranchThatIsCheckedOutIsNotTouched() {
    GatedProject project = project();
    project.git("checkout", "--quiet", "a");
    project.write("base", "mine");
    assertThat(project.gate("a").exit()).isEqualTo(ExitCode.SUCCESS);
    assertThat(project.read("base")).isEqualTo("mine");
  }

  @Test
  void aLinkedWorkingTreeFollowsAndIsGatedFromLikeTheMainOne() {
    GatedProject project = project();
    project.git("checkout", "--quiet", "--detach");
    project.git("worktree", "add", "--quiet", folder.resolve("linked").toString(), "main");
    GatedProject linked = project.in(folder.resolve("linked"));
    assertThat(linked.gate("a").exit()).isEqualTo(ExitCode.SUCCESS);
    assertThat(linked.read("a")).isEqualTo("a");
    assertThat(linked.git("status", "--porcelain")).isEmpty();
    assertThat(project.own().resolve("headgate.db")).exists();
  }

  @Test
  void aFolderWithinTheProjectServesAsWell() throws Exception {
    GatedProject project = project();
    GatedProject inside = project.in(Files.createDirectory(project.folder().resolve("inside")));
    assertThat(inside.gate("a").exit()).isEqualTo(ExitCode.SUCCESS);
    assertThat(project.read("a")).isEqualTo("a");
  }

  @Test
  void aBareRepositoryIsGated() {
    GatedProject project = GatedProject.createBare(folder, GatedProject.CHECK);
    project.branch("a", "a", "a").badBranch("b");
    Called called = project.gate("a", "b");
    assertThat(called.exit()).isEqualTo(ExitCode.FAILED);
    assertThat(project.history("main")).containsExactly("Begin", "Merge a: Change a");
    assertThat(project.git("worktree", "list").lines()).hasSize(1);
  }

  @Test
  void theBranchThatIsNamedIsLandedOn() {
    GatedProject project = project();
    project.git("branch", "release");
    assertThat(project.gate("--onto", "release", "a").exit()).isEqualTo(ExitCode.SUCCESS);
    assertThat(project.history("release")).contains("Merge a: Change a");
    assertThat(project.history("main")).containsExactly("Begin");
  }

  @Test
  void eachLandingIsPushedToTheRemote() {
    GatedProject project = project();
    GatedProject remote = remote(project);
    assertThat(project.gate("--push", "origin", "a").exit()).isEqualTo(ExitCode.SUCCESS);
    assertThat(remote.tip("main")).isEqualTo(project.tip("main"));
    assertThat(remote.history("main")).containsExactly("Begin", "Merge a: Change a");
  }

  @Test
  void aRemoteThatIsAheadIsFollowedAndTheChangeTestedOnThat() {
    GatedProject project = project();
    GatedProject remote = remote(project);
    remote.commit("main", "main", "Ahead", Map.of("ahead", "x"));
    Called called = project.gate("--push", "origin", "a");
    assertThat(called.exit()).isEqualTo(ExitCode.SUCCESS);
    assertThat(project.history("main")).containsExactly("Begin", "Ahead", "Merge a: Change a");
    assertThat(remote.tip("main")).isEqualTo(project.tip("main"));
    assertThat(project.read("ahead")).isEqualTo("x");
  }

  @Test
  void aRemoteThatRefusesKeepsTheChangeFromLandingHereToo() throws Exception {
    GatedProject project = project();
    GatedProject remote = remote(project);
    Path hook = remote.folder().resolve("hooks/pre-receive");
    Files.createDirectories(hook.getParent());
    Files.writeString(hook, "#!/bin/sh\necho closed on Sundays >&2\nexit 1\n");
    assertThat(hook.toFile().setExecutable(true)).isTrue();
    Called called = project.gate("--push", "origin", "a");
    assertThat(called.exit()).isEqualTo(ExitCode.ENVIRONMENT);
    assertThat(called.outcome("a"))
        .startsWith("rejected: it passed, but ")
        .contains("closed on Sundays");
    assertThat(project.history("main")).containsExactly("Begin");
    assertThat(remote.history("main")).containsExactly("Begin");
  }

  @Test
  void aRemoteThatCannotBeReachedStopsTheGateAndNothingLands() {
    GatedProject project = project();
    project.git("remote", "add", "origin", folder.resolve("nowhere").toString());
    Called called = project.gate("--push", "origin", "a");
    assertThat(called.exit()).isEqualTo(ExitCode.ENVIRONMENT);
    assertThat(called.err())
        .contains("nowhere", "`headgate gate --push origin` goes on with that")
        .doesNotContain("\tat ");
    assertThat(project.history("main")).containsExactly("Begin");
  }

  private GatedProject project() {
    return GatedProject.create(folder, GatedProject.CHECK).branch("a", "a", "a");
  }

  private GatedProject remote(GatedProject project) {
    Path bare = folder.resolve("remote.git");
    project.git("clone", "--quiet", "--bare", project.folder().toString(), bare.toString());
    project.git("remote", "add", "origin", bare.toString());
    return project.in(bare);
  }
}
