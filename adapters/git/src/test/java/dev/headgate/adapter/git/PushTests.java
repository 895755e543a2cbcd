package dev.headgate.adapter.git;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headgate.gate.Event;
import dev.headgate.model.Content;
import dev.headgate.model.ItemId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Landings that are pushed on, with a real remote. */
final class PushTests {
  private static final ItemId ITEM = new ItemId(7);
  private static final LandingOptions PUSHED = new LandingOptions(true, Optional.of("origin"));

  @TempDir Path temp;
  private TestRepository git;
  private TestRepository remote;
  private Content base;
  private Content next;

  @BeforeEach
  void makeRepositories() {
    git = TestRepository.create(temp.resolve("repo"));
    base = git.tip("main");
    next = git.branch("topic", "main", "file", "file\n");
    Path bare = temp.resolve("remote.git");
    git.git("clone", "-q", "--bare", git.folder.toString(), bare.toString());
    git.git("remote", "add", "origin", bare.toString());
    remote = TestRepository.at(bare);
  }

  private Inbox land() {
    Inbox inbox = new Inbox();
    try (GitBranches branches = GitBranches.open(git.projects(), PUSHED)) {
      branches.land(TestRepository.land(ITEM, "topic", base, next), inbox);
      inbox.await();
    }
    return inbox;
  }

  /** Someone else's commit at the remote. */
  private Content pushByAnother() {
    TestRepository other = TestRepository.at(temp.resolve("other"));
    git.git("clone", "-q", remote.folder.toString(), other.folder.toString());
    other.git("config", "user.name", "Other");
    other.git("config", "user.email", "other@example.org");
    other.write("theirs", "theirs\n");
    Content theirs = other.commit("Theirs");
    other.git("push", "-q", "origin", "main");
    return theirs;
  }

  @Test
  void remoteAndBranchBothMove() {
    assertThat(land().event()).isEqualTo(TestRepository.landed(ITEM, next));
    assertThat(remote.tip("main")).isEqualTo(next);
    assertThat(git.tip("main")).isEqualTo(next);
    assertThat(git.read("file")).isEqualTo("file\n");
  }

  @Test
  void branchFollowsARemoteThatIsAheadAndTheLandingIsRefused() {
    Content theirs = pushByAnother();
    Event.LandRefused refused = (Event.LandRefused) land().event();
    assertThat(refused.tips().get(TestRepository.main())).isEqualTo(theirs);
    assertThat(git.tip("main")).isEqualTo(theirs);
    assertThat(git.read("theirs")).isEqualTo("theirs\n");
    assertThat(git.git("status", "--porcelain")).isEmpty();
    assertThat(git.git("for-each-ref", "refs/headgate/remote")).isEmpty();
    assertThat(remote.tip("main")).isEqualTo(theirs);
  }

  @Test
  void remoteThatIsBehindGetsEverything() {
    remote.git("update-ref", "refs/heads/main", base.value());
    git.write("more", "more\n");
    base = git.commit("Not pushed yet");
    git.git("checkout", "-q", "topic");
    git.git("rebase", "-q", "main");
    next = git.tip("topic");
    git.git("checkout", "-q", "main");
    assertThat(land().event()).isEqualTo(TestRepository.landed(ITEM, next));
    assertThat(remote.tip("main")).isEqualTo(next);
  }

  @Test
  void branchesThatWentApartAreAPersonsBusiness() {
    Content theirs = pushByAnother();
    git.write("mine", "mine\n");
    base = git.commit("Mine");
    git.git("checkout", "-q", "topic");
    git.git("rebase", "-q", "main");
    next = git.tip("topic");
    git.git("checkout", "-q", "main");
    assertThat(land().problem()).contains("bring them together");
    assertThat(remote.tip("main")).isEqualTo(theirs);
    assertThat(git.tip("main")).isEqualTo(base);
  }

  @Test
  void hookOfTheRemoteRejectsTheChange() throws IOException {
    Path hook = remote.folder.resolve("hooks/pre-receive");
    Files.createDirectories(hook.getParent());
    Files.writeString(hook, "#!/bin/sh\necho 'no ticket number' >&2\nexit 1\n");
    assertThat(hook.toFile().setExecutable(true)).isTrue();
    Event.LandRefused refused = (Event.LandRefused) land().event();
    assertThat(refused.tips().get(TestRepository.main())).isEqualTo(base);
    assertThat(refused.reason()).contains("no ticket number");
    assertThat(git.tip("main")).isEqualTo(base);
  }

  @Test
  void hookOfTheUserRunsBeforeThePush() throws IOException {
    Path hook = git.folder.resolve(".git/hooks/pre-push");
    Files.createDirectories(hook.getParent());
    Files.writeString(hook, "#!/bin/sh\necho 'not today' >&2\nexit 1\n");
    assertThat(hook.toFile().setExecutable(true)).isTrue();
    assertThat(land().problem()).contains("not today");
    assertThat(git.tip("main")).isEqualTo(base);
    assertThat(remote.tip("main")).isEqualTo(base);
  }

  @Test
  void remoteThatTakesNoPushesStopsTheQueue() {
    Path checkedOut = temp.resolve("checked out");
    git.git("clone", "-q", git.folder.toString(), checkedOut.toString());
    git.git("remote", "set-url", "origin", checkedOut.toString());
    assertThat(land().problem()).contains("does not take pushes to main");
    assertThat(git.tip("main")).isEqualTo(base);
  }

  @Test
  void remoteThatCannotBeReachedStopsTheQueue() {
    git.git("remote", "set-url", "origin", temp.resolve("nowhere").toString());
    assertThat(land().problem()).contains("origin").contains("can be reached");
    assertThat(git.tip("main")).isEqualTo(base);
  }

  @Test
  void dirtyTreeIsFoundBeforeThePush() {
    git.write("file", "mine\n");
    assertThat(land().problem()).contains("file");
    assertThat(remote.tip("main")).isEqualTo(base);
  }

  @Test
  void remoteThatHasTheContentAlreadyIsNoObstacle() {
    remote.git("update-ref", "refs/heads/main", next.value());
    assertThat(land().event()).isEqualTo(TestRepository.landed(ITEM, next));
    assertThat(git.tip("main")).isEqualTo(next);
  }
}
