package dev.headgate.adapter.git;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headgate.conduct.Workspaces.Merge.Merged;
import dev.headgate.model.Change;
import dev.headgate.model.ChangeId;
import dev.headgate.model.Content;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Replays of synthetic histories: what becomes a change, and that landing them gives the trees. */
final class ReplayTests {
  private static final String LINES = "1\n2\n3\n4\n5\n6\n7\n8\n9\n";

  @TempDir Path temp;
  private TestRepository git;
  private Content start;

  @BeforeEach
  void makeRepository() {
    git = TestRepository.create(temp.resolve("repo"));
    git.write("lines", LINES);
    start = git.commit("Start");
  }

  private ReplayPlan plan(String range) {
    return Replay.plan(git.open(), range, Optional.empty()).or(reason -> fail(reason));
  }

  private static <T> T fail(String reason) {
    throw new AssertionError(reason);
  }

  private Content merge(String branch) {
    git.git("merge", "-q", "--no-ff", "-m", "Merge " + branch, branch);
    return git.tip("HEAD");
  }

  /** Lands every change through the real workspaces and compares each tree with the history's. */
  private void assertLandsAs(ReplayPlan plan) {
    Content line = plan.base();
    try (GitWorkspaces workspaces = new GitWorkspaces(git.projects())) {
      for (ReplayPlan.Replayed replayed : plan.changes()) {
        Change change =
            new Change(
                replayed.name(),
                TestRepository.main(),
                replayed.revision(),
                replayed.dependsOn(),
                replayed.title());
        Inbox inbox = new Inbox();
        workspaces.prepare(TestRepository.prepare(change, line), inbox);
        Merged merged = inbox.merged();
        line = merged.contents().get(TestRepository.main());
        assertThat(git.tree(line)).isEqualTo(git.tree(replayed.upstream()));
      }
    }
    assertThat(git.tree(line)).isEqualTo(plan.finalTree());
  }

  private static List<ReplayPlan.Kind> kinds(ReplayPlan plan) {
    return plan.changes().stream().map(ReplayPlan.Replayed::kind).toList();
  }

  private static List<String> titles(ReplayPlan plan) {
    return plan.changes().stream().map(ReplayPlan.Replayed::title).toList();
  }

  @Test
  void mergesBecomeTheirSecondParents() {
    Content a = git.branch("a", "main", "a", "a\n");
    Content b = git.branch("b", "main", "b", "b\n");
    Content mergedA = merge("a");
    merge("b");
    ReplayPlan plan = plan("HEAD~2..HEAD");
    assertThat(plan.base()).isEqualTo(start);
    assertThat(plan.changes()).hasSize(2);
    ReplayPlan.Replayed first = plan.changes().getFirst();
    assertThat(first.revision().value()).isEqualTo(a.value());
    assertThat(first.title()).isEqualTo("Merge a");
    assertThat(first.upstream()).isEqualTo(mergedA);
    assertThat(first.kind()).isEqualTo(ReplayPlan.Kind.MERGE);
    assertThat(first.dependsOn()).isEmpty();
    assertThat(plan.changes().get(1).revision().value()).isEqualTo(b.value());
    assertThat(plan.changes().get(1).dependsOn()).isEmpty();
    assertThat(plan.finalTree()).isEqualTo(git.tree(git.tip("main")));
    assertThat(plan.notReplayed()).isEmpty();
    assertLandsAs(plan);
  }

  @Test
  void branchesOffOlderPointsAndDirectCommitsGiveTheSameTrees() {
    git.branch("old", "main", "old", "old\n");
    git.branch("a", "main", "lines", LINES.replace("1", "one"));
    merge("a");
    git.write("lines", git.read("lines").replace("2", "two")).commit("Direct");
    git.branch("b", "main", "lines", git.read("lines").replace("3", "three"));
    git.write("lines", git.read("lines").replace("9", "nine")).commit("Direct again");
    merge("b");
    merge("old");
    ReplayPlan plan = plan(start + "..main");
    assertThat(titles(plan))
        .containsExactly("Merge a", "Direct", "Direct again", "Merge b", "Merge old");
    assertThat(kinds(plan))
        .containsExactly(
            ReplayPlan.Kind.MERGE,
            ReplayPlan.Kind.COMMIT,
            ReplayPlan.Kind.COMMIT,
            ReplayPlan.Kind.MERGE,
            ReplayPlan.Kind.MERGE);
    assertThat(plan.changes().get(4).dependsOn()).isEmpty();
    List<ChangeId> names = plan.changes().stream().map(ReplayPlan.Replayed::name).toList();
    assertThat(plan.changes().get(3).dependsOn()).isEqualTo(names.subList(0, 2));
    assertThat(plan.changes().get(2).dependsOn()).isEqualTo(names.subList(0, 2));
    assertLandsAs(plan);
  }

  @Test
  void crissCrossHistoryGivesTheSameTrees() {
    git.git("checkout", "-q", "-b", "long");
    git.write("long", "1\n").commit("Long 1");
    git.git("checkout", "-q", "main");
    git.branch("a", "main", "lines", LINES.replace("1", "one"));
    merge("a");
    git.git("checkout", "-q", "long");
    git.git("merge", "-q", "-m", "Take main", "main");
    git.write("lines", git.read("lines").replace("one", "ONE")).commit("Long 2");
    git.git("checkout", "-q", "main");
    merge("long");
    git.git("checkout", "-q", "long");
    git.git("merge", "-q", "--no-ff", "-m", "Take main again", "main");
    git.write("lines", git.read("lines").replace("ONE", "Uno")).commit("Long 3");
    git.git("checkout", "-q", "main");
    git.write("direct", "direct\n").commit("Direct");
    merge("long");
    ReplayPlan plan = plan(start + "..");
    assertThat(titles(plan)).containsExactly("Merge a", "Merge long", "Direct", "Merge long");
    assertThat(plan.notReplayed()).isEmpty();
    assertLandsAs(plan);
  }

  @Test
  void mergeThatWasResolvedByHandIsCarriedAndListed() {
    git.branch("a", "main", "lines", LINES.replace("1", "one"));
    git.branch("b", "main", "lines", LINES.replace("1", "eins"));
    merge("a");
    Finished merging = Git.in(git.folder).run("merge", "--no-ff", "b");
    assertThat(merging.exit()).isEqualTo(1);
    git.write("lines", LINES.replace("1", "resolved"));
    Content resolved = git.commit("Merge b by hand");
    git.branch("c", "main", "lines", git.read("lines").replace("resolved", "better"));
    merge("c");
    ReplayPlan plan = plan(start + "..main");
    assertThat(kinds(plan))
        .containsExactly(ReplayPlan.Kind.MERGE, ReplayPlan.Kind.CARRIED, ReplayPlan.Kind.MERGE);
    assertThat(plan.notReplayed()).hasSize(1);
    ReplayPlan.NotReplayed listed = plan.notReplayed().getFirst();
    assertThat(listed.upstream()).isEqualTo(resolved);
    assertThat(listed.carried()).isTrue();
    assertThat(listed.reason()).contains("lines (content)");
    assertLandsAs(plan);
  }

  @Test
  void mergeThatHoldsMoreThanItsPartsIsCarriedAndNamesTheFiles() {
    git.branch("a", "main", "a", "a\n");
    git.git("merge", "-q", "--no-ff", "--no-commit", "a");
    git.write("evil", "slipped in\n");
    git.commit("Evil merge");
    ReplayPlan plan = plan(start + "..main");
    assertThat(kinds(plan)).containsExactly(ReplayPlan.Kind.CARRIED);
    assertThat(plan.notReplayed().getFirst().reason()).contains("differs in evil");
    assertLandsAs(plan);
  }

  @Test
  void octopusIsCarriedAndListed() {
    git.branch("a", "main", "a", "a\n");
    git.branch("b", "main", "b", "b\n");
    git.git("merge", "-q", "--no-ff", "-m", "Octopus", "a", "b");
    git.branch("c", "main", "c", "c\n");
    merge("c");
    ReplayPlan plan = plan(start + "..main");
    assertThat(kinds(plan)).containsExactly(ReplayPlan.Kind.CARRIED, ReplayPlan.Kind.MERGE);
    assertThat(plan.notReplayed().getFirst().reason()).contains("2 branches at once");
    assertLandsAs(plan);
  }

  @Test
  void commitsThatChangeNothingAreLeftOut() {
    git.commit("Empty");
    git.branch("a", "main", "a", "a\n");
    git.git("merge", "-q", "-s", "ours", "--no-ff", "-m", "Ours", "a");
    git.write("b", "b\n").commit("Real");
    ReplayPlan plan = plan(start + "..main");
    assertThat(titles(plan)).containsExactly("Real");
    assertThat(plan.notReplayed())
        .extracting(ReplayPlan.NotReplayed::title)
        .containsExactly("Empty", "Ours");
    assertThat(plan.notReplayed()).noneMatch(ReplayPlan.NotReplayed::carried);
    assertLandsAs(plan);
  }

  @Test
  void configurationCanBeAddedToAHistoryWithoutOne() {
    git.branch("a", "main", "a", "a\n");
    merge("a");
    git.write("z/file", "z\n").commit("Direct");
    ReplayPlan plan =
        Replay.plan(git.open(), start + "..main", Optional.of("jobs: {}\n"))
            .or(reason -> fail(reason));
    assertThat(git.git("show", plan.base() + ":.headgate.yaml")).isEqualTo("jobs: {}");
    assertThat(git.git("rev-parse", plan.base() + "^")).isEqualTo(start.value());
    assertThat(plan.changes()).hasSize(2);
    assertThat(git.git("diff", "--name-only", "main", plan.finalTree()))
        .isEqualTo(".headgate.yaml");
    Lookup<ReplayPlan> again =
        Replay.plan(git.open(), plan.base() + "~0.." + landOn(plan.base()), Optional.of("x"));
    assertThat(again).isInstanceOf(Lookup.Problem.class);
  }

  private Content landOn(Content base) {
    return git.branch("on-base", base.value(), "later", "later\n");
  }

  @Test
  void rangesThatCannotBeReplayedSayWhy() {
    assertThat(problem("main")).contains("FROM..TO");
    assertThat(problem("HEAD~1...HEAD")).contains("FROM..TO");
    assertThat(problem("HEAD..HEAD"))
        .contains("no commit to replay")
        .contains(start.value().substring(0, 10))
        .doesNotContain(start.value());
    assertThat(problem("nothing..HEAD")).contains("no commit nothing");
  }

  private String problem(String range) {
    return switch (Replay.plan(git.open(), range, Optional.empty())) {
      case Lookup.Found<ReplayPlan> found -> fail("planned " + found);
      case Lookup.Problem<ReplayPlan>(String reason) -> reason;
    };
  }

  @Test
  void rangeThatHoldsTheRootBeginsThere() {
    git.git("checkout", "-q", "--orphan", "apart");
    Content root = git.commit("Root");
    git.write("more", "more\n").commit("More");
    ReplayPlan plan = plan("main..apart");
    assertThat(plan.base()).isEqualTo(root);
    assertThat(titles(plan)).containsExactly("More");
    assertLandsAs(plan);
  }

  @Test
  void plansAreTheSameEachTime() {
    git.branch("a", "main", "a", "a\n");
    merge("a");
    assertThat(plan(start + "..main")).isEqualTo(plan(start + "..main"));
    assertThat(plan(start + "..main").changes().getFirst().name().value())
        .isEqualTo("replay-1-" + git.tip("main").value().substring(0, 8));
  }
}
