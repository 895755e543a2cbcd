package dev.headgate.gate;

import static dev.headgate.gate.Site.hard;
import static dev.headgate.gate.Site.job;
import static org.assertj.core.api.Assertions.assertThat;

import dev.headgate.model.ChangeId;
import dev.headgate.model.Content;
import dev.headgate.model.JobGraph;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the machine says of a queued change, in words. */
final class ExplanationTests {
  private static void waits(Site site, String change, String... sentences) {
    assertThat(site.explain(change).waitsFor()).containsExactly(sentences);
  }

  @Test
  void whatIsNotQueuedHasNoExplanation() {
    assertThat(Site.slots(1).gate().explain(new ChangeId("a"))).isEmpty();
  }

  @Test
  void theTipIsNotKnown() {
    Site site = Site.empty(GateSettings.DEFAULT);
    site.enqueue("a");
    waits(site, "a", "where main stands is not known yet");
  }

  @Test
  void itIsMergedOrTheOneAheadIs() {
    Site site = Site.slots(1).enqueueAll("a", "b");
    waits(site, "a", "being merged onto its path");
    waits(site, "b", "the item ahead of it is being merged");
  }

  @Test
  void itIsOutsideTheWindow() {
    Site site = Site.empty(GateSettings.gate(Window.fixed(1))).tip("m").enqueueAll("a", "b");
    waits(site, "b", "place 2 of the queue; the window holds 1");
  }

  @Test
  void jobsRunWaitForAWorkerOrForEachOther() {
    Site site =
        Site.slots(1).jobs(job("x"), job("y"), job("z", hard("x"), hard("y"))).enqueueAll("a");
    site.merges("a");
    waits(site, "a", "x runs (build 1)", "y waits for a free worker", "z waits for x, y");
    site.passes("a", "x");
    waits(site, "a", "y runs (build 2)", "z waits for y");
  }

  @Test
  void itPassedAndWaitsForThoseAhead() {
    Site site = Site.slots(9).enqueueAll("a", "b").mergesAll("a", "b");
    site.passes("b");
    waits(site, "b", "all its jobs ended; it is landed if the 1 ahead of it end as assumed");
  }

  @Test
  void itFailedAndWaitsForThoseAhead() {
    Site site = Site.slots(9).enqueueAll("a", "b").mergesAll("a", "b");
    site.fails("b");
    waits(
        site,
        "b",
        "test failed: exit status 1 (build 2); all its jobs ended; it is rejected if the 1 ahead of"
            + " it end as assumed");
  }

  @Test
  void itConflictsAndWaitsForThoseAhead() {
    Site site = Site.slots(9).enqueueAll("a", "b").mergesAll("a");
    site.conflicts("b");
    assertThat(site.explain("b").waitsFor().getFirst())
        .startsWith("src/b is changed by both")
        .endsWith("it is rejected if the 1 ahead of it end as assumed");
  }

  @Test
  void itIsLanding() {
    Site site = Site.slots(9).enqueueAll("a").mergesAll("a");
    site.passes("a");
    waits(site, "a", "the branch main is being moved to it");
  }

  @Test
  void itTellsPlacePathAndRestarts() {
    Site site = Site.slots(9).enqueueAll("a", "b", "c").mergesAll("a", "b", "c");
    site.fails("b");
    site.merges("c");
    Explanation c = site.explain("c");
    assertThat(c.position()).isEqualTo(3);
    assertThat(c.length()).isEqualTo(3);
    assertThat(c.assumed()).containsExactly(new ChangeId("a"));
    assertThat(c.base()).containsExactly(Map.entry(Site.MAIN, new Content("m+a")));
    assertThat(c.contents()).containsExactly(Map.entry(Site.MAIN, new Content("m+a+c")));
    assertThat(c.restarts()).isOne();
    assertThat(c.lastRestart()).isEqualTo("it was built on b, which is failing");
  }

  @Test
  void anItemWhosePredecessorLeftSaysSo() {
    Site site = Site.slots(9).enqueueAll("a", "b").mergesAll("a", "b");
    site.dequeue("a");
    assertThat(site.explain("b").lastRestart()).isEqualTo("it was built on a, which was withdrawn");
  }

  @Test
  void anItemStandingOnAnAlreadyContainedOneThatLeavesStandsOnWhatIsBelow() {
    Site site = Site.slots(9).enqueueAll("a", "b", "c").mergesAll("a");
    // b is contained in a already, so c's path reads the same with and without it.
    site.on(
        new Event.Prepared(
            site.preparation("b").preparation(),
            Site.change("b"),
            site.preparation("b").baseOfChange(),
            JobGraph.EMPTY,
            List.of()));
    site.merges("c");
    assertThat(site.build("c", "test").content()).isEqualTo(new Content("m+a+c"));
    assertThat(site.dequeue("b")).containsExactly("report b withdrawn");
    assertThat(site.explain("c").restarts()).isZero();
    assertThat(site.explain("c").assumed()).containsExactly(new ChangeId("a"));
  }
}
