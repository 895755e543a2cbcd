package dev.headgate.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headgate.model.BranchRef;
import dev.headgate.model.ChangeId;
import dev.headgate.model.Content;
import java.util.List;
import org.junit.jupiter.api.Test;

/** On what each item is built, and what is built again when that changes (DESIGN §6, Paths). */
final class PathTests {
  @Test
  void eachItemIsBuiltOnEverythingAheadOfItAtOnce() {
    Site site = Site.slots(9);
    assertThat(site.enqueue("a")).containsExactly("prepare a on m");
    assertThat(site.enqueue("b")).isEmpty();
    assertThat(site.merges("a")).containsExactly("prepare b on m+a", "start test of a on m+a");
    assertThat(site.merges("b")).containsExactly("start test of b on m+a+b");
    assertThat(site.build("b", "test").assumed()).containsExactly(new ChangeId("a"));
    assertThat(site.build("a", "test").assumed()).isEmpty();
  }

  @Test
  void assumedChangesAreToldInTheOrderTheyWouldLand() {
    Site site = Site.slots(9).enqueueAll("a", "b", "c", "d").mergesAll("a", "b", "c", "d");
    assertThat(site.build("d", "test").assumed())
        .extracting(ChangeId::value)
        .containsExactly("a", "b", "c");
  }

  @Test
  void whatStoodOnALandedItemKeepsItsBuilds() {
    Site site = Site.slots(9).enqueueAll("a", "b", "c").mergesAll("a", "b", "c");
    site.begins("b", "test");
    assertThat(site.passes("a")).containsExactly("land a: m to m+a");
    assertThat(site.lands("a")).containsExactly("report a landed");
    assertThat(site.builds()).containsExactly("b/test running", "c/test starting");
    assertThat(site.explain("b").assumed()).isEmpty();
    assertThat(site.explain("c").assumed()).containsExactly(new ChangeId("b"));
    assertThat(site.explain("c").restarts()).isZero();
  }

  @Test
  void whatAssumedAFailedItemIsBuiltAgainWithoutItAndNothingElseIs() {
    Site site = Site.slots(9).enqueueAll("a", "b", "c", "d").mergesAll("a", "b", "c", "d");
    assertThat(site.fails("b"))
        .containsExactly(
            "cancel test of c on m+a+b+c", "cancel test of d on m+a+b+c+d", "prepare c on m+a");
    assertThat(site.merges("c")).containsExactly("prepare d on m+a+c", "start test of c on m+a+c");
    assertThat(site.merges("d")).containsExactly("start test of d on m+a+c+d");
    assertThat(site.explain("a").restarts()).isZero();
    assertThat(site.explain("b").restarts()).isZero();
    assertThat(site.explain("c").restarts()).isOne();
    assertThat(site.explain("c").lastRestart()).isEqualTo("it was built on b, which is failing");
    assertThat(site.explain("d").lastRestart())
        .isEqualTo("it was built on c, which was itself restarted");
  }

  @Test
  void aFailingItemIsRejectedOnlyWhenItsPathIsReal() {
    Site site = Site.slots(9).enqueueAll("a", "b", "c").mergesAll("a", "b");
    assertThat(site.fails("b")).doesNotContain("report b rejected");
    site.passes("a");
    assertThat(site.lands("a")).contains("report a landed", "report b rejected");
    assertThat(site.queued()).containsExactly("c");
  }

  @Test
  void aFailureOnAPathThatDidNotBecomeRealCountsForNothing() {
    Site site = Site.slots(9).enqueueAll("a", "b").mergesAll("a", "b");
    site.fails("b");
    assertThat(site.fails("a")).containsExactlyInAnyOrder("report a rejected", "prepare b on m");
    site.merges("b");
    site.passes("b");
    site.lands("b");
    assertThat(site.ended()).containsExactly("a rejected", "b landed");
  }

  @Test
  void anItemBehindAFailingOneStandsOnTheNearestThatIsNot() {
    Site site = Site.slots(9).enqueueAll("a", "b", "c", "d").mergesAll("a", "b", "c");
    site.fails("b");
    site.fails("a");
    // b was built on a, so its failure is void; c stands on b again.
    assertThat(site.ended()).containsExactly("a rejected");
    assertThat(site.preparation("b").baseOfChange().value()).isEqualTo("m");
    site.merges("b");
    assertThat(site.preparation("c").baseOfChange().value()).isEqualTo("m+b");
  }

  @Test
  void severalFailuresInARowAreAllSteppedOver() {
    Site site = Site.slots(9).enqueueAll("a", "b", "c", "d").mergesAll("a", "b", "c", "d");
    site.fails("b");
    site.mergesAll("c", "d");
    site.fails("c");
    assertThat(site.merges("d")).containsExactly("start test of d on m+a+d");
    assertThat(site.explain("d").assumed()).containsExactly(new ChangeId("a"));
  }

  @Test
  void aConflictBehindTheHeadIsSteppedOverAndRejectedWhenItsPathIsReal() {
    Site site = Site.slots(9).enqueueAll("a", "b", "c").mergesAll("a");
    assertThat(site.conflicts("b")).containsExactly("prepare c on m+a");
    site.merges("c");
    site.passes("c");
    site.passes("a");
    assertThat(site.lands("a"))
        .containsExactly("report a landed", "report b rejected", "land c: m+a to m+a+c");
    assertThat(site.end("b").reason()).contains("src/b is changed by both");
  }

  @Test
  void aConflictWithAnItemThatFailsIsForgotten() {
    Site site = Site.slots(9).enqueueAll("a", "b").mergesAll("a");
    site.conflicts("b");
    assertThat(site.fails("a")).containsExactlyInAnyOrder("report a rejected", "prepare b on m");
    assertThat(site.merges("b")).containsExactly("start test of b on m+b");
  }

  @Test
  void aConflictAtTheHeadIsRejectedAtOnce() {
    Site site = Site.slots(9).enqueueAll("a", "b");
    assertThat(site.conflicts("a"))
        .containsExactlyInAnyOrder("report a rejected", "prepare b on m");
  }

  @Test
  void aBrokenConfigurationRejectsTheChangeThatBreaksItAndNoOther() {
    Site site = Site.slots(9).enqueueAll("a", "b", "c").mergesAll("a");
    assertThat(site.hasBrokenConfig("b")).containsExactly("prepare c on m+a");
    site.merges("c");
    site.passes("a");
    assertThat(site.lands("a")).containsExactly("report a landed", "report b rejected");
    assertThat(site.end("b").reason()).isEqualTo(".headgate.yaml:3:5: unknown key 'rnu'");
    assertThat(site.builds()).containsExactly("c/test starting");
  }

  @Test
  void aBuildThatFailsWhileTheItemAheadLandsCountsBecauseThePathBecameReal() {
    Site site = Site.slots(9).enqueueAll("a", "b").mergesAll("a", "b");
    site.passes("a");
    assertThat(site.fails("b")).isEmpty();
    assertThat(site.lands("a")).containsExactly("report a landed", "report b rejected");
  }

  @Test
  void anItemDequeuedInTheMiddleRestartsOnlyWhatIsBehindIt() {
    Site site = Site.slots(9).enqueueAll("a", "b", "c").mergesAll("a", "b", "c");
    assertThat(site.dequeue("b"))
        .containsExactly(
            "cancel test of b on m+a+b",
            "report b withdrawn",
            "cancel test of c on m+a+b+c",
            "prepare c on m+a");
    assertThat(site.explain("a").restarts()).isZero();
  }

  @Test
  void aFailingItemThatIsDequeuedRestartsNothing() {
    Site site = Site.slots(9).enqueueAll("a", "b", "c").mergesAll("a", "b", "c");
    site.fails("b");
    site.merges("c");
    assertThat(site.dequeue("b")).containsExactly("report b withdrawn");
    assertThat(site.builds()).contains("c/test starting");
  }

  @Test
  void theTipMovedFromOutsideRestartsTheWholeQueue() {
    Site site = Site.slots(9).enqueueAll("a", "b").mergesAll("a", "b");
    site.passes("b");
    assertThat(site.on(new Event.TipMoved(Site.MAIN, new Content("n"))))
        .containsExactly("cancel test of a on m+a", "prepare a on n");
    assertThat(site.explain("a").lastRestart()).isEqualTo("main was moved to n by someone else");
    // b's build passed and is kept, in case b comes to these contents again.
    assertThat(site.builds()).containsExactly("a/test cancelling", "b/test ended");
    site.merges("a");
    assertThat(site.merges("b")).containsExactly("start test of b on n+a+b");
  }

  @Test
  void theTipReportedAgainUnmovedChangesNothing() {
    Site site = Site.slots(9).enqueueAll("a").mergesAll("a");
    assertThat(site.on(new Event.TipMoved(Site.MAIN, new Content("m")))).isEmpty();
    assertThat(site.builds()).containsExactly("a/test starting");
  }

  @Test
  void aPreparationUnderWayIsGivenUpWithThePath() {
    Site site = Site.slots(9).enqueueAll("a", "b").mergesAll("a");
    Effect.Prepare former = site.preparation("b");
    site.fails("a");
    assertThat(
            site.on(
                new Event.Prepared(
                    former.preparation(),
                    former.change(),
                    new Content("m+a+b"),
                    Site.ONE_JOB,
                    List.of())))
        .isEmpty();
    assertThat(site.merges("b")).containsExactly("start test of b on m+b");
  }

  @Test
  void onlyTheWindowIsPreparedAndItMovesOnAsItemsLeave() {
    Site site =
        Site.empty(GateSettings.gate(Window.fixed(2)))
            .capacity(9)
            .tip("m")
            .enqueueAll("a", "b", "c");
    site.mergesAll("a", "b");
    assertThat(site.explain("c").state()).isEqualTo(ItemState.WAITING);
    site.passes("a");
    assertThat(site.lands("a")).containsExactly("report a landed", "prepare c on m+a+b");
  }

  @Test
  void whereABranchStandsIsAskedUntilItIsKnown() {
    Site site = Site.empty(GateSettings.DEFAULT).capacity(1);
    assertThat(site.enqueue("a")).containsExactly("ask p:main");
    assertThat(site.enqueue("b")).containsExactly("ask p:main");
    assertThat(site.on(new Event.TipMoved(Site.MAIN, new Content("m"))))
        .containsExactly("prepare a on m");
  }

  @Test
  void queuesOfTwoBranchesDoNotTouchEachOther() {
    var other = new BranchRef(Site.MAIN.project(), "release");
    Site site = Site.slots(9).enqueueAll("a").mergesAll("a");
    site.on(new Event.TipMoved(other, new Content("r")));
    assertThat(site.on(new Event.Enqueued(Site.change(other, "x", "x"))))
        .containsExactly("prepare x on r");
    site.merges("x");
    assertThat(site.fails("a")).containsExactly("report a rejected");
    assertThat(site.passes("x")).containsExactly("land x: r to r+x");
  }

  @Test
  void aMergedChangeThatFailsIsStoodOnUntilItIsRejected() {
    Site site = Site.slots(9).enqueueAll("h", "a", "b").mergesAll("h", "a", "b");
    site.on(new Event.MergedOutside(new ChangeId("a")));
    assertThat(site.fails("a")).isEmpty();
    assertThat(site.explain("b").restarts()).isZero();
    site.passes("h");
    assertThat(site.lands("h"))
        .containsExactly(
            "report h landed",
            "report a rejected",
            "cancel test of b on m+h+a+b",
            "prepare b on m+h");
  }

  @Test
  void whatOutgrewTheWindowWhileItWasMergedIsAnnouncedWhenItIsInItAgain() {
    Window window =
        new Window(
            5,
            1,
            0,
            new Window.Pace(Window.Pace.Kind.LINEAR, 1),
            new Window.Pace(Window.Pace.Kind.EXPONENTIAL, 9));
    Site site = Site.empty(GateSettings.gate(window)).capacity(9).tip("m");
    site.enqueueAll("h", "a", "c", "d", "e").mergesAll("h", "a", "c", "d");
    site.fails("a");
    site.mergesAll("c", "d");
    site.passes("h");
    site.lands("h");
    assertThat(site.gate().queues().getFirst().window()).isOne();
    assertThat(site.merges("e")).isEmpty();
    assertThat(site.explain("e").waitsFor())
        .containsExactly("test waits for a place in the window, which holds 1");
    site.passes("c");
    site.passes("d");
    assertThat(site.lands("c"))
        .containsExactly(
            "report c landed", "land d: m+h+c to m+h+c+d", "start test of e on m+h+c+d+e");
  }
}
