package dev.headgate.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headgate.model.BuildId;
import dev.headgate.model.ChangeId;
import dev.headgate.model.Coordination;
import dev.headgate.model.Coordination.Deduplication;
import dev.headgate.model.Job;
import dev.headgate.model.JobName;
import dev.headgate.model.PipelineName;
import dev.headgate.model.TestCounts;
import dev.headgate.model.Verdict;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Builds that pause, choose their children, hold followers, semaphores and artifacts. */
final class PauseTests {
  private static final PipelineName CHECK = new PipelineName("check");
  private static final Verdict PASSED = new Verdict(Verdict.Kind.PASSED, "");

  @Test
  void aPausedBuildLetsItsChildrenRunAndGoesOnAfterThem() {
    Site site = parentAndChild();
    BuildId parent = begun(site, "parent");
    assertThat(site.on(new Event.BuildPaused(parent, Optional.empty())))
        .containsExactly("start child of a on m+a");
    assertThat(site.explain("a").waitsFor())
        .containsExactly(
            "parent is paused until the jobs needing it have ended (build 1)",
            "child runs (build 2)");
    assertThat(site.on(new Event.BuildPaused(parent, Optional.empty()))).isEmpty();
    assertThat(site.passes("a", "child")).containsExactly("resume build 1");
    assertThat(site.builds()).containsExactly("a/parent running", "a/child ended");
    assertThat(site.explain("a").waitsFor()).containsExactly("parent runs (build 1)");
    assertThat(site.passes("a", "parent")).containsExactly("land a: m to m+a");
  }

  @Test
  void aPausedBuildWhoseChildrenAreNotWantedGoesOnAtOnce() {
    Site site = parentAndChild();
    assertThat(site.on(new Event.BuildPaused(begun(site, "parent"), Optional.of(Set.of()))))
        .containsExactly("resume build 1");
    assertThat(site.passes("a", "parent")).containsExactly("land a: m to m+a");
  }

  @Test
  void aLostPausedBuildTakesItsChildrenWithIt() {
    Site site = parentAndChild();
    BuildId parent = begun(site, "parent");
    site.on(new Event.BuildPaused(parent, Optional.empty()));
    assertThat(site.on(new Event.BuildLost(parent, "its worker vanished")))
        .containsExactly("cancel child of a on m+a", "start parent of a on m+a");
    assertThat(site.builds())
        .containsExactly("a/parent ended", "a/child cancelling", "a/parent starting");
    site.passes("a", "parent");
    assertThat(site.passes("a", "child")).containsExactly("land a: m to m+a");
  }

  @Test
  void whatFailedWhileABuildWasPausedHasFailedThoughThatIsLostForGood() {
    GateSettings lenient = GateSettings.DEFAULT.with(Differences.NONE);
    Site site =
        Site.empty(lenient)
            .capacity(9)
            .tip("m")
            .jobs(
                Site.nonVoting("parent"),
                Site.job("child", Site.hard("parent")),
                Site.job("other", Site.hard("parent")))
            .enqueueAll("a")
            .mergesAll("a");
    BuildId parent = begun(site, "parent");
    site.on(new Event.BuildPaused(parent, Optional.empty()));
    assertThat(site.fails("a", "child")).isEmpty();
    assertThat(
            site.on(new Event.BuildLost(parent, "its worker is gone", Event.BuildLost.Again.NEVER)))
        .containsExactly("cancel other of a on m+a", "report a rejected");
  }

  @Test
  void aBuildNamesTheChildrenThatRun() {
    Site site =
        site(
            Site.job("parent"),
            Site.job("one", Site.hard("parent")),
            Site.job("two", Site.soft("parent")),
            Site.job("three", Site.hard("one")));
    assertThat(site.on(ended(begun(site, "parent"), "two")))
        .containsExactly("start two of a on m+a");
    assertThat(site.passes("a", "two")).containsExactly("land a: m to m+a");
  }

  @Test
  void anEmptyListOfChildrenSkipsOnlyThoseThatCannotDoWithout() {
    Site site =
        site(
            Site.job("parent"),
            Site.job("one", Site.hard("parent")),
            Site.job("two", Site.soft("parent")));
    assertThat(site.on(ended(begun(site, "parent")))).containsExactly("start two of a on m+a");
  }

  @Test
  void aBuildTakenAwayOnPurposeIsBuiltAgainHoweverOften() {
    Site site = site(Site.job("test", true, 1, 0));
    for (int i = 0; i < 5; i++) {
      assertThat(lost(site, Event.BuildLost.Again.ALWAYS))
          .containsExactly("start test of a on m+a");
    }
    assertThat(lost(site, Event.BuildLost.Again.NEVER)).containsExactly("report a rejected");
    assertThat(site.end("a").reason())
        .isEqualTo("test failed in each of 6 builds: no worker (build 6)");
  }

  @Test
  void nothingBehindStartsBeforeTheJobThatHoldsItPassed() {
    Job hold = Site.job("merge").with(coordination(true, Set.of(), Set.of(), List.of(), false));
    Site site = Site.slots(9).jobs(hold, Site.job("unit", Site.hard("merge")));
    site.enqueue("a");
    site.enqueue("b");
    assertThat(site.merges("a")).contains("start merge of a on m+a");
    assertThat(site.merges("b")).isEmpty();
    assertThat(site.explain("b").waitsFor())
        .containsExactly(
            "merge waits for a, which holds what is behind it", "unit waits for merge");
    assertThat(site.passes("a", "merge"))
        .containsExactly("start unit of a on m+a", "start merge of b on m+a+b");
  }

  @Test
  void whatIsRequiredIsWaitedForUntilAnItemAheadMadeIt() {
    Job image =
        Site.job("image").with(coordination(false, Set.of("img"), Set.of(), List.of(), false));
    Job use = Site.job("use").with(coordination(false, Set.of(), Set.of("img"), List.of(), false));
    Site site = Site.slots(9).enqueueAll("a", "b");
    site.merges("a", Site.graph(image));
    assertThat(site.merges("b", Site.graph(use))).isEmpty();
    assertThat(site.explain("b").waitsFor())
        .containsExactly("use waits for image of a, which makes what it requires");
    assertThat(site.passes("a", "image"))
        .containsExactly("land a: m to m+a", "start use of b on m+a+b");
  }

  @Test
  void aSemaphoreIsHeldByOneBuildAtATime() {
    Job one = Site.job("one").with(coordination(false, Set.of(), Set.of(), List.of("lab"), false));
    Job two = Site.job("two").with(coordination(false, Set.of(), Set.of(), List.of("lab"), false));
    Site site = site(one, two);
    assertThat(site.builds()).containsExactly("a/one starting");
    assertThat(site.explain("a").waitsFor().getLast())
        .isEqualTo("two waits for the semaphore lab, held by build [1]");
    assertThat(site.passes("a", "one")).containsExactly("start two of a on m+a");
  }

  @Test
  void aNoOpPassesWithoutABuild() {
    Job noop = Site.job("noop").with(coordination(false, Set.of(), Set.of(), List.of(), true));
    Site site = Site.slots(9).jobs(noop, Site.job("unit", Site.hard("noop")));
    site.enqueue("a");
    assertThat(site.merges("a")).containsExactly("start unit of a on m+a");
    assertThat(site.passes("a", "unit")).containsExactly("land a: m to m+a");
  }

  @Test
  void allThatIsBehindTheJobThatHoldsStartsWhenItPassed() {
    Job hold = holding("merge", true);
    Site site = Site.slots(9).enqueueAll("a", "b", "c");
    site.merges("a", Site.graph(hold, Site.job("unit")));
    assertThat(site.merges("b", Site.graph(Site.job("unit"))))
        .containsExactly("prepare c on m+a+b");
    assertThat(site.merges("c", Site.graph(Site.job("unit")))).isEmpty();
    assertThat(site.passes("a", "merge"))
        .containsExactly("start unit of b on m+a+b", "start unit of c on m+a+b+c");
  }

  @Test
  void whatLandsHoldsNobodyAnyMore() {
    Site site = Site.slots(9).enqueueAll("a", "b");
    site.merges("a", Site.graph(holding("merge", false)));
    site.merges("b", Site.graph(Site.job("unit")));
    site.on(new Event.Frozen(Site.MAIN, "release 7"));
    assertThat(site.fails("a", "merge")).isEmpty();
    assertThat(site.on(new Event.Thawed(Site.MAIN)))
        .containsExactly("land a: m to m+a", "start unit of b on m+a+b");
  }

  @Test
  void whatHoldsStillHoldsAfterAnotherHasLanded() {
    Site site = Site.slots(9).enqueueAll("a", "b", "c");
    site.merges("a", Site.graph(Site.job("unit")));
    site.merges("b", Site.graph(holding("merge", true)));
    site.passes("a", "unit");
    site.lands("a");
    assertThat(site.merges("c", Site.graph(Site.job("unit")))).isEmpty();
    assertThat(site.explain("c").waitsFor())
        .containsExactly("unit waits for b, which holds what is behind it");
  }

  @Test
  void whatIsRequiredMayBeMadeByTheItemOfAChangeThatIsCarried() {
    Site site = check().jobs(providing("image", true), Site.job("slow"));
    site.on(new Event.Enqueued(CHECK, Site.change("a"), true, 0));
    site.merges("a");
    for (String name : List.of("b", "c")) {
      site.on(new Event.Enqueued(CHECK, Site.change(name, "a"), true, 0));
      assertThat(site.merges(name, Site.graph(requiring("use")))).isEmpty();
    }
    assertThat(site.explain("b").waitsFor())
        .containsExactly("use waits for image of a, which makes what it requires");
    site.on(new Event.Dequeued(new ChangeId("b"), "no"));
    assertThat(site.on(new Event.MergedOutside(new ChangeId("a")))).isEmpty();
    assertThat(site.passes("a", "image")).containsExactly("start use of c on m+c");
  }

  @Test
  void whatStandsBehindMakesNothingThatIsWaitedFor() {
    Site site = check();
    site.on(new Event.Proposed(Site.change("a")));
    site.on(new Event.Enqueued(CHECK, Site.change("b", "a"), true, 0));
    site.on(new Event.Enqueued(CHECK, Site.change("a"), true, 0));
    site.merges("a", Site.graph(providing("image", true)));
    assertThat(site.merges("b", Site.graph(requiring("use")))).isEmpty();
    assertThat(
            site.on(
                new Event.Reconfigured(
                    PipelineDraft.site(PipelineDraft.of(CHECK.value(), Manager.SERIAL)))))
        .as("it stood in a queue of its own, and stands behind now")
        .contains("start use of b on m+b");
  }

  @Test
  void whatIsRequiredMayBeMadeByWhatIsCarriedIndirectly() {
    Site site = check().jobs(providing("image", true), Site.job("slow"));
    site.on(new Event.Enqueued(CHECK, Site.change("a"), true, 0));
    site.merges("a");
    site.on(new Event.Proposed(Site.change("b", "a")));
    site.on(new Event.Enqueued(CHECK, Site.change("c", "b"), true, 0));
    assertThat(site.merges("c", Site.graph(requiring("use")))).isEmpty();
    assertThat(site.passes("a", "image")).containsExactly("start use of c on m+c");
  }

  @Test
  void whatIsRequiredOfACarriedChangeIsWaitedForAsLongAsThatIsThere() {
    Site site = check().jobs(providing("image", false), Site.job("slow"));
    site.on(new Event.Enqueued(CHECK, Site.change("a"), true, 0));
    site.merges("a");
    site.on(new Event.Enqueued(CHECK, Site.change("b", "a"), true, 0));
    site.merges("b", Site.graph(requiring("use")));
    assertThat(site.fails("a", "image")).isEmpty();
    assertThat(site.passes("a", "slow"))
        .containsExactly("report a passed", "start use of b on m+b");
  }

  @Test
  void whatWasRequiredOfAnItemThatLeftIsWaitedForNoMore() {
    Site site = Site.slots(9).enqueueAll("a", "b", "c");
    site.merges("a", Site.graph(providing("image", false), Site.job("unit")));
    site.merges("b", Site.graph(Site.job("unit")));
    site.merges("c", Site.graph(requiring("use")));
    site.fails("a", "image");
    assertThat(site.passes("a", "unit")).containsExactly("land a: m to m+a");
    assertThat(site.lands("a")).containsExactly("report a landed", "start use of c on m+a+b+c");
  }

  @Test
  void whoLeavesWaitsForNoSemaphoreAnyMore() {
    Job lab = Site.job("lab").with(coordination(false, Set.of(), Set.of(), List.of("lab"), false));
    Site site = Site.slots(9).jobs(lab).enqueueAll("a", "b").mergesAll("a", "b");
    site.dequeue("b");
    assertThat(site.passes("a", "lab")).containsExactly("land a: m to m+a");
    assertThat(site.buildsStarted()).isOne();
  }

  @Test
  void whatABuildThatFailedSaidOfItsChildrenCountsForNothing() {
    Site site =
        site(
            Site.nonVoting("parent"),
            Site.job("one", Site.soft("parent")),
            Site.job("two", Site.soft("parent")));
    assertThat(
            site.on(
                new Event.BuildEnded(
                    begun(site, "parent"),
                    new Verdict(Verdict.Kind.FAILED, "exit status 1"),
                    TestCounts.NONE,
                    Optional.of(Set.of(new JobName("two"))))))
        .containsExactly("start one of a on m+a", "start two of a on m+a");
  }

  private static Job holding(String name, boolean voting) {
    return Site.job(name, voting, 3, 0)
        .with(coordination(true, Set.of(), Set.of(), List.of(), false));
  }

  private static Job providing(String name, boolean voting) {
    return Site.job(name, voting, 3, 0)
        .with(coordination(false, Set.of("img"), Set.of(), List.of(), false));
  }

  private static Job requiring(String name) {
    return Site.job(name).with(coordination(false, Set.of(), Set.of("img"), List.of(), false));
  }

  private static Site check() {
    return Site.empty(PipelineDraft.site(PipelineDraft.of("check", Manager.INDEPENDENT)))
        .capacity(9)
        .tip("m");
  }

  private static Event ended(BuildId build, String... children) {
    Set<JobName> names = List.of(children).stream().map(JobName::new).collect(Collectors.toSet());
    return new Event.BuildEnded(build, PASSED, TestCounts.NONE, Optional.of(names));
  }

  private static List<String> lost(Site site, Event.BuildLost.Again again) {
    return site.on(new Event.BuildLost(site.build("a", "test").build(), "no worker", again));
  }

  private static BuildId begun(Site site, String job) {
    site.begins("a", job);
    return site.build("a", job).build();
  }

  private static Site parentAndChild() {
    return site(Site.job("parent"), Site.job("child", Site.hard("parent")));
  }

  private static Site site(Job... jobs) {
    Site site = Site.slots(9).jobs(jobs);
    site.enqueue("a");
    site.merges("a");
    return site;
  }

  private static Coordination coordination(
      boolean holds,
      Set<String> provides,
      Set<String> requires,
      List<String> semaphores,
      boolean noop) {
    return new Coordination(
        holds, provides, requires, semaphores, Set.of(), Deduplication.AUTOMATIC, noop);
  }
}
