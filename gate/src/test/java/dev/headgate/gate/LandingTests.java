package dev.headgate.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headgate.model.ChangeId;
import dev.headgate.model.Content;
import dev.headgate.model.JobGraph;
import dev.headgate.model.Outcome;
import dev.headgate.model.Revision;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What lands, in which order, and what a refusal leads to. */
final class LandingTests {
  @Test
  void theVeryContentThatPassedLandsOnTheTipItWasBuiltOn() {
    Site site = Site.slots(1).enqueueAll("a").mergesAll("a");
    assertThat(site.passes("a")).containsExactly("land a: m to m+a");
    site.lands("a");
    assertThat(site.end("a").kind()).isEqualTo(ItemEnd.Kind.LANDED);
    assertThat(site.end("a").outcome()).isEqualTo(Outcome.SUCCESS);
    assertThat(site.end("a").contents()).containsExactly(Map.entry(Site.MAIN, new Content("m+a")));
    assertThat(site.end("a").reason()).isEqualTo("landed on main");
    assertThat(site.end("a").jobs()).extracting(end -> end.job().value()).containsExactly("test");
    assertThat(site.gate().isIdle()).isTrue();
  }

  @Test
  void itemsLandInQueueOrderWhateverPassesFirst() {
    Site site = Site.slots(9).enqueueAll("a", "b", "c").mergesAll("a", "b", "c");
    assertThat(site.passes("c")).isEmpty();
    assertThat(site.passes("b")).isEmpty();
    assertThat(site.passes("a")).containsExactly("land a: m to m+a");
    assertThat(site.lands("a")).containsExactly("report a landed", "land b: m+a to m+a+b");
    assertThat(site.lands("b")).containsExactly("report b landed", "land c: m+a+b to m+a+b+c");
    site.lands("c");
    assertThat(site.ended()).containsExactly("a landed", "b landed", "c landed");
  }

  @Test
  void nothingLandsBeforeEveryJobIsDecided() {
    Site site = Site.slots(9).jobs(Site.job("unit"), Site.job("style")).enqueueAll("a");
    site.merges("a");
    assertThat(site.passes("a", "unit")).isEmpty();
    assertThat(site.passes("a", "style")).containsExactly("land a: m to m+a");
  }

  @Test
  void anItemWithoutAnyJobThatAppliesLands() {
    Site site = Site.slots(9).enqueueAll("a");
    assertThat(site.merges("a", JobGraph.EMPTY)).containsExactly("land a: m to m+a");
  }

  @Test
  void aChangeThatTheBaseHoldsAlreadyLandsAsItIsAndSaysSo() {
    Site site = Site.slots(9).enqueueAll("a");
    Effect.Prepare open = site.preparation("a");
    assertThat(
            site.on(
                new Event.Prepared(
                    open.preparation(),
                    open.change(),
                    open.baseOfChange(),
                    JobGraph.EMPTY,
                    List.of())))
        .containsExactly("land a: m to m");
    site.lands("a");
    assertThat(site.end("a").reason()).isEqualTo("already contained in main");
  }

  @Test
  void aTipThatMovedFurtherRightAfterTheLandingRestartsWhatFollows() {
    Site site = Site.slots(9).enqueueAll("a", "b").mergesAll("a", "b");
    site.passes("a");
    assertThat(site.landsAt("a", "m+a+z"))
        .containsExactly("report a landed", "cancel test of b on m+a+b", "prepare b on m+a+z");
  }

  @Test
  void aLandingRefusedBecauseTheTipMovedIsTestedAgainOnTheNewTip() {
    Site site = Site.slots(9).enqueueAll("a", "b").mergesAll("a", "b");
    site.passes("a");
    assertThat(site.isRefused("a", "n"))
        .containsExactly("cancel test of b on m+a+b", "prepare a on n");
    assertThat(site.explain("a").lastRestart()).isEqualTo("main was moved to n by someone else");
    site.merges("a");
    assertThat(site.passes("a")).containsExactly("land a: n to n+a");
  }

  @Test
  void aLandingRefusedThoughTheTipStandsIsTheEnvironmentsFault() {
    Site site = Site.slots(9).enqueueAll("a", "b").mergesAll("a", "b");
    site.passes("a");
    assertThat(site.isRefused("a", "m"))
        .containsExactly("report a rejected", "cancel test of b on m+a+b", "prepare b on m");
    assertThat(site.end("a").outcome()).isEqualTo(Outcome.ENVIRONMENT);
    assertThat(site.end("a").reason()).isEqualTo("it passed, but the branch could not be moved");
  }

  @Test
  void aTipReportedDuringTheLandingIsJudgedByTheLandingsOwnAnswer() {
    Site site = Site.slots(9).enqueueAll("a", "b").mergesAll("a", "b");
    site.passes("a");
    assertThat(site.on(new Event.TipMoved(Site.MAIN, new Content("m+a")))).isEmpty();
    assertThat(site.lands("a")).containsExactly("report a landed");
    assertThat(site.builds()).containsExactly("b/test starting");
  }

  @Test
  void aStrangeTipReportedDuringTheLandingLeavesItAlone() {
    Site site = Site.slots(9).enqueueAll("a", "b").mergesAll("a", "b");
    site.passes("a");
    assertThat(site.on(new Event.TipMoved(Site.MAIN, new Content("n")))).isEmpty();
    assertThat(site.isRefused("a", "n")).contains("prepare a on n");
  }

  @Test
  void anItemDequeuedWhileLandingHasLandedIfItDid() {
    Site site = Site.slots(9).enqueueAll("a").mergesAll("a");
    site.passes("a");
    assertThat(site.dequeue("a")).isEmpty();
    assertThat(site.lands("a")).containsExactly("report a landed");
  }

  @Test
  void anItemDequeuedWhileLandingLeavesIfTheLandingIsRefused() {
    Site site = Site.slots(9).enqueueAll("a", "b").mergesAll("a", "b");
    site.passes("a");
    site.dequeue("a");
    assertThat(site.isRefused("a", "n")).contains("report a withdrawn", "prepare b on n");
    assertThat(site.end("a").reason()).isEqualTo("somebody asked for it");
  }

  @Test
  void anItemDequeuedWhileLandingAndEnqueuedAgainStays() {
    Site site = Site.slots(9).enqueueAll("a").mergesAll("a");
    site.passes("a");
    site.dequeue("a");
    site.enqueue("a");
    assertThat(site.isRefused("a", "n")).containsExactly("prepare a on n");
    assertThat(site.queued()).containsExactly("a");
  }

  @Test
  void aRevisionThatChangesWhileLandingLeavesOnlyIfTheLandingIsRefused() {
    Site site = Site.slots(9).enqueueAll("a").mergesAll("a");
    site.passes("a");
    site.on(new Event.RevisionChanged(new ChangeId("a"), new Revision("a2")));
    assertThat(site.isRefused("a", "n")).containsExactly("report a withdrawn");
  }

  @Test
  void aStrangeTipReportedDuringTheLandingRestartsWhatIsBehindWhenItIsRefused() {
    Site site = Site.slots(9).enqueueAll("a", "b").mergesAll("a", "b");
    site.passes("a");
    site.on(new Event.TipMoved(Site.MAIN, new Content("n")));
    assertThat(site.isRefused("a", "n"))
        .containsExactly("cancel test of b on m+a+b", "prepare a on n");
    assertThat(site.explain("b").lastRestart())
        .isEqualTo("it was built on a, which was itself restarted");
  }

  @Test
  void aLandingThatTellsNoTipsLeftTheBranchAtWhatLanded() {
    Site site = Site.slots(9).enqueueAll("a").mergesAll("a");
    site.passes("a");
    site.on(new Event.Landed(site.item("a"), Map.of()));
    assertThat(site.enqueue("b")).containsExactly("prepare b on m+a");
  }

  @Test
  void aLandingThatWasBelievedImpossibleMovesWhatStandsOnTheFormerNews() {
    Site site = overtaking();
    assertThat(site.on(new Event.TipMoved(Site.MAIN, new Content("n"))))
        .containsExactly("cancel slow of a on m+a", "prepare a on n");
    assertThat(site.lands("b")).containsExactly("report b landed", "prepare a on m+b");
  }

  /** One whose fate is sealed is still built, and the one behind it lands. */
  private static Site overtaking() {
    Site site = Site.slots(9).jobs(Site.job("test"), Site.job("slow"));
    site.enqueueAll("a", "b").mergesAll("a", "b");
    site.fails("a", "test");
    site.merges("b");
    site.passes("b", "test");
    assertThat(site.passes("b", "slow")).containsExactly("land b: m to m+b");
    return site;
  }

  @Test
  void whatNeedsAnItemThatIsTestedAgainWaitsWhileAnotherLands() {
    Site site = overtaking();
    site.enqueue("c", "a");
    site.enqueue("d");
    assertThat(site.on(new Event.TipMoved(Site.MAIN, new Content("n"))))
        .as("c would stand on b, which lands without a")
        .containsExactly("cancel slow of a on m+a", "prepare a on n");
    assertThat(site.explain("c").waitsFor())
        .containsExactly("depends on a, which is tested again while another is landing");
    site.isRefused("b", "n");
    assertThat(site.merges("a")).contains("prepare b on n+a");
    assertThat(site.merges("b")).contains("prepare c on n+a+b");
  }

  @Test
  void whatAnotherContentHasPassedNeverLands() {
    Site site = Site.slots(9).enqueueAll("a").mergesAll("a");
    site.on(new Event.Frozen(Site.MAIN, "release 7"));
    site.passes("a");
    List<Row> damaged =
        site.gate().rows().stream()
            .map(row -> row instanceof Row.Build build ? testedOn(build, new Content("x")) : row)
            .toList();
    Gate gate = Gate.load(damaged, GateSettings.DEFAULT);
    assertThatThrownBy(() -> gate.on(new Event.Thawed(Site.MAIN), Instant.EPOCH))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("would land {p:main=m+a}, but build 1 tested {p:main=x}");
  }

  private static Row testedOn(Row.Build build, Content content) {
    return new Row.Build(
        build.id(),
        build.item(),
        build.change(),
        build.job(),
        build.attempt(),
        build.definition(),
        Map.of(Site.MAIN, content),
        build.semaphores(),
        build.current(),
        build.state(),
        build.evidence(),
        build.again(),
        build.children(),
        build.verdict(),
        build.tests(),
        build.changedAt());
  }
}
