package dev.headgate.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headgate.model.BuildId;
import dev.headgate.model.Content;
import dev.headgate.model.ItemId;
import dev.headgate.model.PreparationId;
import dev.headgate.model.TestCounts;
import dev.headgate.model.Verdict;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Answers that come late, twice, in another order, or about what is gone. */
final class AnswerTests {
  private static final Verdict PASSED = new Verdict(Verdict.Kind.PASSED, "");
  private static final Verdict FAILED = new Verdict(Verdict.Kind.FAILED, "exit status 1");

  private static void changesNothing(Site site, Event event) {
    List<Row> before = site.gate().rows();
    assertThat(site.on(event)).isEmpty();
    assertThat(site.gate().rows()).isEqualTo(before);
  }

  @Test
  void answersAboutWhatNeverWasChangeNothing() {
    Site site = Site.slots(9).enqueueAll("a").mergesAll("a");
    PreparationId preparation = new PreparationId(99);
    BuildId build = new BuildId(99);
    ItemId item = new ItemId(99);
    Content content = new Content("x");
    for (Event event :
        List.of(
            new Event.Prepared(preparation, Site.change("a"), content, Site.ONE_JOB, List.of()),
            new Event.Conflicted(preparation, "detail"),
            new Event.ConfigBroken(preparation, "detail"),
            new Event.BuildStarted(build),
            new Event.BuildEnded(build, PASSED, TestCounts.NONE),
            new Event.BuildLost(build, "gone"),
            new Event.Landed(item, Map.of(Site.MAIN, content)),
            new Event.LandRefused(item, Map.of(Site.MAIN, content), "why", Set.of()),
            new Event.ClockAdvanced())) {
      changesNothing(site, event);
    }
  }

  @Test
  void aRepeatedPreparationChangesNothing() {
    Site site = Site.slots(9).enqueueAll("a");
    Effect.Prepare open = site.preparation("a");
    site.merges("a");
    changesNothing(
        site,
        new Event.Prepared(
            open.preparation(), Site.change("a"), new Content("other"), Site.ONE_JOB, List.of()));
    changesNothing(site, new Event.Conflicted(open.preparation(), "detail"));
    changesNothing(site, new Event.ConfigBroken(open.preparation(), "detail"));
  }

  @Test
  void theFirstEndOfABuildCounts() {
    Site site = Site.slots(9).jobs(Site.job("x"), Site.job("y")).enqueueAll("a").mergesAll("a");
    BuildId build = site.build("a", "x").build();
    site.passes("a", "x");
    changesNothing(site, new Event.BuildEnded(build, FAILED, TestCounts.NONE));
    changesNothing(site, new Event.BuildLost(build, "gone"));
    changesNothing(site, new Event.BuildStarted(build));
  }

  @Test
  void aBuildMayEndBeforeItIsKnownToHaveStarted() {
    Site site = Site.slots(9).enqueueAll("a").mergesAll("a");
    BuildId build = site.build("a", "test").build();
    assertThat(site.passes("a")).containsExactly("land a: m to m+a");
    changesNothing(site, new Event.BuildStarted(build));
  }

  @Test
  void aRepeatedStartChangesNothing() {
    Site site = Site.slots(9).enqueueAll("a").mergesAll("a");
    site.begins("a", "test");
    changesNothing(site, new Event.BuildStarted(site.build("a", "test").build()));
  }

  @Test
  void aCancelledBuildThatPassedAfterAllSaysNothingOfTheNewPath() {
    Site site = Site.slots(9).enqueueAll("a").mergesAll("a");
    BuildId former = site.build("a", "test").build();
    site.tip("n");
    site.merges("a");
    assertThat(site.on(new Event.BuildEnded(former, PASSED, TestCounts.NONE))).isEmpty();
    assertThat(site.builds()).containsExactly("a/test starting");
    changesNothing(site, new Event.BuildEnded(former, PASSED, TestCounts.NONE));
  }

  @Test
  void aCancelledBuildThatIsKnownToRunOnlyNowStaysCancelled() {
    Site site = Site.slots(9).enqueueAll("a").mergesAll("a");
    BuildId former = site.build("a", "test").build();
    site.tip("n");
    changesNothing(site, new Event.BuildStarted(former));
    assertThat(site.builds()).containsExactly("a/test cancelling");
  }

  @Test
  void aLandingAnsweredForAnItemThatIsNotLandingChangesNothing() {
    Site site = Site.slots(9).enqueueAll("a").mergesAll("a");
    changesNothing(site, new Event.Landed(site.item("a"), Map.of(Site.MAIN, new Content("m+a"))));
    changesNothing(
        site,
        new Event.LandRefused(
            site.item("a"), Map.of(Site.MAIN, new Content("n")), "why", Set.of()));
  }

  @Test
  void aRepeatedLandingChangesNothing() {
    Site site = Site.slots(9).enqueueAll("a").mergesAll("a");
    ItemId item = site.item("a");
    site.passes("a");
    site.lands("a");
    changesNothing(site, new Event.Landed(item, Map.of(Site.MAIN, new Content("m+a"))));
    changesNothing(
        site, new Event.LandRefused(item, Map.of(Site.MAIN, new Content("m+a")), "why", Set.of()));
  }

  @Test
  void anAnswerToAFormerEntryOfAChangeSaysNothingOfTheNewOne() {
    Site site = Site.slots(9).enqueueAll("a");
    Effect.Prepare former = site.preparation("a");
    site.dequeue("a");
    site.enqueue("a");
    changesNothing(
        site,
        new Event.Prepared(
            former.preparation(), Site.change("a"), new Content("m+a"), Site.ONE_JOB, List.of()));
  }
}
