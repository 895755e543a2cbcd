package dev.headgate.gate;

import static dev.headgate.gate.Site.job;
import static org.assertj.core.api.Assertions.assertThat;

import dev.headgate.model.BranchRef;
import dev.headgate.model.Content;
import dev.headgate.model.TestCounts;
import dev.headgate.model.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Slots: how many builds run, and which get the free ones. */
final class CapacityTests {
  private static List<String> capacity(Site site, int slots) {
    return site.on(new Event.CapacityChanged(slots));
  }

  @Test
  void nothingRunsWithoutSlotsAndEverythingDueRunsWhenTheyCome() {
    Site site = Site.slots(0).enqueueAll("a", "b");
    site.merges("a");
    assertThat(site.merges("b")).isEmpty();
    assertThat(capacity(site, 1)).containsExactly("start test of a on m+a");
    assertThat(capacity(site, 2)).containsExactly("start test of b on m+a+b");
  }

  @Test
  void itemsNearerTheHeadGetTheFreeSlotsFirst() {
    Site site = Site.slots(0).jobs(job("x"), job("y")).enqueueAll("a", "b");
    site.mergesAll("a", "b");
    assertThat(capacity(site, 3))
        .containsExactly("start x of a on m+a", "start y of a on m+a", "start x of b on m+a+b");
  }

  @Test
  void anEndedBuildGivesItsSlotToTheNextJobDue() {
    Site site = Site.slots(1).enqueueAll("a", "b").mergesAll("a", "b");
    assertThat(site.passes("a")).containsExactly("land a: m to m+a", "start test of b on m+a+b");
  }

  @Test
  void aCancelledBuildHoldsItsSlotUntilItHasEnded() {
    Site site = Site.slots(1).enqueueAll("a").mergesAll("a");
    Effect.Start first = site.build("a", "test");
    site.begins("a", "test");
    assertThat(site.on(new Event.TipMoved(Site.MAIN, new Content("n"))))
        .containsExactly("cancel test of a on m+a", "prepare a on n");
    assertThat(site.merges("a")).isEmpty();
    assertThat(
            site.on(
                new Event.BuildEnded(
                    first.build(), new Verdict(Verdict.Kind.NONE, "cancelled"), TestCounts.NONE)))
        .containsExactly("start test of a on n+a");
  }

  @Test
  void fewerSlotsLetWhatRunsEndAndStartNothingMeanwhile() {
    Site site = Site.slots(3).enqueueAll("a", "b", "c", "d").mergesAll("a", "b", "c", "d");
    assertThat(capacity(site, 1)).isEmpty();
    assertThat(site.passes("b")).isEmpty();
    assertThat(site.passes("c")).isEmpty();
    assertThat(site.passes("a"))
        .containsExactly("land a: m to m+a", "start test of d on m+a+b+c+d");
  }

  @Test
  void aLostBuildGivesItsSlotBack() {
    Site site = Site.slots(1).enqueueAll("a").mergesAll("a");
    assertThat(site.loses("a", "test")).containsExactly("start test of a on m+a");
    assertThat(site.builds("a", "test")).hasSize(2);
  }

  @Test
  void slotsAreSharedByAllQueues() {
    var release = new BranchRef(Site.MAIN.project(), "release");
    Site site = Site.slots(1).enqueueAll("a").mergesAll("a");
    site.on(new Event.TipMoved(release, new Content("r")));
    site.on(new Event.Enqueued(Site.change(release, "x", "x")));
    assertThat(site.merges("x")).isEmpty();
    assertThat(site.passes("a")).contains("start test of x on r+x");
  }

  @Test
  void aJobThatFoundNoSlotStartsWhenAnyBuildHasEnded() {
    Site site = Site.slots(0).jobs(job("x"), job("y")).enqueueAll("a", "b");
    site.mergesAll("a", "b");
    capacity(site, 3);
    assertThat(site.passes("a", "x")).containsExactly("start y of b on m+a+b");
  }
}
