package dev.headgate.adapter.git;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headgate.model.Content;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Working trees of what was tested, for people. */
final class ReproductionTests {
  @TempDir Path temp;
  private TestRepository git;
  private Content topic;

  @BeforeEach
  void makeRepository() {
    git = TestRepository.create(temp.resolve("repo"));
    topic = git.branch("topic", "main", "a", "a\n");
  }

  private String problem(Content content, Path folder) {
    return switch (Reproduction.create(git.open(), content, folder)) {
      case Lookup.Found<Path>(Path made) -> throw new AssertionError("made " + made);
      case Lookup.Problem<Path>(String reason) -> reason;
    };
  }

  @Test
  void folderHoldsExactlyTheCommit() {
    Path folder = temp.resolve("new/folder");
    assertThat(Reproduction.create(git.open(), topic, folder))
        .isEqualTo(new Lookup.Found<>(folder));
    TestRepository made = TestRepository.at(folder);
    assertThat(made.tip("HEAD")).isEqualTo(topic);
    assertThat(made.git("status", "--porcelain")).isEmpty();
    assertThat(made.read("a")).isEqualTo("a\n");
    git.git("worktree", "remove", folder.toString());
    assertThat(git.folder.resolve(".git/worktrees")).doesNotExist();
  }

  @Test
  void slotsOfTheNextCommandLeaveItAlone() {
    Path folder = temp.resolve("kept");
    Reproduction.create(git.open(), topic, folder);
    Slots.open(git.open()).removeAll();
    assertThat(folder.resolve("a")).exists();
  }

  @Test
  void emptyFolderIsUsedAndAFullOneIsNot() throws IOException {
    Path empty = temp.resolve("empty");
    Files.createDirectories(empty);
    assertThat(Reproduction.create(git.open(), topic, empty)).isInstanceOf(Lookup.Found.class);
    assertThat(problem(topic, empty)).contains("exists already");
    Path file = temp.resolve("file");
    Files.writeString(file, "x");
    assertThat(problem(topic, file)).contains("exists already");
  }

  @Test
  void commitThatWasPrunedIsSaidToBeGone() {
    assertThat(problem(new Content("1".repeat(40)), temp.resolve("none"))).contains("pruned");
    assertThat(temp.resolve("none")).doesNotExist();
  }
}
