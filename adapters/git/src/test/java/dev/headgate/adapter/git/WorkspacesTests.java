package dev.headgate.adapter.git;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headgate.conduct.Workspaces.Merge.Merged;
import dev.headgate.gate.Effect;
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

/** Merges of changes onto contents, in real repositories. */
final class WorkspacesTests {
  @TempDir Path temp;
  private TestRepository git;

  @BeforeEach
  void makeRepository() {
    git = TestRepository.create(temp.resolve("repo"));
  }

  private Inbox prepare(TestRepository in, Content base, Content revision) {
    Inbox inbox = new Inbox();
    try (GitWorkspaces workspaces = new GitWorkspaces(in.projects())) {
      workspaces.prepare(effect(base, revision), inbox);
      inbox.await();
    }
    return inbox;
  }

  private static Effect.Prepare effect(Content base, Content revision) {
    return TestRepository.prepare(TestRepository.change("topic", revision), base);
  }

  private static Content content(Merged merged) {
    return merged.contents().get(TestRepository.main());
  }

  private Merged merge(Content base, Content revision) {
    return prepare(git, base, revision).merged();
  }

  @Test
  void contentIsAMergeCommitThatDependsOnItsInputsAlone() {
    Content topic = git.branch("topic", "main", "a", "a\n");
    git.write("b", "b\n");
    Content main = git.commit("Main goes on");
    Content content = content(merge(main, topic));
    assertThat(git.git("cat-file", "commit", content.value()))
        .isEqualTo(
            """
            tree %s
            parent %s
            parent %s
            author Ada Ä. Lovelace <ada@example.org> 1700000009 +0100
            committer Headgate <headgate@localhost> 1700000013 +0200

            Merge topic: Change a in topic

            Headgate-Change: topic\
            """
                .formatted(git.tree(content), main, topic));
    // Made from fixed names and times: the very same on every machine.
    assertThat(content.value()).isEqualTo(GOLDEN);
  }

  private static final String GOLDEN = "0ef0869364aeba614f3b6c4600e99c04dad97762";

  @Test
  void committerDateIsThatOfTheLaterParent() {
    Content main = git.tip("main");
    Content topic = git.branch("topic", "main", "a", "a\n");
    CommitText text = commit(content(merge(main, topic)));
    assertThat(text.committedAt()).isEqualTo(commit(topic).committedAt());
  }

  private CommitText commit(Content content) {
    return ObjectBatch.read(Git.in(git.folder), List.of(content.value())).commit(0);
  }

  @Test
  void settingsDriversReplacementsAndAttributesDoNotChangeTheContent() throws IOException {
    git.write("text", "1\n2\n3\n4\n5\n6\n7\n8\n").write(".gitattributes", "*.x merge=mine\n");
    git.write("file.x", "a\n");
    Content main = git.commit("Base");
    git.git("checkout", "-q", "-b", "topic");
    git.write("text", "1\n2\n3\n4\n5\n6\n7\nEIGHT\n")
        .write("file.x", "b\n")
        .git("mv", "base", "moved");
    Content topic = git.commit("Topic");
    git.git("checkout", "-q", "main");
    git.write("text", "ONE\n2\n3\n4\n5\n6\n7\n8\n").write("base", "base\nmore\n");
    main = git.commit("Main");
    Merged plain = merge(main, topic);
    TestRepository hostile = TestRepository.at(temp.resolve("hostile"));
    git.git("clone", "-q", git.folder.toString(), hostile.folder.toString());
    makeHostile(hostile);
    hostile.git("replace", topic.value(), main.value());
    assertThat(prepare(hostile, main, topic).merged()).isEqualTo(plain);
  }

  private void makeHostile(TestRepository hostile) throws IOException {
    Path hooks = temp.resolve("hooks");
    Files.createDirectories(hooks);
    for (String hook : List.of("post-checkout", "pre-commit", "post-index-change", "update")) {
      Files.writeString(hooks.resolve(hook), "#!/bin/sh\nexit 1\n");
      assertThat(hooks.resolve(hook).toFile().setExecutable(true)).isTrue();
    }
    List<List<String>> settings =
        List.of(
            List.of("user.name", "Mallory"),
            List.of("core.hooksPath", hooks.toString()),
            List.of("commit.gpgSign", "true"),
            List.of("gpg.program", "false"),
            List.of("i18n.commitEncoding", "ISO-8859-1"),
            List.of("i18n.logOutputEncoding", "ISO-8859-1"),
            List.of("core.autocrlf", "true"),
            List.of("core.eol", "crlf"),
            List.of("core.fsmonitor", "/bin/false"),
            List.of("core.commentChar", "M"),
            List.of("merge.ff", "only"),
            List.of("merge.renames", "false"),
            List.of("merge.renormalize", "true"),
            List.of("merge.directoryRenames", "true"),
            List.of("merge.conflictStyle", "diff3"),
            List.of("merge.default", "mine"),
            List.of("merge.mine.driver", "echo broken > %A"),
            List.of("diff.renames", "false"),
            List.of("diff.renameLimit", "1"),
            List.of("diff.external", "false"),
            List.of("diff.algorithm", "patience"),
            List.of("diff.noprefix", "true"),
            List.of("log.showSignature", "true"),
            List.of("trailer.separators", "#"),
            List.of("commit.template", "/nowhere"),
            List.of("init.defaultBranch", "trunk"),
            List.of("core.abbrev", "4"),
            List.of("core.quotePath", "true"),
            List.of("color.ui", "always"),
            List.of("status.short", "true"));
    settings.forEach(pair -> hostile.git("config", pair.get(0), pair.get(1)));
    Path info = hostile.folder.resolve(".git/info");
    Files.createDirectories(info);
    Files.writeString(info.resolve("attributes"), "* merge=mine\n");
  }

  @Test
  void everythingElseWorksUnderHostileSettingsToo() throws IOException {
    Content topic = git.branch("topic", "main", "ä", "a\n");
    makeHostile(git);
    Content main = git.tip("main");
    Content content = content(merge(main, topic));
    Repository repository = git.open();
    Slots slots = Slots.open(repository);
    assertThat(slots.checkout(0, content, List.of()).resolve("base")).hasContent("base");
    slots.removeAll();
    Branch target = repository.target("main").or(reason -> fail(reason));
    assertThat(repository.proposals(target, List.of(target))).hasSize(1);
    Inbox inbox = new Inbox();
    try (GitBranches branches = GitBranches.open(git.projects(), LandingOptions.DEFAULT)) {
      branches.land(TestRepository.land(new ItemId(1), "topic", main, content), inbox);
      inbox.await();
    }
    assertThat(inbox.event()).isInstanceOf(dev.headgate.gate.Event.Landed.class);
    assertThat(git.git("status", "--porcelain")).isEmpty();
  }

  private static <T> T fail(String reason) {
    throw new AssertionError(reason);
  }

  @Test
  void baseThatHoldsTheChangeIsTheContent() {
    Content topic = git.branch("topic", "main", "a", "a\n");
    git.git("merge", "-q", "--no-ff", "-m", "Merge", "topic");
    git.write(".headgate.yaml", "jobs: {}\n");
    Content main = git.commit("Configure");
    Merged merged = merge(main, topic);
    assertThat(content(merged)).isEqualTo(main);
    assertThat(merged.changes().getFirst().changedFiles()).isEmpty();
    assertThat(merged.changes().getFirst().configuration()).contains("jobs: {}\n");
    assertThat(content(merge(main, main))).isEqualTo(main);
  }

  @Test
  void changeThatAddsNothingNewIsStillMerged() {
    Content topic = git.branch("topic", "main", "a", "a\n");
    git.write("a", "a\n");
    Content main = git.commit("The same by hand");
    Merged merged = merge(main, topic);
    assertThat(content(merged)).isNotEqualTo(main);
    assertThat(git.tree(content(merged))).isEqualTo(git.tree(main));
    assertThat(merged.changes().getFirst().changedFiles()).isEmpty();
  }

  @Test
  void conflictsNameTheFilesAndTheirKinds() {
    git.write("gone", "1\n2\n3\n").write("text ü", "x\n");
    git.commit("Base");
    git.git("checkout", "-q", "-b", "topic");
    git.write("text ü", "mine\n").write("gone", "1\n2\n3\nmore\n").write("both", "mine\n");
    Content topic = git.commit("Topic");
    git.git("checkout", "-q", "main");
    git.write("text ü", "theirs\n").write("both", "theirs\n").git("rm", "-q", "gone");
    Content main = git.commit("Main");
    assertThat(prepare(git, main, topic).conflict())
        .isEqualTo("it conflicts in both (add/add), gone (modify/delete), text ü (content)");
  }

  @Test
  void manyConflictsAreCountedNotListed() {
    for (int i = 10; i < 35; i++) {
      git.write("f" + i, "x\n");
    }
    git.commit("Base");
    git.git("checkout", "-q", "-b", "topic");
    for (int i = 10; i < 35; i++) {
      git.write("f" + i, "topic\n");
    }
    Content topic = git.commit("Topic");
    git.git("checkout", "-q", "main");
    for (int i = 10; i < 35; i++) {
      git.write("f" + i, "main\n");
    }
    Content main = git.commit("Main");
    assertThat(prepare(git, main, topic).conflict())
        .contains("f19 (content)")
        .doesNotContain("f20")
        .endsWith("and 15 more");
  }

  @Test
  void renamesAreFollowed() {
    git.write("old", "1\n2\n3\n4\n5\n6\n7\n8\n9\n");
    git.commit("Base");
    git.git("checkout", "-q", "-b", "topic");
    git.write("old", "1\n2\n3\n4\n5\n6\n7\n8\nnine\n");
    Content topic = git.commit("Topic");
    git.git("checkout", "-q", "main");
    git.git("mv", "old", "new");
    Content main = git.commit("Main");
    Merged merged = merge(main, topic);
    assertThat(git.git("show", content(merged) + ":new")).endsWith("nine");
    assertThat(merged.changes().getFirst().changedFiles()).containsExactly("new");
  }

  @Test
  void changedFilesNameBothEndsOfARename() {
    Content main = git.tip("main");
    git.git("checkout", "-q", "-b", "topic");
    git.git("mv", "base", "line\nbreak ü");
    Content topic = git.commit("Rename");
    assertThat(merge(main, topic).changes().getFirst().changedFiles())
        .containsExactly("base", "line\nbreak ü");
  }

  @Test
  void unrelatedHistoryIsAConflict() {
    git.git("checkout", "-q", "--orphan", "unrelated");
    git.write("else", "else\n");
    Content unrelated = git.commit("Out of nowhere");
    assertThat(prepare(git, git.tip("main"), unrelated).conflict()).contains("shares no history");
  }

  @Test
  void commitThatIsNotThereIsAProblem() {
    assertThat(prepare(git, git.tip("main"), new Content("1".repeat(40))).problem())
        .contains("1".repeat(40));
  }

  @Test
  void configurationIsThatOfTheMergedTree() {
    git.write(".headgate.yaml", "a: 1\nb: 2\nc: 3\nd: 4\n");
    git.commit("Configure");
    git.git("checkout", "-q", "-b", "topic");
    git.write(".headgate.yaml", "a: one\nb: 2\nc: 3\nd: 4\n");
    Content topic = git.commit("Topic");
    git.git("checkout", "-q", "main");
    git.write(".headgate.yaml", "a: 1\nb: 2\nc: 3\nd: four ✓\n");
    Content main = git.commit("Main");
    assertThat(merge(main, topic).changes().getFirst().configuration())
        .contains("a: one\nb: 2\nc: 3\nd: four ✓\n");
  }

  @Test
  void configurationMayBeALinkOrMissing() throws IOException {
    Content main = git.tip("main");
    Content without = git.branch("without", "main", "a", "a\n");
    assertThat(merge(main, without).changes().getFirst().configuration()).isEmpty();
    git.git("checkout", "-q", "-b", "linked");
    git.write("ci/gate.yaml", "jobs: {}\n");
    Files.createSymbolicLink(git.folder.resolve(".headgate.yaml"), Path.of("ci/gate.yaml"));
    Content linked = git.commit("Link");
    assertThat(merge(main, linked).changes().getFirst().configuration()).contains("jobs: {}\n");
    Files.delete(git.folder.resolve(".headgate.yaml"));
    Files.createSymbolicLink(git.folder.resolve(".headgate.yaml"), Path.of("nowhere"));
    assertThat(merge(main, git.commit("Dangling")).changes().getFirst().configuration()).isEmpty();
    Files.delete(git.folder.resolve(".headgate.yaml"));
    git.write(".headgate.yaml/file", "a folder");
    assertThat(merge(main, git.commit("Folder")).changes().getFirst().configuration()).isEmpty();
  }

  @Test
  void configurationThatIsNotUtf8RejectsTheChange() throws IOException {
    Content main = git.tip("main");
    git.git("checkout", "-q", "-b", "topic");
    Files.write(git.folder.resolve(".headgate.yaml"), new byte[] {'a', (byte) 0xe4, '\n'});
    assertThat(prepare(git, main, git.commit("Latin")).conflict()).contains("not UTF-8");
  }

  @Test
  void authorsOfOldEncodingsAndDamagedOnesAreWrittenCleanly() throws IOException {
    Content main = git.tip("main");
    String tree = git.tree(git.branch("topic", "main", "a", "a\n"));
    String head = "tree " + tree + "\nparent " + main + "\n";
    String committer = "committer C <c@x> 1700000500 +0000\n";
    Content latin =
        write(
            head
                + "author Jürgen <j@x> 1700000400 +0100\n"
                + committer
                + "encoding ISO-8859-1\n\nÜber\nalles\n\nText\n");
    CommitText merged = commit(content(merge(main, latin)));
    assertThat(merged.author()).isEqualTo("Jürgen <j@x> 1700000400 +0100");
    assertThat(merged.subject()).isEqualTo("Merge topic: Über alles");
    Content damaged = write(head + "author nobody at all\n" + committer + "\nx\n");
    assertThat(commit(content(merge(main, damaged))).author())
        .isEqualTo("Headgate <headgate@localhost> 1700000500 +0000");
  }

  private Content write(String commit) throws IOException {
    Path file = temp.resolve("commit");
    Files.write(file, commit.getBytes(StandardCharsets.ISO_8859_1));
    return new Content(
        git.git("hash-object", "-t", "commit", "--literally", "-w", file.toString()));
  }

  @Test
  void contentsOutliveACollectionUntilTheyAreReleased() {
    Content main = git.tip("main");
    Content one = git.branch("one", "main", "a", "a\n");
    Content two = git.branch("two", "main", "b", "b\n");
    try (GitWorkspaces workspaces = new GitWorkspaces(git.projects())) {
      Inbox inbox = new Inbox();
      workspaces.prepare(effect(main, one), inbox);
      workspaces.prepare(effect(main, two), inbox);
      Content first = content(inbox.merged());
      Content second = content(inbox.merged());
      git.git("gc", "-q", "--prune=now");
      assertThat(git.git("cat-file", "-t", first.value())).isEqualTo("commit");
      workspaces.release(List.of(second));
      git.git("gc", "-q", "--prune=now");
      assertThat(Git.in(git.folder).run("cat-file", "-e", first.value()).succeeded()).isFalse();
      assertThat(git.git("cat-file", "-t", second.value())).isEqualTo("commit");
    }
    try (GitWorkspaces next = new GitWorkspaces(git.projects())) {
      next.release(List.of());
    }
    assertThat(git.git("for-each-ref", "refs/headgate")).isEmpty();
  }

  @Test
  void sha256RepositoryWorks() {
    git = TestRepository.create(temp.resolve("sha256"), "--object-format=sha256");
    Content topic = git.branch("topic", "main", "a", "a\n");
    git.write("b", "b\n");
    Content main = git.commit("Main");
    Content content = content(merge(main, topic));
    assertThat(content.value()).hasSize(64);
    Slots slots = Slots.open(git.open());
    assertThat(slots.checkout(0, content, List.of()).resolve("a")).hasContent("a");
    slots.removeAll();
  }

  @Test
  void bareAndLinkedRepositoriesWork() {
    Content topic = git.branch("topic", "main", "a", "a\n");
    git.write("b", "b\n");
    Content main = git.commit("Main");
    Merged here = merge(main, topic);
    TestRepository bare = TestRepository.at(temp.resolve("bare.git"));
    git.git("clone", "-q", "--bare", git.folder.toString(), bare.folder.toString());
    assertThat(prepare(bare, main, topic).merged()).isEqualTo(here);
    TestRepository linked = TestRepository.at(temp.resolve("linked"));
    git.git("worktree", "add", "-q", "--detach", linked.folder.toString());
    assertThat(prepare(linked, main, topic).merged()).isEqualTo(here);
  }

  @Test
  void cloneThatBorrowsObjectsWorks() {
    Content topic = git.branch("topic", "main", "a", "a\n");
    Content main = git.tip("main");
    TestRepository borrower = TestRepository.at(temp.resolve("borrower"));
    git.git("clone", "-q", "--shared", git.folder.toString(), borrower.folder.toString());
    assertThat(prepare(borrower, main, topic).merged()).isEqualTo(merge(main, topic));
  }

  @Test
  void shallowCloneMergesWhatItHasAndSaysWhatItLacks() {
    Content topic = git.branch("topic", "main", "a", "a\n");
    git.write("b", "b\n");
    Content main = git.commit("Main");
    TestRepository shallow = TestRepository.at(temp.resolve("shallow"));
    String address = git.folder.toUri().toString();
    git.git("clone", "-q", "--depth=1", "--no-single-branch", address, shallow.folder.toString());
    assertThat(prepare(shallow, main, topic).conflict()).contains("--unshallow");
    shallow.git("fetch", "-q", "--unshallow");
    assertThat(prepare(shallow, main, topic).merged()).isEqualTo(merge(main, topic));
  }

  @Test
  void partialCloneFetchesWhatTheMergeNeeds() {
    git.write("text", "1\n2\n3\n4\n5\n6\n7\n8\n");
    git.commit("Base");
    Content topic = git.branch("topic", "main", "text", "one\n2\n3\n4\n5\n6\n7\n8\n");
    git.write("text", "1\n2\n3\n4\n5\n6\n7\neight\n");
    Content main = git.commit("Main");
    git.git("config", "uploadpack.allowFilter", "true");
    git.git("config", "uploadpack.allowAnySHA1InWant", "true");
    TestRepository partial = TestRepository.at(temp.resolve("partial"));
    git.git(
        "clone",
        "-q",
        "--no-checkout",
        "--filter=blob:none",
        git.folder.toUri().toString(),
        partial.folder.toString());
    assertThat(content(prepare(partial, main, topic).merged()))
        .isEqualTo(content(merge(main, topic)));
  }

  @Test
  void attributesOfTheBaseApply() {
    git.write(".gitattributes", "*.log merge=union\n").write("a.log", "a\n");
    git.write("deep/er/.gitattributes", "text -merge\n").write("deep/er/text", "1\n2\n3\n4\n5\n");
    Content before = git.commit("Attributes");
    Content topic = git.branch("topic", "main", "a.log", "a\ntopic\n");
    Content other = git.branch("other", "main", "deep/er/text", "one\n2\n3\n4\n5\n");
    git.write("a.log", "a\nmain\n").write("deep/er/text", "1\n2\n3\n4\nfive\n");
    Content main = git.commit("Main");
    assertThat(git.git("show", content(merge(main, topic)) + ":a.log")).isEqualTo("a\nmain\ntopic");
    assertThat(prepare(git, main, other).conflict()).contains("deep/er/text");
    // What is checked out does not matter, nor what is checked out nowhere.
    git.git("rm", "-q", ".gitattributes");
    git.commit("No attributes");
    Merged again = merge(main, topic);
    assertThat(again).isEqualTo(merge(main, topic));
    assertThat(prepare(git, git.tip("main"), topic).conflict()).contains("a.log (content)");
    assertThat(merge(before, topic).changes().getFirst().changedFiles()).containsExactly("a.log");
  }

  @Test
  void attributesThatAChangeBringsApplyToTheNextOne() {
    git.write("a.log", "a\n");
    git.commit("Base");
    Content attributes = git.branch("attributes", "main", ".gitattributes", "*.log merge=union\n");
    Content one = git.branch("one", "main", "a.log", "a\none\n");
    Content two = git.branch("two", "main", "a.log", "a\ntwo\n");
    try (GitWorkspaces workspaces = new GitWorkspaces(git.projects())) {
      Inbox inbox = new Inbox();
      Content line = git.tip("main");
      for (Content revision : List.of(one, attributes, two)) {
        workspaces.prepare(effect(line, revision), inbox);
        line = content(inbox.merged());
      }
      assertThat(git.git("show", line + ":a.log")).isEqualTo("a\none\ntwo");
    }
  }

  @Test
  void submodulePointersAreMergedAsGitDoes() {
    Content main = git.tip("main");
    git.git("checkout", "-q", "-b", "topic");
    git.git("update-index", "--add", "--cacheinfo", "160000," + main + ",lib");
    git.git("commit", "-q", "-m", "Add a submodule");
    Content topic = git.tip("HEAD");
    git.git("checkout", "-q", "-f", "main");
    git.write("b", "b\n");
    main = git.commit("Main");
    Merged merged = merge(main, topic);
    assertThat(merged.changes().getFirst().changedFiles()).containsExactly("lib");
    assertThat(git.git("ls-tree", content(merged).value(), "lib")).startsWith("160000 commit");
  }
}
