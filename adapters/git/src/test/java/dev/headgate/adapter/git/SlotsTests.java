package dev.headgate.adapter.git;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headgate.model.Content;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Slot folders of a real repository, and what jobs do to them. */
final class SlotsTests {
  @TempDir Path temp;
  private TestRepository git;
  private Content first;
  private Content second;

  @BeforeEach
  void makeRepository() {
    git = TestRepository.create(temp.resolve("repo"));
    git.write(".gitignore", "*.o\nout/\n").write("src/a", "a\n").write("src/b", "b\n");
    first = git.commit("First");
    git.write("src/b", "b2\n").write("ünï\ncode", "u\n");
    git.git("rm", "-q", "base");
    second = git.commit("Second");
  }

  private Slots slots() {
    return Slots.open(git.open());
  }

  private static List<String> files(Path folder) throws IOException {
    try (Stream<Path> walk = Files.walk(folder)) {
      return walk.filter(path -> !path.equals(folder) && !path.endsWith(".git"))
          .map(path -> folder.relativize(path).toString())
          .sorted()
          .toList();
    }
  }

  private void assertHolds(Path slot, Content content) throws IOException {
    TreeSet<String> wanted = new TreeSet<>();
    for (String file :
        git.git("ls-tree", "-r", "-z", "--name-only", content.value()).split("\0", -1)) {
      for (Path path = Path.of(file); path != null; path = path.getParent()) {
        wanted.add(path.toString());
      }
    }
    wanted.remove("");
    assertThat(files(slot)).containsExactlyElementsOf(wanted);
    TestRepository inside = TestRepository.at(slot);
    assertThat(inside.git("status", "--porcelain", "--ignored")).isEmpty();
    assertThat(inside.tip("HEAD")).isEqualTo(content);
  }

  @Test
  void slotHoldsExactlyTheContent() throws IOException {
    Slots slots = slots();
    Path slot = slots.checkout(0, first, List.of());
    assertThat(slot).startsWith(git.folder.resolve(".git/headgate/slots"));
    assertHolds(slot, first);
    assertThat(slots.checkout(0, second, List.of())).isEqualTo(slot);
    assertHolds(slot, second);
    slots.checkout(0, first, List.of());
    assertHolds(slot, first);
  }

  @Test
  void whatAJobLeavesIsRemoved() throws IOException {
    Slots slots = slots();
    Path slot = slots.checkout(0, first, List.of());
    TestRepository job = TestRepository.at(slot);
    job.write("src/a", "changed\n").write("x.o", "ignored").write("out/deep/file", "ignored");
    job.write("untracked/file", "untracked");
    Files.delete(slot.resolve("src/b"));
    Files.createDirectories(slot.resolve("empty/folder"));
    TestRepository.create(slot.resolve("nested/repo"));
    Files.createSymbolicLink(slot.resolve("link"), temp);
    slots.checkout(0, first, List.of());
    assertHolds(slot, first);
    assertThat(temp).isNotEmptyDirectory();
  }

  @Test
  void whatAJobDidWithGitIsUndone() throws IOException {
    Slots slots = slots();
    Path slot = slots.checkout(0, first, List.of());
    TestRepository job = TestRepository.at(slot);
    job.git("checkout", "-q", "-b", "made-by-job");
    job.write("src/a", "committed by job\n");
    Content committed = job.commit("By a job");
    job.git("update-index", "--assume-unchanged", "src/a");
    job.git("update-index", "--skip-worktree", "src/b");
    job.write("src/a", "hidden\n").write("src/b", "hidden too\n").write("added", "added\n");
    job.git("add", "added");
    slots.checkout(0, first, List.of());
    assertHolds(slot, first);
    assertThat(job.read("src/a")).isEqualTo("a\n");
    assertThat(job.read("src/b")).isEqualTo("b\n");
    assertThat(git.tip("made-by-job")).isEqualTo(committed);
  }

  @Test
  void mergeThatAJobLeftUnfinishedIsUndone() throws IOException {
    git.git("checkout", "-q", "-b", "other", first.value());
    git.write("src/b", "conflict\n").commit("Other");
    git.git("checkout", "-q", "main");
    Slots slots = slots();
    Path slot = slots.checkout(0, second, List.of());
    Finished merge = Git.in(slot).run("merge", "other");
    assertThat(merge.exit()).isEqualTo(1);
    slots.checkout(0, first, List.of());
    assertHolds(slot, first);
  }

  @Test
  void changeThatLeavesSizeAndTimeAloneIsUndone() throws IOException {
    Slots slots = slots();
    Path slot = slots.checkout(0, first, List.of());
    FileTime time = Files.getLastModifiedTime(slot.resolve("src/a"));
    Files.writeString(slot.resolve("src/a"), "A\n");
    Files.setLastModifiedTime(slot.resolve("src/a"), time);
    slots.checkout(0, first, List.of());
    assertThat(slot.resolve("src/a")).hasContent("a\n");
  }

  @Test
  void locksOfAKilledGitAreNoObstacle() throws IOException {
    Slots slots = slots();
    Path slot = slots.checkout(0, first, List.of());
    Path own = Path.of(TestRepository.at(slot).git("rev-parse", "--absolute-git-dir"));
    Files.createFile(own.resolve("index.lock"));
    Files.createFile(own.resolve("HEAD.lock"));
    slots.checkout(0, second, List.of());
    assertHolds(slot, second);
  }

  @Test
  void slotThatAJobRemovedIsMadeAnew() throws IOException {
    Slots slots = slots();
    Path slot = slots.checkout(0, first, List.of());
    FileTrees.delete(slot);
    slots.checkout(0, second, List.of());
    assertHolds(slot, second);
    Files.delete(slot.resolve(".git"));
    slots.checkout(0, first, List.of());
    assertHolds(slot, first);
    Files.writeString(slot.resolve(".git"), "gitdir: " + git.folder.resolve(".git") + "\n");
    slots.checkout(0, second, List.of());
    assertHolds(slot, second);
    assertThat(git.git("symbolic-ref", "HEAD")).isEqualTo("refs/heads/main");
  }

  @Test
  void keptPathsSurvive() throws IOException {
    Slots slots = slots();
    List<String> keep = List.of("out/", "deep/*/cache", "*.o");
    Path slot = slots.checkout(0, first, keep);
    TestRepository job = TestRepository.at(slot);
    job.write("out/kept", "kept").write("out/more/kept", "kept").write("a/x.o", "kept");
    job.write("deep/er/cache/file", "kept").write("deep/er/file", "gone").write("y", "gone");
    slots.checkout(0, second, keep);
    assertThat(files(slot))
        .contains("out/kept", "out/more/kept", "a/x.o", "deep/er/cache/file")
        .doesNotContain("deep/er/file", "y");
    slots.checkout(0, first, List.of());
    assertHolds(slot, first);
  }

  @Test
  void filesThatAreAsCommittedKeepTheirTimes() throws IOException {
    Slots slots = slots();
    Path slot = slots.checkout(0, first, List.of());
    FileTime past = FileTime.fromMillis(1_000_000_000_000L);
    Files.setLastModifiedTime(slot.resolve("src/a"), past);
    Git.in(slot).must("update-index", "--refresh");
    FileTime untouched = Files.getLastModifiedTime(slot.resolve(".gitignore"));
    slots.checkout(0, second, List.of());
    assertThat(Files.getLastModifiedTime(slot.resolve(".gitignore"))).isEqualTo(untouched);
  }

  @Test
  void foldersWithoutRightsAreGivenThem() throws IOException {
    Path locked = temp.resolve("locked");
    Files.createDirectories(locked.resolve("module/inner"));
    Files.writeString(locked.resolve("module/inner/file"), "x");
    Files.setPosixFilePermissions(
        locked.resolve("module/inner"), PosixFilePermissions.fromString("r-xr-xr-x"));
    Files.setPosixFilePermissions(
        locked.resolve("module"), PosixFilePermissions.fromString("---------"));
    FileTrees.makeWritable(locked);
    assertThat(
            PosixFilePermissions.toString(Files.getPosixFilePermissions(locked.resolve("module"))))
        .isEqualTo("rwx------");
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(locked.resolve("module/inner"))))
        .isEqualTo("rwxr-xr-x");
    FileTrees.delete(locked);
    assertThat(locked).doesNotExist();
  }

  @Test
  void settingsOfTheUserDoNotChangeTheBytes() throws IOException {
    git.git("config", "core.autocrlf", "true");
    git.git("config", "core.sparseCheckout", "true");
    Files.createDirectories(git.folder.resolve(".git/info"));
    Files.writeString(git.folder.resolve(".git/info/sparse-checkout"), "/nothing\n");
    Path slot = slots().checkout(0, first, List.of());
    assertThat(slot.resolve("src/a")).hasBinaryContent("a\n".getBytes("UTF-8"));
  }

  @Test
  void slotsAreUsedAtTheSameTime() throws Exception {
    Slots slots = slots();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Path>> running = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        int number = i;
        running.add(
            threads.submit(() -> {
              slots.checkout(number, first, List.of());
              return slots.checkout(number, number % 2 == 0 ? first : second, List.of());
            }));
      }
      for (int i = 0; i < 6; i++) {
        assertHolds(running.get(i).get(), i % 2 == 0 ? first : second);
      }
    }
  }

  @Test
  void nothingIsLeftOfSlotsThatWereRemoved() {
    Slots slots = slots();
    slots.checkout(0, first, List.of());
    slots.checkout(1, second, List.of());
    slots.removeAll();
    assertNoTrace();
  }

  private void assertNoTrace() {
    assertThat(git.git("worktree", "list", "--porcelain")).containsOnlyOnce("worktree ");
    assertThat(git.folder.resolve(".git/headgate/slots")).doesNotExist();
    assertThat(git.folder.resolve(".git/worktrees")).doesNotExist();
  }

  @Test
  void slotsOfAKilledProcessAreRemovedAtTheNextStart() throws IOException {
    Slots killed = slots();
    Path kept = killed.checkout(0, first, List.of());
    Path folderGone = killed.checkout(1, first, List.of());
    Path locked = killed.checkout(2, first, List.of());
    Path linkGone = killed.checkout(3, first, List.of());
    Files.writeString(kept.resolve("left"), "left");
    FileTrees.delete(folderGone);
    git.git("worktree", "lock", locked.toString());
    Files.delete(linkGone.resolve(".git"));
    slots();
    assertNoTrace();
  }

  @Test
  void workingTreesOfOthersStay() {
    Path mine = temp.resolve("mine");
    Path gone = temp.resolve("gone");
    git.git("worktree", "add", "-q", "--detach", mine.toString());
    git.git("worktree", "add", "-q", "--detach", gone.toString());
    assertThat(gone.toFile().renameTo(temp.resolve("away").toFile())).isTrue();
    Slots slots = slots();
    slots.checkout(0, first, List.of());
    slots.removeAll();
    assertThat(git.git("worktree", "list", "--porcelain"))
        .contains("worktree " + mine)
        .contains("worktree " + gone);
  }

  @Test
  void submodulesAreEmptyFolders() throws IOException {
    TestRepository library = TestRepository.create(temp.resolve("library"));
    git.git(
        "-c",
        "protocol.file.allow=always",
        "submodule",
        "--quiet",
        "add",
        library.folder.toString(),
        "lib");
    Content withLibrary = git.commit("Add the library");
    Slots slots = slots();
    Path slot = slots.checkout(0, withLibrary, List.of());
    assertThat(slot.resolve("lib")).isEmptyDirectory();
    Files.writeString(slot.resolve("lib/left"), "left");
    slots.checkout(0, withLibrary, List.of());
    assertThat(slot.resolve("lib")).isEmptyDirectory();
    slots.checkout(0, first, List.of());
    assertHolds(slot, first);
    slots.removeAll();
    assertNoTrace();
  }

  @Test
  void bareRepositoryHasSlots() throws IOException {
    Path bare = temp.resolve("bare.git");
    git.git("clone", "-q", "--bare", git.folder.toString(), bare.toString());
    Slots slots = Slots.open(TestRepository.at(bare).open());
    assertHolds(slots.checkout(0, first, List.of()), first);
    slots.removeAll();
    assertThat(bare.resolve("worktrees")).doesNotExist();
  }
}
