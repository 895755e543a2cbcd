package dev.headgate.adapter.git;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headgate.gate.Effect;
import dev.headgate.gate.Event;
import dev.headgate.model.Content;
import dev.headgate.model.ItemId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Landings with real repositories, and the working trees that follow them. */
final class LandingTests {
  private static final ItemId ITEM = new ItemId(7);
  private static final LandingOptions NO_CHECKOUT = new LandingOptions(false, Optional.empty());

  @TempDir Path temp;
  private TestRepository git;
  private Content base;
  private Content next;

  @BeforeEach
  void makeRepository() {
    git = TestRepository.create(temp.resolve("a repo"));
    git.write("touched", "old\n").write("other", "other\n").write("gone", "gone\n");
    base = git.commit("Base");
    git.git("checkout", "-q", "-b", "topic");
    git.write("touched", "new\n").write("new/deep/file", "new\n").git("rm", "-q", "gone");
    next = git.commit("Topic");
    git.git("checkout", "-q", "main");
  }

  private Effect.Land land() {
    return TestRepository.land(ITEM, "topic", base, next);
  }

  private Inbox carryOut(LandingOptions options) {
    Inbox inbox = new Inbox();
    try (GitBranches branches = GitBranches.open(git.projects(), options)) {
      branches.land(land(), inbox);
      inbox.await();
    }
    return inbox;
  }

  private Event landed() {
    return TestRepository.landed(ITEM, next);
  }

  @Test
  void checkedOutTreeFollows() {
    assertThat(carryOut(LandingOptions.DEFAULT).event()).isEqualTo(landed());
    assertThat(git.tip("main")).isEqualTo(next);
    assertThat(git.read("touched")).isEqualTo("new\n");
    assertThat(git.read("new/deep/file")).isEqualTo("new\n");
    assertThat(git.folder.resolve("gone")).doesNotExist();
    assertThat(git.git("status", "--porcelain")).isEmpty();
    assertThat(git.git("reflog", "-1", "--format=%gs", "main")).isEqualTo("headgate: land topic");
    assertNothingIsLeft();
  }

  private void assertNothingIsLeft() {
    Path own = git.folder.resolve(".git");
    assertThat(own.resolve("index.lock")).doesNotExist();
    assertThat(own.resolve("headgate-index")).doesNotExist();
    assertThat(own.resolve("headgate/checkout/landing")).doesNotExist();
  }

  @Test
  void landingAgainAnswersWhereTheBranchStands() {
    carryOut(LandingOptions.DEFAULT);
    git.write("later", "later\n");
    Content later = git.commit("Later");
    assertThat(carryOut(LandingOptions.DEFAULT).event())
        .isEqualTo(TestRepository.landed(ITEM, later));
    assertThat(git.tip("main")).isEqualTo(later);
  }

  @Test
  void branchThatMovedIsNotMovedBack() {
    git.write("more", "more\n");
    Content moved = git.commit("By hand");
    assertThat(carryOut(LandingOptions.DEFAULT).event())
        .isEqualTo(
            new Event.LandRefused(
                ITEM, Map.of(TestRepository.main(), moved), "main moved to " + moved, Set.of()));
    assertThat(git.tip("main")).isEqualTo(moved);
    assertNothingIsLeft();
  }

  @Test
  void deletedBranchIsAProblemOfTheEnvironment() {
    git.git("checkout", "-q", "topic");
    git.git("branch", "-D", "-q", "main");
    assertThat(carryOut(LandingOptions.DEFAULT).problem()).contains("main").contains("deleted");
  }

  @Test
  void withoutCheckoutOnlyTheRefMoves() {
    assertThat(carryOut(NO_CHECKOUT).event()).isEqualTo(landed());
    assertThat(git.tip("main")).isEqualTo(next);
    assertThat(git.read("touched")).isEqualTo("old\n");
  }

  @Test
  void editsThatTheLandingDoesNotTouchStay() {
    git.write("other", "edited\n").write("base", "staged\n").write("untracked", "mine\n");
    git.git("add", "base");
    String before = git.git("status", "--porcelain");
    assertThat(carryOut(LandingOptions.DEFAULT).event()).isEqualTo(landed());
    assertThat(git.read("touched")).isEqualTo("new\n");
    assertThat(git.git("status", "--porcelain")).isEqualTo(before);
    assertThat(git.read("other")).isEqualTo("edited\n");
  }

  @Test
  void fileThatIsOnlyTouchedIsNoEdit() throws IOException {
    Files.setLastModifiedTime(git.folder.resolve("touched"), FileTime.fromMillis(1_000_000));
    assertThat(carryOut(LandingOptions.DEFAULT).event()).isEqualTo(landed());
    assertThat(git.read("touched")).isEqualTo("new\n");
  }

  @Test
  void editThatWouldBeOverwrittenStopsTheLandingBeforeItBegins() {
    git.write("touched", "my edit\n");
    assertThat(carryOut(LandingOptions.DEFAULT).problem())
        .contains("touched")
        .contains(git.folder.toString())
        .contains("--no-checkout");
    assertThat(git.tip("main")).isEqualTo(base);
    assertThat(git.read("touched")).isEqualTo("my edit\n");
    assertNothingIsLeft();
  }

  @Test
  void stagedEditThatWouldBeOverwrittenStopsTheLanding() {
    git.write("gone", "my edit\n").git("add", "gone");
    assertThat(carryOut(LandingOptions.DEFAULT).problem()).contains("gone");
    assertThat(git.tip("main")).isEqualTo(base);
    assertThat(git.read("gone")).isEqualTo("my edit\n");
  }

  @Test
  void untrackedFileInTheWayStopsTheLanding() {
    git.write("new/deep/file", "mine\n");
    assertThat(carryOut(LandingOptions.DEFAULT).problem()).contains("new/deep/file");
    assertThat(git.tip("main")).isEqualTo(base);
    assertThat(git.read("new/deep/file")).isEqualTo("mine\n");
  }

  @Test
  void linkedWorkingTreeFollows() {
    git.git("checkout", "-q", "--detach");
    TestRepository linked = TestRepository.at(temp.resolve("linked ü\n tree"));
    git.git("worktree", "add", "-q", linked.folder.toString(), "main");
    assertThat(carryOut(LandingOptions.DEFAULT).event()).isEqualTo(landed());
    assertThat(linked.read("touched")).isEqualTo("new\n");
    assertThat(linked.git("status", "--porcelain")).isEmpty();
    assertThat(git.read("touched")).isEqualTo("old\n");
    assertThat(git.git("status", "--porcelain")).isEmpty();
  }

  @Test
  void twoWorkingTreesOfOneBranchBothFollowOrNeither() {
    TestRepository linked = TestRepository.at(temp.resolve("linked"));
    git.git("worktree", "add", "-q", "--force", linked.folder.toString(), "main");
    linked.write("touched", "my edit\n");
    assertThat(carryOut(LandingOptions.DEFAULT).problem()).contains("linked");
    assertThat(git.read("touched")).isEqualTo("old\n");
    linked.write("touched", "old\n");
    assertThat(carryOut(LandingOptions.DEFAULT).event()).isEqualTo(landed());
    assertThat(git.git("status", "--porcelain")).isEmpty();
    assertThat(linked.git("status", "--porcelain")).isEmpty();
  }

  @Test
  void repositoryWhoseGitFolderStandsElsewhereFollows() {
    TestRepository apart =
        TestRepository.create(temp.resolve("apart"), "--separate-git-dir=" + temp.resolve("store"));
    base = apart.tip("main");
    next = apart.branch("topic", "main", "file", "file\n");
    git = apart;
    assertThat(carryOut(LandingOptions.DEFAULT).event()).isEqualTo(landed());
    assertThat(apart.read("file")).isEqualTo("file\n");
    assertThat(apart.git("status", "--porcelain")).isEmpty();
  }

  @Test
  void bareRepositoryMovesItsBranch() {
    Path bare = temp.resolve("bare.git");
    git.git("clone", "-q", "--bare", git.folder.toString(), bare.toString());
    git = TestRepository.at(bare);
    assertThat(carryOut(LandingOptions.DEFAULT).event()).isEqualTo(landed());
    assertThat(git.tip("main")).isEqualTo(next);
  }

  @Test
  void lockOfAnotherGitIsWaitedForAndThenNamed() throws IOException {
    Path lock = git.folder.resolve(".git/index.lock");
    Files.createFile(lock);
    assertThat(carryOut(LandingOptions.DEFAULT).problem()).contains(lock.toString());
    assertThat(lock).exists();
    assertThat(git.tip("main")).isEqualTo(base);
  }

  @Test
  void hookThatForbidsTheMoveIsGivenAsTheReason() throws IOException {
    Path hook = git.folder.resolve(".git/hooks/reference-transaction");
    Files.createDirectories(hook.getParent());
    Files.writeString(hook, "#!/bin/sh\necho 'not on a Friday' >&2\n! grep -q refs/heads/main\n");
    assertThat(hook.toFile().setExecutable(true)).isTrue();
    Event.LandRefused refused = (Event.LandRefused) carryOut(LandingOptions.DEFAULT).event();
    assertThat(refused.tips().get(TestRepository.main())).isEqualTo(base);
    assertThat(refused.reason()).contains("not on a Friday");
    assertNothingIsLeft();
  }

  @Test
  void askAnswersTheTip() {
    Inbox inbox = new Inbox();
    try (GitBranches branches = GitBranches.open(git.projects(), LandingOptions.DEFAULT)) {
      branches.ask(new Effect.Ask(TestRepository.main()), inbox);
      assertThat(inbox.event()).isEqualTo(new Event.TipMoved(TestRepository.main(), base));
    }
  }
}
