package dev.headgate.adapter.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headgate.conduct.EnvironmentException;
import dev.headgate.gate.Event;
import dev.headgate.model.Content;
import dev.headgate.model.ItemId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Landings that die half-way, and what the next start makes of them. */
final class LandingCrashTests {
  private static final ItemId ITEM = new ItemId(7);

  @TempDir Path temp;
  private TestRepository git;
  private Path own;
  private Content base;
  private Content next;

  @BeforeEach
  void makeRepository() {
    git = TestRepository.create(temp.resolve("repo"));
    own = git.folder.resolve(".git");
    git.write("changed", "old\n").write("gone", "gone\n").write("other", "other\n");
    git.write("file", "a file\n");
    base = git.commit("Base");
    git.git("checkout", "-q", "-b", "topic");
    git.git("rm", "-q", "gone", "file");
    git.write("changed", "new content\n").write("added/file", "added\n");
    git.write("file/inside", "a folder now\n");
    next = git.commit("Topic");
    git.git("checkout", "-q", "main");
  }

  private Event landAgain() {
    Inbox inbox = new Inbox();
    try (GitBranches branches = GitBranches.open(git.projects(), LandingOptions.DEFAULT)) {
      branches.land(TestRepository.land(ITEM, "topic", base, next), inbox);
      inbox.await();
    }
    return inbox.event();
  }

  private void recover() {
    GitBranches.open(git.projects(), LandingOptions.DEFAULT).close();
  }

  private void assertWholeAt(Content content) {
    assertThat(git.tip("main")).isEqualTo(content);
    assertThat(git.git("status", "--porcelain")).isEmpty();
    assertThat(git.read("changed")).isEqualTo(content.equals(next) ? "new content\n" : "old\n");
    assertThat(own.resolve("index.lock")).doesNotExist();
    assertThat(own.resolve("headgate-index")).doesNotExist();
    assertThat(own.resolve("headgate/checkout/landing")).doesNotExist();
  }

  @ParameterizedTest
  @EnumSource(
      value = LandingStep.class,
      names = {"PUSHED", "DONE"},
      mode = EnumSource.Mode.EXCLUDE)
  void killAtAnyStepIsFinishedOrTakenBack(LandingStep step) throws Exception {
    int exit = KilledLanding.run(git.folder.toString(), base.value(), next.value(), step.name());
    assertThat(exit).isEqualTo(KilledLanding.KILLED);
    recover();
    boolean moved = step.compareTo(LandingStep.REF_MOVED) >= 0;
    assertWholeAt(moved ? next : base);
    assertThat(landAgain()).isEqualTo(TestRepository.landed(ITEM, next));
    assertWholeAt(next);
  }

  @Test
  void killBetweenPushAndTheMoveIsDoneAgain() throws Exception {
    Path remote = temp.resolve("remote.git");
    git.git("clone", "-q", "--bare", git.folder.toString(), remote.toString());
    git.git("remote", "add", "origin", remote.toString());
    int exit =
        KilledLanding.run(git.folder.toString(), base.value(), next.value(), "PUSHED", "origin");
    assertThat(exit).isEqualTo(KilledLanding.KILLED);
    assertThat(TestRepository.at(remote).tip("main")).isEqualTo(next);
    recover();
    assertWholeAt(base);
    assertThat(landAgain()).isEqualTo(TestRepository.landed(ITEM, next));
    assertWholeAt(next);
  }

  /** What a power failure leaves: the ref moved, the index old, files in any state. */
  private void tearAfterTheMove() {
    new LandingJournal(git.open())
        .write(
            List.of(new LandingJournal.Entry("refs/heads/main", base, next, List.of(git.folder))));
    git.git("update-ref", "refs/heads/main", next.value());
  }

  @Test
  void halfWrittenFilesAreFinished() throws IOException {
    tearAfterTheMove();
    git.write("changed", "new con").write("added/file", "");
    Files.delete(git.folder.resolve("gone"));
    Files.delete(git.folder.resolve("file"));
    git.write("file/inside", "a folder");
    recover();
    assertWholeAt(next);
    assertThat(git.read("added/file")).isEqualTo("added\n");
    assertThat(git.read("file/inside")).isEqualTo("a folder now\n");
  }

  @Test
  void filesThatWereAllWrittenAreFinished() throws IOException {
    tearAfterTheMove();
    git.write("changed", "new content\n").write("added/file", "added\n");
    Files.delete(git.folder.resolve("gone"));
    recover();
    assertWholeAt(next);
  }

  @Test
  void missingFileThatIsToBeWrittenIsWritten() throws IOException {
    tearAfterTheMove();
    Files.delete(git.folder.resolve("changed"));
    recover();
    assertWholeAt(next);
  }

  @Test
  void halfWrittenFileWithLineEndsOfTheUserIsFinished() {
    git.git("config", "core.autocrlf", "true");
    tearAfterTheMove();
    git.write("changed", "new content\r");
    recover();
    assertThat(git.read("changed")).isEqualTo("new content\r\n");
    assertThat(git.git("status", "--porcelain")).isEmpty();
  }

  @Test
  void editMadeAfterTheCrashIsNeverOverwritten() {
    tearAfterTheMove();
    git.write("changed", "my edit\n");
    assertThatThrownBy(this::recover)
        .isInstanceOf(EnvironmentException.class)
        .hasMessageContaining("changed")
        .hasMessageContaining("restore FILE");
    assertThat(git.read("changed")).isEqualTo("my edit\n");
    git.git("restore", "changed");
    recover();
    assertWholeAt(next);
  }

  @Test
  void editElsewhereStaysOverARecovery() {
    tearAfterTheMove();
    git.write("other", "my edit\n");
    recover();
    assertThat(git.git("status", "--porcelain")).isEqualTo(" M other");
    assertThat(git.read("changed")).isEqualTo("new content\n");
  }

  @Test
  void treeThatWasSwitchedToAnotherBranchMeanwhileIsLeftAlone() {
    tearAfterTheMove();
    git.git("reset", "-q", "--hard", base.value());
    git.git("update-ref", "refs/heads/main", next.value());
    git.git("symbolic-ref", "HEAD", "refs/heads/elsewhere");
    git.git("update-ref", "refs/heads/elsewhere", base.value());
    recover();
    assertThat(git.read("changed")).isEqualTo("old\n");
    assertThat(git.git("status", "--porcelain")).isEmpty();
    assertThat(own.resolve("headgate/checkout/landing")).doesNotExist();
  }

  @Test
  void moveThatNeverHappenedIsForgotten() {
    tearAfterTheMove();
    git.git("update-ref", "refs/heads/main", base.value());
    recover();
    assertWholeAt(base);
  }

  @Test
  void locksOfKilledGitProcessesAreRemoved() throws IOException {
    tearAfterTheMove();
    Files.writeString(own.resolve("index.lock"), "headgate\n");
    Files.createFile(own.resolve("headgate-index.lock"));
    Files.createFile(own.resolve("refs/heads/main.lock"));
    recover();
    assertWholeAt(next);
    assertThat(own.resolve("headgate-index.lock")).doesNotExist();
    assertThat(own.resolve("refs/heads/main.lock")).doesNotExist();
  }

  @Test
  void gitThatGoesOnAfterItsStarterWasKilledIsWaitedFor() throws IOException {
    tearAfterTheMove();
    String mark = "headgate.landing=" + own.resolve("headgate/checkout/landing");
    // The colon keeps the shell, and the mark with it, until the end.
    Process orphan = new ProcessBuilder("sh", "-c", "sleep 1; :", mark).start();
    recover();
    assertThat(orphan.isAlive()).isFalse();
    assertWholeAt(next);
  }

  @Test
  void journalOfAnUnknownVersionIsNotGuessedAt() throws IOException {
    Path journal = own.resolve("headgate/checkout/landing");
    Files.createDirectories(journal.getParent());
    Files.writeString(journal, "headgate landing 3\n", StandardCharsets.UTF_8);
    assertThatThrownBy(this::recover)
        .isInstanceOf(EnvironmentException.class)
        .hasMessageContaining(journal.toString());
    assertThat(journal).exists();
  }
}
