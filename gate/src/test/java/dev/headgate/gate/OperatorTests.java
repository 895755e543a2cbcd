package dev.headgate.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headgate.model.BranchRef;
import dev.headgate.model.ChangeId;
import dev.headgate.model.Content;
import dev.headgate.model.JobName;
import dev.headgate.model.PipelineName;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Promotion, holds, freezes, lanes, and the reasons for which something is not let in. */
final class OperatorTests {
  @Test
  void aPromotedChangeGoesFirstAndWhatItPassedIsBuiltOnIt() {
    Site site = Site.slots(9).enqueueAll("a", "b", "c").mergesAll("a", "b", "c");
    assertThat(promote(site, "c"))
        .containsExactly(
            "cancel test of c on m+a+b+c",
            "cancel test of a on m+a",
            "cancel test of b on m+a+b",
            "prepare c on m");
    assertThat(site.queued()).containsExactly("c", "a", "b");
    assertThat(site.merges("c")).containsExactly("prepare a on m+c", "start test of c on m+c");
    assertThat(site.explain("b").lastRestart()).isEqualTo("it was moved by a promotion");
    assertThat(site.ended()).isEmpty();
  }

  @Test
  void whatKeepsItsPlaceAtTheHeadKeepsItsBuilds() {
    Site site = Site.slots(9).enqueueAll("a", "b", "c").mergesAll("a", "b", "c");
    assertThat(promote(site, "a", "c"))
        .containsExactly(
            "cancel test of c on m+a+b+c", "cancel test of b on m+a+b", "prepare c on m+a");
    assertThat(site.queued()).containsExactly("a", "c", "b");
    assertThat(site.explain("a").restarts()).isZero();
  }

  @Test
  void aPromotionOfTheHeadChangesNothing() {
    Site site = Site.slots(9).enqueueAll("a", "b").mergesAll("a", "b");
    assertThat(promote(site, "a")).isEmpty();
    assertThat(promote(site, "a", "b")).isEmpty();
  }

  @Test
  void aPromotedChangeTakesWhatItNeedsWithIt() {
    Site site = Site.slots(9).enqueueAll("a", "b");
    site.enqueue("c", "b");
    promote(site, "c");
    assertThat(site.queued()).containsExactly("b", "c", "a");
  }

  @Test
  void promotingWhatIsNotQueuedOrInAPipelineThatIsNotThereChangesNothing() {
    Site site = Site.slots(9).enqueueAll("a", "b");
    assertThat(promote(site, "x")).isEmpty();
    assertThat(site.on(new Event.Promoted(new PipelineName("other"), List.of(new ChangeId("b")))))
        .isEmpty();
    assertThat(site.queued()).containsExactly("a", "b");
  }

  @Test
  void whatLandsRightNowStaysInFront() {
    Site site = Site.slots(9).enqueueAll("a", "b", "c").mergesAll("a");
    site.passes("a");
    promote(site, "c");
    assertThat(site.queued()).containsExactly("a", "c", "b");
    assertThat(site.lands("a")).contains("report a landed");
  }

  @Test
  void aHeldChangeIsPassedOverAndKeepsItsPlace() {
    Site site = Site.slots(9).enqueueAll("a", "b").mergesAll("a", "b");
    assertThat(site.on(new Event.Held(new ChangeId("a"), "its author is away")))
        .containsExactly("cancel test of a on m+a", "cancel test of b on m+a+b", "prepare b on m");
    assertThat(site.explain("a").waitsFor()).containsExactly("held: its author is away");
    site.merges("b");
    assertThat(site.passes("b")).containsExactly("land b: m to m+b");
    site.lands("b");
    assertThat(site.queued()).containsExactly("a");
    assertThat(site.on(new Event.Released(new ChangeId("a")))).containsExactly("prepare a on m+b");
  }

  @Test
  void aReleasedChangeIsStoodOnAgain() {
    Site site = Site.slots(9).enqueueAll("a", "b").mergesAll("a", "b");
    site.on(new Event.Held(new ChangeId("a"), ""));
    assertThat(site.explain("a").waitsFor()).containsExactly("held: on demand");
    site.merges("b");
    assertThat(site.on(new Event.Released(new ChangeId("a"))))
        .containsExactly("prepare a on m", "cancel test of b on m+b");
    assertThat(site.explain("b").lastRestart())
        .isEqualTo("a, ahead of it, is tested again and may land first");
  }

  @Test
  void whatDependsOnAHeldChangeWaitsForIt() {
    Site site = Site.slots(9).enqueueAll("a");
    site.enqueue("b", "a");
    site.on(new Event.Held(new ChangeId("a"), "later"));
    assertThat(site.explain("b").waitsFor()).containsExactly("depends on a, which is held");
  }

  @Test
  void nothingLandsOnAFrozenBranchAndTestingGoesOn() {
    Site site = Site.slots(9).enqueueAll("a", "b");
    site.on(new Event.Frozen(Site.MAIN, "release 7"));
    site.mergesAll("a", "b");
    assertThat(site.passes("a")).isEmpty();
    assertThat(site.explain("a").waitsFor())
        .containsExactly("all its jobs passed; nothing may land on p:main now: release 7");
    assertThat(site.passes("b")).isEmpty();
    assertThat(site.on(new Event.Thawed(Site.MAIN))).containsExactly("land a: m to m+a");
    assertThat(site.on(new Event.Thawed(Site.MAIN))).isEmpty();
  }

  @Test
  void aFailingChangeIsRejectedOnAFrozenBranchToo() {
    Site site = Site.slots(9).enqueueAll("a").mergesAll("a");
    site.on(new Event.Frozen(Site.MAIN, ""));
    assertThat(site.fails("a")).containsExactly("report a rejected");
  }

  @Test
  void aHigherLanePassesALowerOneButNotWhatItNeeds() {
    Site site = Site.slots(9).enqueueAll("a", "b");
    site.on(enqueued("c", 1));
    assertThat(site.queued()).containsExactly("c", "a", "b");
    site.on(new Event.Enqueued(PipelineName.GATE, Site.change("d", "a"), true, 2));
    assertThat(site.queued()).containsExactly("c", "a", "d", "b");
    site.on(enqueued("e", 1));
    assertThat(site.queued()).containsExactly("c", "a", "d", "e", "b");
  }

  @Test
  void aHigherLaneDoesNotPassWhatLandsRightNow() {
    Site site = Site.slots(9).enqueueAll("a", "b").mergesAll("a");
    site.passes("a");
    site.on(enqueued("c", 1));
    assertThat(site.queued()).containsExactly("a", "c", "b");
  }

  @Test
  void manyInsertionsAtOnePlaceKeepTheirOrder() {
    Site site = Site.slots(9).enqueueAll("z");
    for (int i = 0; i < 40; i++) {
      site.on(enqueued("c" + i, 1));
    }
    assertThat(site.queued()).hasSize(41).startsWith("c0", "c1", "c2").endsWith("c39", "z");
  }

  @Test
  void whoAsksForAPipelineThatIsNotThereIsTold() {
    Site site = Site.slots(9);
    assertThat(site.on(new Event.Enqueued(new PipelineName("gtae"), Site.change("a"), true, 0)))
        .containsExactly("report a rejected");
    assertThat(site.end("a").reason()).isEqualTo("there is no pipeline named gtae");
    assertThat(site.end("a").cause()).isEqualTo(ItemEnd.Cause.REFUSED);
  }

  @Test
  void whoAsksForAChangeThatIsNotApprovedIsTold() {
    Site site = Site.slots(9);
    assertThat(site.on(new Event.Enqueued(PipelineName.GATE, Site.change("a"), false, 0)))
        .containsExactly("report a rejected");
    assertThat(site.end("a").reason()).isEqualTo("a is not approved");
  }

  @Test
  void aCircleIsRefusedWhereItIsNotAllowed() {
    Site site = Site.slots(9);
    site.on(new Event.Proposed(Site.change("a", "b")));
    assertThat(site.on(new Event.Enqueued(Site.change("b", "a"))))
        .containsExactly("report b rejected");
    assertThat(site.end("b").reason()).contains("it lands together with a, and a is not approved");
  }

  @Test
  void anApprovalThatIsWithdrawnTakesTheChangeOut() {
    Site site = Site.slots(9).enqueueAll("a", "b").mergesAll("a", "b");
    assertThat(site.on(new Event.ApprovalWithdrawn(new ChangeId("a"))))
        .contains("report a rejected", "prepare b on m");
    assertThat(site.end("a").reason()).isEqualTo("a is not approved");
    assertThat(site.end("a").cause()).isEqualTo(ItemEnd.Cause.REQUIREMENT);
  }

  @Test
  void aChangeCanLeaveOnePipelineOnly() {
    Site site = Site.slots(9).enqueueAll("a");
    assertThat(
            site.on(
                new Event.Dequeued(
                    Optional.of(new PipelineName("check")), new ChangeId("a"), "no")))
        .isEmpty();
    assertThat(site.on(new Event.Dequeued(Optional.of(PipelineName.GATE), new ChangeId("a"), "no")))
        .containsExactly("report a withdrawn");
  }

  @Test
  void whyAChangeIsNotQueuedCanBeAsked() {
    Site site = Site.slots(9).enqueueAll("a");
    site.on(new Event.Proposed(Site.change("b")));
    site.on(new Event.Proposed(Site.change("c", "b")));
    site.on(new Event.Approved(new ChangeId("c"), true));
    assertThat(why(site, "a")).isEmpty();
    assertThat(why(site, "b")).contains("b is not approved");
    assertThat(why(site, "c")).contains("it depends on b: b is not approved");
    assertThat(why(site, "x")).contains("x is not known");
    site.on(new Event.Proposed(Site.change("e", "x")));
    site.on(new Event.Approved(new ChangeId("e"), true));
    assertThat(why(site, "e")).contains("it depends on x: x is not known");
    assertThat(site.gate().whyNotQueued(new PipelineName("y"), new ChangeId("a")))
        .contains("there is no pipeline named y");
    site.on(new Event.Proposed(Site.change("d")));
    site.on(new Event.Approved(new ChangeId("d"), true));
    assertThat(why(site, "d")).contains("nobody has asked for it");
  }

  @Test
  void whatOtherRoomsKnowIsKeptWithTheChangeAndGoesWithIt() {
    Site site = Site.slots(9).enqueueAll("a");
    site.on(new Event.EstimateChanged(new ChangeId("a"), 0.25));
    site.on(new Event.TargetsKnown(new ChangeId("a"), Set.of("lib")));
    site.on(new Event.EstimateChanged(new ChangeId("a"), 0.5));
    site.on(new Event.FlakinessKnown(new JobName("test"), 0.05));
    site.on(new Event.EstimateChanged(new ChangeId("x"), 0.5));
    Row forecast =
        new Row.Forecast(new ChangeId("a"), Optional.of(0.5), Optional.of(Set.of("lib")));
    Row flakiness = new Row.Flakiness(new JobName("test"), 0.05);
    assertThat(site.gate().rows()).contains(forecast, flakiness);
    site.dequeue("a");
    assertThat(site.gate().rows()).contains(flakiness).doesNotContain(forecast);
    assertThatThrownBy(() -> new Event.EstimateChanged(new ChangeId("a"), 1.5))
        .hasMessage("a probability is from 0 to 1, got 1.5");
    assertThatThrownBy(() -> new Event.FlakinessKnown(new JobName("test"), Double.NaN))
        .hasMessage("a probability is from 0 to 1, got NaN");
  }

  @Test
  void aThousandEventsAtOnceLeaveNothingStuck() {
    Site site = Site.slots(4);
    for (int i = 0; i < 300; i++) {
      site.enqueue("c" + i, i % 7 == 6 ? new String[] {"c" + (i - 1)} : new String[0]);
    }
    for (int i = 0; i < 300; i++) {
      site.on(new Event.Dequeued(new ChangeId("c" + (i * 7 % 300)), "asked for"));
      site.on(new Event.TipMoved(Site.MAIN, new Content("t" + i % 2)));
    }
    assertThat(site.queued()).isEmpty();
    assertThat(site.ended()).hasSize(300);
  }

  @Test
  void manyInsertionsRightBehindOneItemKeepTheirOrderWhileJobsWaitForSlots() {
    BranchRef release = new BranchRef(Site.MAIN.project(), "release");
    Site site = Site.slots(0).enqueueAll("h", "z").mergesAll("h", "z");
    site.on(new Event.Held(new ChangeId("z"), "later"));
    site.on(new Event.TipMoved(release, new Content("r")));
    site.on(new Event.Enqueued(Site.change(release, "l", "l")));
    site.on(new Event.Enqueued(Site.change(release, "k", "k")));
    site.mergesAll("l", "k");
    for (int i = 1; i <= 50; i++) {
      site.on(new Event.Enqueued(PipelineName.GATE, Site.change("c" + i, "h"), true, i));
    }
    assertThat(site.queued()).startsWith("h", "c50", "c49").endsWith("c2", "c1", "z");
    assertThat(site.on(new Event.CapacityChanged(1))).containsExactly("start test of l on r+l");
    assertThat(site.on(new Event.CapacityChanged(3)))
        .containsExactly("start test of k on r+l+k", "start test of h on m+h");
  }

  @Test
  void whatIsBehindAHigherLaneIsBuiltOnIt() {
    Site site = Site.slots(9).enqueueAll("a", "b").mergesAll("a", "b");
    assertThat(site.on(enqueued("c", 1)))
        .containsExactly("prepare c on m", "cancel test of a on m+a", "cancel test of b on m+a+b");
    assertThat(site.merges("c")).containsExactly("prepare a on m+c", "start test of c on m+c");
  }

  @Test
  void aHigherLanePushesTheLastOutOfTheWindow() {
    Site site = Site.empty(GateSettings.gate(Window.fixed(1))).enqueueAll("a");
    site.on(enqueued("c", 1));
    assertThat(site.tip("m").explain("a").waitsFor())
        .containsExactly("place 2 of the queue; the window holds 1");
    assertThat(site.explain("c").state()).isEqualTo(ItemState.PREPARING);
  }

  @Test
  void whatLandsBehindAHeldChangeGoesOnLandingWhenAnotherIsPromoted() {
    Site site = Site.slots(9).enqueueAll("x", "b", "c").mergesAll("x");
    site.on(new Event.Held(new ChangeId("x"), "later"));
    site.merges("b");
    site.passes("b");
    promote(site, "c");
    assertThat(site.queued()).containsExactly("b", "c", "x");
    assertThat(site.lands("b")).contains("report b landed");
  }

  @Test
  void whatWasMergedOutsideKeepsAPlaceInAPromotion() {
    Site site = Site.slots(9).enqueueAll("a", "b");
    site.on(new Event.MergedOutside(new ChangeId("a")));
    promote(site, "b");
    assertThat(site.queued()).containsExactly("b", "a");
  }

  @Test
  void whatIsHeldAndMovedAssumesNothing() {
    Site site = Site.slots(9).enqueueAll("a", "b", "c").mergesAll("a", "b", "c");
    site.on(new Event.Held(new ChangeId("b"), "later"));
    promote(site, "b");
    assertThat(site.queued()).containsExactly("b", "a", "c");
    assertThat(site.explain("b").assumed()).isEmpty();
  }

  @Test
  void aChangeOutsideTheWindowCanBeHeld() {
    Site site = Site.empty(GateSettings.gate(Window.fixed(1))).tip("m").enqueueAll("a", "b");
    assertThat(site.on(new Event.Held(new ChangeId("b"), "later"))).isEmpty();
    assertThat(site.explain("b").waitsFor()).containsExactly("held: later");
  }

  @Test
  void whatStoodOnAnotherSaysThatOneAheadIsReleased() {
    Site site = Site.slots(9).enqueueAll("a", "x").mergesAll("a", "x");
    site.on(new Event.Held(new ChangeId("x"), "later"));
    site.enqueue("b");
    site.merges("b");
    site.on(new Event.Released(new ChangeId("x")));
    assertThat(site.explain("b").lastRestart())
        .isEqualTo("another item ahead of it is tested again and may land first");
  }

  @Test
  void whatIsBehindAHeldChangeIsBuiltAgainWhenWhatItStandsOnFails() {
    Site site = Site.slots(9).enqueueAll("h", "a", "b").mergesAll("h", "a");
    site.on(new Event.Held(new ChangeId("b"), "later"));
    site.enqueue("c");
    site.merges("c");
    assertThat(site.fails("a")).containsExactly("cancel test of c on m+h+a+c", "prepare c on m+h");
  }

  @Test
  void certaintiesAreProbabilitiesToo() {
    assertThat(new Event.EstimateChanged(new ChangeId("a"), 0).probability()).isZero();
    assertThat(new Event.EstimateChanged(new ChangeId("a"), 1).probability()).isEqualTo(1);
  }

  @Test
  void whatOtherRoomsKnowGoesWhenTheChangeLands() {
    Site site = Site.slots(9).enqueueAll("a").mergesAll("a");
    site.on(new Event.TargetsKnown(new ChangeId("a"), Set.of("lib")));
    assertThat(forecasts(site))
        .extracting(forecast -> forecast.targets().orElseThrow())
        .containsExactly(Set.of("lib"));
    site.passes("a");
    site.lands("a");
    assertThat(forecasts(site)).isEmpty();
  }

  @Test
  void aFreezeIsKept() {
    Site site = Site.slots(9);
    site.on(new Event.Frozen(Site.MAIN, "release 7"));
    assertThat(site.gate().rows()).contains(new Row.Freeze(Site.MAIN, "release 7"));
    assertThat(site.gate().rows()).extracting(Row::key).doesNotContainNull();
  }

  private static List<Row.Forecast> forecasts(Site site) {
    return site.gate().rows().stream()
        .filter(Row.Forecast.class::isInstance)
        .map(Row.Forecast.class::cast)
        .toList();
  }

  private static Optional<String> why(Site site, String change) {
    return site.gate().whyNotQueued(PipelineName.GATE, new ChangeId(change));
  }

  private static Event enqueued(String name, int lane) {
    return new Event.Enqueued(PipelineName.GATE, Site.change(name), true, lane);
  }

  private static List<String> promote(Site site, String... names) {
    return site.on(
        new Event.Promoted(PipelineName.GATE, List.of(names).stream().map(ChangeId::new).toList()));
  }
}
