package dev.headgate.adapter.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headgate.conduct.EnvironmentException;
import dev.headgate.conduct.Workspaces.Merge.Merged;
import dev.headgate.conduct.Workspaces.MergedChange;
import dev.headgate.gate.Effect;
import dev.headgate.gate.Event;
import dev.headgate.model.BranchRef;
import dev.headgate.model.Change;
import dev.headgate.model.ChangeId;
import dev.headgate.model.Content;
import dev.headgate.model.ItemId;
import dev.headgate.model.PipelineName;
import dev.headgate.model.PreparationId;
import dev.headgate.model.ProjectId;
import dev.headgate.model.Revision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Items of several changes, for branches of one repository and of several. */
final class SeveralProjectsTests {
  private static final ItemId ITEM = new ItemId(7);
  private static final BranchRef CANAL = new BranchRef(new ProjectId("canal"), "main");
  private static final BranchRef STABLE = new BranchRef(new ProjectId("canal"), "stable");
  private static final BranchRef LAKE = new BranchRef(new ProjectId("lake"), "main");

  @TempDir Path temp;
  private TestRepository canal;
  private TestRepository lake;
  private Content canalTip;
  private Content lakeTip;

  @BeforeEach
  void makeRepositories() {
    canal = TestRepository.create(temp.resolve("canal"));
    lake = TestRepository.create(temp.resolve("lake"));
    canal.write(".headgate.yaml", "jobs: { canal: make }\n");
    lake.write(".headgate.yaml", "jobs: { lake: make }\n");
    canalTip = canal.commit("Configure");
    lakeTip = lake.commit("Configure");
    canal.git("branch", "stable");
  }

  private Projects projects() {
    return Projects.of(Map.of(CANAL.project(), canal.open(), LAKE.project(), lake.open()));
  }

  private static Change change(String name, BranchRef target, Content revision) {
    return new Change(
        new ChangeId(name), target, new Revision(revision.value()), List.of(), "Change " + name);
  }

  private static Effect.Prepare prepare(
      List<Change> changes, List<Change> carried, Map<BranchRef, Content> base) {
    return new Effect.Prepare(
        new PreparationId(1), ITEM, PipelineName.GATE, changes, carried, base, List.of());
  }

  private Inbox prepared(Effect.Prepare effect) {
    Inbox inbox = new Inbox();
    try (GitWorkspaces workspaces = new GitWorkspaces(projects())) {
      workspaces.prepare(effect, inbox);
      inbox.await();
    }
    return inbox;
  }

  private static Effect.Land land(Map<BranchRef, Content> from, Map<BranchRef, Content> to) {
    // The order of the moves is that of the names: canal, its stable branch, lake.
    List<BranchRef> branches = to.keySet().stream().sorted().toList();
    return new Effect.Land(
        ITEM,
        PipelineName.GATE,
        branches.stream().map(branch -> change(name(branch), branch, to.get(branch))).toList(),
        branches.stream()
            .map(branch -> new Effect.Move(branch, from.get(branch), to.get(branch)))
            .toList());
  }

  private static String name(BranchRef branch) {
    return branch.project() + "-" + branch.branch();
  }

  private Inbox landed(Effect.Land effect) {
    Inbox inbox = new Inbox();
    try (GitBranches branches = GitBranches.open(projects(), LandingOptions.DEFAULT)) {
      branches.land(effect, inbox);
      inbox.await();
    }
    return inbox;
  }

  // Merging.

  @Test
  void changesOfOneBranchAreMergedOneOntoTheOther() {
    Content one = canal.branch("one", "main", "one", "1\n");
    Content two = canal.branch("two", "main", "two", "2\n");
    Merged merged =
        prepared(
                prepare(
                    List.of(change("one", CANAL, one), change("two", CANAL, two)),
                    List.of(),
                    Map.of(CANAL, canalTip)))
            .merged();
    Content content = merged.contents().get(CANAL);
    assertThat(merged.contents()).hasSize(1);
    assertThat(canal.git("log", "--first-parent", "--format=%s", canalTip + ".." + content))
        .isEqualTo("Merge two: Change two in two\nMerge one: Change one in one");
    assertThat(merged.changes())
        .extracting(MergedChange::changedFiles)
        .containsExactly(List.of("one"), List.of("two"));
  }

  @Test
  void theConfigurationOfEachChangeIsThatOfTheWholeItem() {
    Content one = canal.branch("one", "main", "one", "1\n");
    Content two = canal.branch("two", "main", ".headgate.yaml", "jobs: { new: make }\n");
    Content deep = lake.branch("deep", "main", "deep", "d\n");
    Merged merged =
        prepared(
                prepare(
                    List.of(
                        change("one", CANAL, one),
                        change("two", CANAL, two),
                        change("deep", LAKE, deep)),
                    List.of(),
                    Map.of(CANAL, canalTip, LAKE, lakeTip)))
            .merged();
    assertThat(merged.changes())
        .extracting(change -> change.configuration().orElse(""))
        .containsExactly(
            "jobs: { new: make }\n", "jobs: { new: make }\n", "jobs: { lake: make }\n");
    assertThat(merged.contents()).containsOnlyKeys(CANAL, LAKE);
    assertThat(lake.git("cat-file", "-t", merged.contents().get(LAKE).value())).isEqualTo("commit");
  }

  @Test
  void ofSeveralChangesTheOneThatConflictsIsNamed() {
    Content one = canal.branch("one", "main", "file", "1\n");
    Content two = canal.branch("two", "main", "file", "2\n");
    assertThat(
            prepared(
                    prepare(
                        List.of(change("one", CANAL, one), change("two", CANAL, two)),
                        List.of(),
                        Map.of(CANAL, canalTip)))
                .conflict())
        .isEqualTo("two: it conflicts in file (add/add)");
  }

  @Test
  void carriedChangesAreMergedFirstAndAreNotTold() {
    Content below = canal.branch("below", "main", "below", "b\n");
    Content above = canal.branch("above", "main", "above", "a\n");
    Merged merged =
        prepared(
                prepare(
                    List.of(change("above", CANAL, above)),
                    List.of(change("below", CANAL, below)),
                    Map.of(CANAL, canalTip)))
            .merged();
    assertThat(merged.changes())
        .extracting(MergedChange::change)
        .containsExactly(new ChangeId("above"));
    assertThat(merged.changes().getFirst().changedFiles()).containsExactly("above");
    assertThat(canal.git("show", merged.contents().get(CANAL) + ":below")).isEqualTo("b");
  }

  @Test
  void aCarriedChangeThatConflictsIsNamed() {
    Content below = canal.branch("below", "main", "base", "theirs\n");
    canal.write("base", "ours\n");
    Content tip = canal.commit("Ours");
    Content above = canal.branch("above", "main", "above", "a\n");
    assertThat(
            prepared(
                    prepare(
                        List.of(change("above", CANAL, above)),
                        List.of(change("below", CANAL, below)),
                        Map.of(CANAL, tip)))
                .conflict())
        .startsWith("below, which it depends on, is not merged yet: it conflicts in base");
  }

  @Test
  void aCarriedChangeOfAnotherBranchStandsOnThatBranch() {
    Content deep = lake.branch("deep", "main", "deep", "d\n");
    Content one = canal.branch("one", "main", "one", "1\n");
    Merged merged =
        prepared(
                prepare(
                    List.of(change("one", CANAL, one)),
                    List.of(change("deep", LAKE, deep)),
                    Map.of(CANAL, canalTip)))
            .merged();
    assertThat(lake.git("rev-parse", merged.contents().get(LAKE) + "^1"))
        .isEqualTo(lakeTip.value());
  }

  @Test
  void aProjectThatIsNotHereIsAProblemThatSaysWhatToDo() {
    BranchRef sea = new BranchRef(new ProjectId("sea"), "main");
    assertThat(
            prepared(prepare(List.of(change("x", sea, canalTip)), List.of(), Map.of(sea, canalTip)))
                .problem())
        .contains("project sea")
        .contains("--project sea=FOLDER");
  }

  // Landing.

  @Test
  void branchesOfOneRepositoryMoveTogether() {
    Content one = canal.branch("one", "main", "one", "1\n");
    Content two = canal.branch("two", "stable", "two", "2\n");
    Event event =
        landed(land(Map.of(CANAL, canalTip, STABLE, canalTip), Map.of(CANAL, one, STABLE, two)))
            .event();
    assertThat(event).isEqualTo(new Event.Landed(ITEM, Map.of(CANAL, one, STABLE, two)));
    assertThat(canal.tip("main")).isEqualTo(one);
    assertThat(canal.tip("stable")).isEqualTo(two);
    assertThat(canal.read("one")).isEqualTo("1\n");
    assertThat(canal.git("status", "--porcelain")).isEmpty();
  }

  @Test
  void ofBranchesOfOneRepositoryNoneMovesIfOneCannot() {
    Content one = canal.branch("one", "main", "one", "1\n");
    Content two = canal.branch("two", "stable", "two", "2\n");
    canal.git("update-ref", "refs/heads/stable", canal.git("rev-parse", "main^"));
    Event.LandRefused refused =
        (Event.LandRefused)
            landed(land(Map.of(CANAL, canalTip, STABLE, canalTip), Map.of(CANAL, one, STABLE, two)))
                .event();
    assertThat(refused.reason()).startsWith("stable moved to ");
    assertThat(refused.landed()).isEmpty();
    assertThat(refused.tips()).isEqualTo(Map.of(CANAL, canalTip, STABLE, canal.tip("stable")));
    assertThat(canal.tip("main")).isEqualTo(canalTip);
  }

  @Test
  void aHookThatForbidsOneBranchKeepsTheOthersOfItsRepository() throws IOException {
    Content one = canal.branch("one", "main", "one", "1\n");
    Content two = canal.branch("two", "stable", "two", "2\n");
    hook(
        canal, "[ \"$1\" != prepared ] || ! grep -q refs/heads/stable || { echo no >&2; exit 1; }");
    Event.LandRefused refused =
        (Event.LandRefused)
            landed(land(Map.of(CANAL, canalTip, STABLE, canalTip), Map.of(CANAL, one, STABLE, two)))
                .event();
    assertThat(refused.reason()).contains("hook");
    assertThat(canal.tip("main")).isEqualTo(canalTip);
    assertThat(canal.tip("stable")).isEqualTo(canalTip);
  }

  private static void hook(TestRepository repository, String script) throws IOException {
    Path hook = repository.folder.resolve(".git/hooks/reference-transaction");
    Files.createDirectories(hook.getParent());
    Files.writeString(hook, "#!/bin/sh\n" + script + "\n");
    assertThat(hook.toFile().setExecutable(true)).isTrue();
  }

  private Effect.Land landBoth(Content one, Content deep) {
    return land(Map.of(CANAL, canalTip, LAKE, lakeTip), Map.of(CANAL, one, LAKE, deep));
  }

  @Test
  void branchesOfTwoRepositoriesMove() {
    Content one = canal.branch("one", "main", "one", "1\n");
    Content deep = lake.branch("deep", "main", "deep", "d\n");
    assertThat(landed(landBoth(one, deep)).event())
        .isEqualTo(new Event.Landed(ITEM, Map.of(CANAL, one, LAKE, deep)));
    assertThat(canal.read("one")).isEqualTo("1\n");
    assertThat(lake.read("deep")).isEqualTo("d\n");
    assertThat(lake.git("reflog", "-1", "--format=%gs", "main"))
        .isEqualTo("headgate: land canal-main, lake-main");
  }

  @Test
  void ofTwoRepositoriesNoneMovesIfTheLaterHasMovedAway() {
    Content one = canal.branch("one", "main", "one", "1\n");
    Content deep = lake.branch("deep", "main", "deep", "d\n");
    lake.write("other", "o\n");
    Content moved = lake.commit("By hand");
    assertThat(landed(landBoth(one, deep)).event())
        .isEqualTo(
            new Event.LandRefused(
                ITEM, Map.of(CANAL, canalTip, LAKE, moved), "main moved to " + moved, Set.of()));
    assertThat(canal.tip("main")).isEqualTo(canalTip);
  }

  @Test
  void uncommittedWorkInTheLaterRepositoryIsFoundBeforeTheFirstMoves() {
    Content one = canal.branch("one", "main", "one", "1\n");
    Content deep = lake.branch("deep", "main", "deep", "d\n");
    lake.write("deep", "mine\n");
    assertThat(landed(landBoth(one, deep)).problem()).contains("deep");
    assertThat(canal.tip("main")).isEqualTo(canalTip);
  }

  @Test
  void whatLandedBeforeALaterRepositoryRefusedIsTold() throws IOException {
    Content one = canal.branch("one", "main", "one", "1\n");
    Content deep = lake.branch("deep", "main", "deep", "d\n");
    hook(lake, "[ \"$1\" != prepared ] || { echo 'not today' >&2; exit 1; }");
    Event.LandRefused refused = (Event.LandRefused) landed(landBoth(one, deep)).event();
    assertThat(refused.landed()).containsExactly(new ChangeId("canal-main"));
    assertThat(refused.tips()).isEqualTo(Map.of(CANAL, one, LAKE, lakeTip));
    assertThat(refused.reason()).contains("not today");
  }

  @Test
  void aLandingThatWasCutBetweenTwoRepositoriesGoesOn() {
    Content one = canal.branch("one", "main", "one", "1\n");
    Content deep = lake.branch("deep", "main", "deep", "d\n");
    canal.git("reset", "-q", "--hard", one.value());
    canal.write("later", "l\n");
    Content later = canal.commit("Later");
    assertThat(landed(landBoth(one, deep)).event())
        .isEqualTo(new Event.Landed(ITEM, Map.of(CANAL, later, LAKE, deep)));
    assertThat(lake.tip("main")).isEqualTo(deep);
  }

  @Test
  void severalBranchesArePushedTogetherOrNotAtAll() throws IOException {
    Path bare = temp.resolve("remote.git");
    canal.git("clone", "-q", "--bare", canal.folder.toString(), bare.toString());
    canal.git("remote", "add", "origin", bare.toString());
    Content one = canal.branch("one", "main", "one", "1\n");
    Content two = canal.branch("two", "stable", "two", "2\n");
    TestRepository remote = TestRepository.at(bare);
    remote.git("update-ref", "refs/heads/stable", "refs/heads/main^");
    remote.git("config", "receive.denyNonFastForwards", "true");
    Effect.Land effect =
        land(Map.of(CANAL, canalTip, STABLE, canalTip), Map.of(CANAL, one, STABLE, two));
    Path hook = bare.resolve("hooks/update");
    Files.createDirectories(hook.getParent());
    Files.writeString(hook, "#!/bin/sh\n[ \"$1\" != refs/heads/stable ]\n");
    assertThat(hook.toFile().setExecutable(true)).isTrue();
    Inbox refused = pushed(effect);
    assertThat(refused.event()).isInstanceOf(Event.LandRefused.class);
    assertThat(remote.tip("main")).isEqualTo(canalTip);
    Files.delete(hook);
    assertThat(pushed(effect).event())
        .isEqualTo(new Event.Landed(ITEM, Map.of(CANAL, one, STABLE, two)));
    assertThat(remote.tip("main")).isEqualTo(one);
    assertThat(remote.tip("stable")).isEqualTo(two);
  }

  private Inbox pushed(Effect.Land effect) {
    Inbox inbox = new Inbox();
    LandingOptions options = new LandingOptions(true, java.util.Optional.of("origin"));
    Projects alone = Projects.of(Map.of(CANAL.project(), canal.open()));
    try (GitBranches branches = GitBranches.open(alone, options)) {
      branches.land(effect, inbox);
      inbox.await();
    }
    return inbox;
  }

  @Test
  void aKilledMoveOfSeveralBranchesIsFinished() {
    Path stable = temp.resolve("stable tree");
    canal.git("worktree", "add", "-q", stable.toString(), "stable");
    Content one = canal.branch("one", "main", "one", "1\n");
    Content two = canal.branch("two", canalTip.value(), "two", "2\n");
    new LandingJournal(canal.open())
        .write(
            List.of(
                new LandingJournal.Entry("refs/heads/main", canalTip, one, List.of(canal.folder)),
                new LandingJournal.Entry("refs/heads/stable", canalTip, two, List.of(stable))));
    canal.git("update-ref", "refs/heads/main", one.value());
    canal.git("update-ref", "refs/heads/stable", two.value());
    GitBranches.open(projects(), LandingOptions.DEFAULT).close();
    assertThat(canal.git("status", "--porcelain")).isEmpty();
    assertThat(TestRepository.at(stable).git("status", "--porcelain")).isEmpty();
    assertThat(stable.resolve("two")).hasContent("2");
  }

  // Slots.

  @Test
  void aSlotHasAFolderInEachProject() {
    ProjectSlots slots = ProjectSlots.open(projects());
    Path own = slots.checkout(CANAL.project(), 1, canalTip, List.of());
    Path other = slots.checkout(LAKE.project(), 1, lakeTip, List.of());
    assertThat(own.resolve(".headgate.yaml")).hasContent("jobs: { canal: make }");
    assertThat(other.resolve(".headgate.yaml")).hasContent("jobs: { lake: make }");
    slots.removeAll();
    assertThat(own).doesNotExist();
    assertThat(other).doesNotExist();
  }

  @Test
  void theTipOfAnotherProjectIsThatOfTheBranchOfTheSameName() {
    Content release = lake.branch("stable", "main", "release", "r\n");
    ProjectSlots slots = ProjectSlots.open(projects());
    assertThat(slots.tip(LAKE.project(), "stable")).isEqualTo(new Lookup.Found<>(release));
    assertThat(slots.tip(LAKE.project(), "elsewhere")).isEqualTo(new Lookup.Found<>(lakeTip));
    assertThat(slots.tip(new ProjectId("sea"), "main"))
        .isEqualTo(new Lookup.Problem<>("there is no project sea in this queue"));
    assertThatThrownBy(() -> slots.checkout(new ProjectId("sea"), 1, lakeTip, List.of()))
        .isInstanceOf(EnvironmentException.class);
  }
}
