package dev.headgate.adapter.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headgate.conduct.EnvironmentException;
import dev.headgate.model.Content;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Finding repositories and branches, and what is said to people who name what is not there. */
final class RepositoryTests {
  @TempDir Path temp;
  private TestRepository git;

  @BeforeEach
  void makeRepository() {
    git = TestRepository.create(temp.resolve("my repo ü"));
  }

  private static <T> T found(Lookup<T> lookup) {
    return lookup.or(reason -> {
      throw new AssertionError(reason);
    });
  }

  private static String problem(Lookup<?> lookup) {
    return switch (lookup) {
      case Lookup.Found<?>(Object value) -> throw new AssertionError("found " + value);
      case Lookup.Problem<?>(String reason) -> reason;
    };
  }

  @Test
  void isFoundFromAFolderInIt() throws IOException {
    Path deep = git.folder.resolve("a/b");
    Files.createDirectories(deep);
    Repository repository = found(Repository.open(deep));
    assertThat(repository.topLevel()).contains(git.folder);
    assertThat(repository.commonDirectory()).isEqualTo(git.folder.resolve(".git"));
    assertThat(repository.project().value()).isEqualTo("my repo ü");
  }

  @Test
  void isFoundFromALinkedTreeAndFromItsOwnFolder() {
    Path linked = temp.resolve("linked");
    git.git("worktree", "add", "-q", linked.toString());
    Repository repository = found(Repository.open(linked));
    assertThat(repository.topLevel()).contains(linked);
    assertThat(repository.commonDirectory()).isEqualTo(git.folder.resolve(".git"));
    assertThat(repository.currentBranch()).contains("linked");
    assertThat(found(Repository.open(git.folder.resolve(".git"))).topLevel()).isEmpty();
  }

  @Test
  void bareRepositoryHasNoTopLevel() {
    Path bare = temp.resolve("bare.git");
    git.git("clone", "-q", "--bare", git.folder.toString(), bare.toString());
    Repository repository = found(Repository.open(bare));
    assertThat(repository.topLevel()).isEmpty();
    assertThat(repository.project().value()).isEqualTo("bare");
    assertThat(repository.worktrees()).isEmpty();
    assertThat(found(repository.target("main")).tip()).isEqualTo(git.tip("main"));
  }

  @Test
  void folderOutsideARepositoryIsTheUsersProblem() throws IOException {
    Path outside = temp.resolve("outside");
    Files.createDirectories(outside);
    assertThat(problem(Repository.open(outside))).contains(outside.toString()).contains("git init");
    assertThat(problem(Repository.open(temp.resolve("none")))).contains("no folder");
  }

  @Test
  void missingGitSaysWhatToInstall() {
    assertThatThrownBy(() -> Repository.open(Git.of("git-that-is-not-there", git.folder)))
        .isInstanceOf(EnvironmentException.class)
        .hasMessageContaining("install git 2.38");
  }

  @Test
  void oldGitIsNamed() throws IOException {
    Path old = temp.resolve("git");
    Files.writeString(old, "#!/bin/sh\necho git version 2.30.2\n");
    assertThat(old.toFile().setExecutable(true)).isTrue();
    assertThatThrownBy(() -> Repository.open(Git.of(old.toString(), git.folder)))
        .isInstanceOf(EnvironmentException.class)
        .hasMessageContaining("git 2.30 is too old")
        .hasMessageContaining("2.38");
  }

  @Test
  void versionsOfManyMakersAreRead() {
    assertThat(GitVersion.parse("git version 2.39.5 (Apple Git-154)"))
        .isEqualTo(new GitVersion(2, 39));
    assertThat(GitVersion.parse("git version 2.45.0.windows.1").isOlderThan(GitVersion.NEEDED))
        .isFalse();
    assertThat(GitVersion.parse("git version 3.0.0-rc1").isOlderThan(GitVersion.NEEDED)).isFalse();
    assertThat(GitVersion.parse("git version 2.9.1").isOlderThan(GitVersion.NEEDED)).isTrue();
  }

  @Test
  void repositoryThatGitDoesNotTrustSaysHowToTrustIt() {
    EnvironmentException said =
        GitFailure.of(
            git.folder,
            List.of("rev-parse"),
            new Finished(
                128, new byte[0], "fatal: detected dubious ownership in repository at '/x'"));
    assertThat(said).hasMessageEndingWith("safe.directory /x");
  }

  @Test
  void fullDiskAndForbiddenFoldersAreSaidInPlainWords() {
    assertThat(failure("fatal: write error: No space left on device")).contains("disk is full");
    assertThat(failure("error: insufficient permission for adding an object"))
        .contains("may not write");
    assertThat(failure("fatal: Unable to create '/r/.git/index.lock': File exists."))
        .contains("remove /r/.git/index.lock");
    assertThat(failure("error: object file .git/objects/ab/cd is empty")).contains("git fsck");
  }

  private String failure(String said) {
    return String.valueOf(
        GitFailure.of(git.folder, List.of("x"), new Finished(128, new byte[0], said)).getMessage());
  }

  @Test
  void branchesAreFoundByEveryNameTheyHave() {
    Content topic = git.branch("topic/ä", "main", "a", "a\n");
    git.git("update-ref", "refs/remotes/origin/theirs", topic.value());
    Repository repository = git.open();
    for (String name : List.of("topic/ä", "heads/topic/ä", "refs/heads/topic/ä")) {
      assertThat(found(repository.change(name)))
          .isEqualTo(new Branch("topic/ä", "refs/heads/topic/ä", topic));
    }
    for (String name : List.of("origin/theirs", "remotes/origin/theirs")) {
      assertThat(found(repository.change(name)))
          .isEqualTo(new Branch("origin/theirs", "refs/remotes/origin/theirs", topic));
    }
  }

  @Test
  void unknownBranchSuggestsTheNearest() {
    git.git("branch", "topic/login");
    git.git("branch", "topic/logout");
    Repository repository = git.open();
    assertThat(problem(repository.change("topic/logn"))).contains("did you mean topic/login");
    assertThat(problem(repository.change("login"))).contains("did you mean topic/login?");
    assertThat(problem(repository.target("Main"))).contains("did you mean main?");
    assertThat(problem(repository.change("nothing-like-it"))).contains("git branch lists");
    assertThat(problem(repository.change(""))).contains("empty");
    assertThat(problem(repository.change("--all"))).contains("no branch --all");
  }

  @Test
  void whatIsNoBranchIsSaidToBeNone() {
    git.git("tag", "v1");
    git.git("update-ref", "refs/remotes/origin/main", "HEAD");
    Repository repository = git.open();
    assertThat(problem(repository.change("v1"))).contains("v1 is a tag");
    assertThat(problem(repository.change(git.tip("main").value()))).contains("is a commit");
    assertThat(problem(repository.target("origin/main"))).contains("remote's branch");
  }

  @Test
  void branchWinsOverATagOfItsName() {
    Content topic = git.branch("same", "main", "a", "a\n");
    git.git("tag", "same", "main");
    assertThat(found(git.open().change("same")).tip()).isEqualTo(topic);
  }

  @Test
  void repositoryWithoutCommitsHasNoBranches() {
    Path empty = temp.resolve("empty");
    git.git("init", "-q", "-b", "main", empty.toString());
    assertThat(problem(TestRepository.at(empty).open().target("main"))).contains("no commits yet");
  }

  @Test
  void currentBranchIsEmptyIfHeadIsDetached() {
    assertThat(git.open().currentBranch()).contains("main");
    git.git("checkout", "-q", "--detach");
    assertThat(git.open().currentBranch()).isEmpty();
  }

  @Test
  void proposalsSayWhatContainsWhatAndWhatIsMerged() {
    Content a = git.branch("a", "main", "a", "a\n");
    git.branch("b", "a", "b", "b\n");
    git.git("branch", "same-as-a", a.value());
    git.git("branch", "merged", "main");
    git.git("checkout", "-q", "--orphan", "unrelated");
    git.commit("Out of nowhere");
    git.git("checkout", "-q", "main");
    git.write("later", "later\n").commit("Later");
    Repository repository = git.open();
    List<Branch> branches =
        List.of("b", "a", "same-as-a", "merged", "unrelated").stream()
            .map(name -> found(repository.change(name)))
            .toList();
    List<Proposal> proposals = repository.proposals(found(repository.target("main")), branches);
    assertThat(proposals)
        .extracting(Proposal::standing)
        .containsExactly(
            Proposal.Standing.OPEN,
            Proposal.Standing.OPEN,
            Proposal.Standing.OPEN,
            Proposal.Standing.MERGED,
            Proposal.Standing.UNRELATED);
    assertThat(proposals.get(0).contains())
        .extracting(Branch::name)
        .containsExactly("a", "same-as-a");
    assertThat(proposals.get(1).contains()).isEmpty();
    assertThat(proposals.get(0).subject()).isEqualTo("Change b in b");
    assertThat(proposals.get(3).subject()).isEqualTo("Begin");
  }

  @Test
  void footersOfAllCommitsOfAChangeCount() {
    git.git("checkout", "-q", "-b", "topic");
    git.commit("One\n\nDepends-On: not this: it stands in the text\n\nDepends-On: first");
    git.commit(
        "Two\n\ndepends-on: second\nChange-Id: I1\nDEPENDS-ON:   third  \nDepends-On: first");
    git.commit("Three\n\nNothing here.");
    Repository repository = git.open();
    Proposal proposal =
        repository
            .proposals(found(repository.target("main")), List.of(found(repository.change("topic"))))
            .getFirst();
    assertThat(proposal.dependsOn()).containsExactly("first", "second", "third");
    assertThat(proposal.subject()).isEqualTo("Three");
  }

  @Test
  void noProposalsAreFine() {
    Repository repository = git.open();
    assertThat(repository.proposals(found(repository.target("main")), List.of())).isEmpty();
  }

  @Test
  void cleanTargetIsReady() {
    git.write("untracked", "x");
    Repository repository = git.open();
    assertThat(found(repository.readyToLand(found(repository.target("main")))))
        .containsExactly(new Worktree(git.folder, "refs/heads/main"));
  }

  @Test
  void dirtyTargetIsNotReadyAndSaysWhere() {
    git.write("base", "edited\n");
    Repository repository = git.open();
    Branch main = found(repository.target("main"));
    assertThat(problem(repository.readyToLand(main)))
        .contains(git.folder.toString())
        .contains("base")
        .contains("--no-checkout");
    git.git("checkout", "-q", "--detach");
    assertThat(found(repository.readyToLand(main))).isEmpty();
  }

  @Test
  void targetInTheMiddleOfAMergeIsNotReady() {
    git.branch("topic", "main", "a", "a\n");
    git.git("merge", "-q", "--no-ff", "--no-commit", "-s", "ours", "topic");
    Repository repository = git.open();
    assertThat(problem(repository.readyToLand(found(repository.target("main")))))
        .contains("not finished");
    git.git("merge", "--abort");
    assertThat(found(repository.readyToLand(found(repository.target("main"))))).hasSize(1);
  }

  @Test
  void filesAreReadAtACommit() {
    Content before = git.tip("main");
    git.write("dir/file", "text\n").git("mv", "base", "moved");
    Content after = git.commit("More");
    Repository repository = git.open();
    assertThat(repository.file(after, "dir/file"))
        .hasValueSatisfying(bytes -> assertThat(bytes).asString().isEqualTo("text\n"));
    assertThat(repository.file(before, "dir/file")).isEmpty();
    assertThat(repository.file(after, "dir")).isEmpty();
    assertThat(repository.changedFiles(before, after)).containsExactly("base", "dir/file", "moved");
    assertThat(found(repository.commit("HEAD~1"))).isEqualTo(before);
    assertThat(problem(repository.commit("nothing"))).contains("no commit nothing");
  }

  @Test
  void remotesAreKnownByNameOrAddress() {
    git.git("remote", "add", "origin", "/somewhere");
    assertThat(found(git.open().remote("origin"))).isEqualTo("origin");
    assertThat(found(git.open().remote("../other"))).isEqualTo("../other");
    assertThat(problem(git.open().remote("orign"))).contains("there is origin");
  }

  @Test
  void environmentOfACallingHookIsNotHeeded() throws Exception {
    Path other = temp.resolve("other");
    TestRepository.create(other);
    ProcessBuilder hook =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            OpenedFromAHook.class.getName(),
            git.folder.toString());
    hook.environment().put("GIT_DIR", other.resolve(".git").toString());
    hook.environment().put("GIT_WORK_TREE", other.toString());
    hook.environment().put("GIT_INDEX_FILE", other.resolve("nothing").toString());
    Process process = hook.start();
    assertThat(process.inputReader().readLine()).isEqualTo(git.folder.resolve(".git").toString());
    assertThat(process.waitFor()).isZero();
  }

  /** Prints the repository that it finds in a folder. */
  static final class OpenedFromAHook {
    private OpenedFromAHook() {}

    /** Argument: the folder. */
    public static void main(String[] arguments) {
      System.out.println(TestRepository.at(Path.of(arguments[0])).open().commonDirectory());
    }
  }
}
