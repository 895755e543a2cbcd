package dev.headgate.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headgate.model.Change;
import dev.headgate.model.ChangeId;
import dev.headgate.model.Content;
import dev.headgate.model.Job;
import dev.headgate.model.PipelineName;
import dev.headgate.model.Revision;
import dev.headgate.model.TestCounts;
import dev.headgate.model.Verdict;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Verdicts that count again, and what changes carry and need at which revision. */
final class ReuseTests {
  private static final PipelineName CHECK = new PipelineName("check");

  @Test
  void aJobThatPassedOnTheSameContentsIsNotRunAgain() {
    Site site = Site.slots(9).jobs(Site.job("one"), Site.job("two")).enqueueAll("a", "b");
    site.mergesAll("a", "b");
    site.passes("b", "one");
    awayAndBack(site);
    assertThat(site.merges("b")).containsExactly("start two of b on m+a+b");
    assertThat(site.builds()).contains("b/one ended");
    site.passes("b", "two");
    site.passes("a", "one");
    site.passes("a", "two");
    assertThat(site.lands("a")).containsExactly("report a landed", "land b: m+a to m+a+b");
    site.lands("b");
    assertThat(site.end("b").jobs()).extracting(end -> end.build().value()).hasSize(2);
    assertThat(site.gate().isIdle()).isFalse();
    for (String cancelled : List.of("one", "two")) {
      site.on(
          new Event.BuildEnded(
              site.builds("a", cancelled).getFirst().build(),
              new Verdict(Verdict.Kind.NONE, "cancelled"),
              TestCounts.NONE));
    }
  }

  @Test
  void aJobThatIsDefinedInAnotherWayIsRunAgain() {
    Site site = Site.slots(9).enqueueAll("a", "b").mergesAll("a", "b");
    site.passes("b");
    awayAndBack(site);
    assertThat(site.merges("b", Site.graph(Site.job("test", true, 2, 0))))
        .containsExactly("start test of b on m+a+b");
  }

  @Test
  void whatIsNotToBeReusedIsRunAgain() {
    Site site = Site.empty(GateSettings.DEFAULT.with(Differences.HEADGATE.reusingVerdicts(false)));
    site.capacity(9).tip("m").enqueueAll("a", "b").mergesAll("a", "b");
    site.passes("b");
    awayAndBack(site);
    assertThat(site.merges("b")).containsExactly("start test of b on m+a+b");
  }

  @Test
  void whatIsCarriedAtAnOlderRevisionIsNotTestedOn() {
    Site site = check();
    site.on(new Event.Proposed(Site.change("a")));
    site.on(new Event.Enqueued(CHECK, Site.change("b", "a"), true, 0));
    assertThat(site.preparation("b").carried())
        .extracting(Change::id)
        .containsExactly(new ChangeId("a"));
    assertThat(site.on(new Event.Proposed(Site.change(Site.MAIN, "a", "a2"))))
        .containsExactly("report b rejected");
    assertThat(site.end("b").reason())
        .isEqualTo("it depends on a, which has another revision or is not queued any more");
    assertThat(site.end("b").cause()).isEqualTo(ItemEnd.Cause.DEPENDENCY);
  }

  @Test
  void aParentCommitIsCarriedAtItsOwnRevision() {
    Site site = check();
    site.on(new Event.Proposed(Site.change("a")));
    site.on(new Event.Enqueued(CHECK, onParent("b", "a"), true, 0));
    assertThat(site.on(new Event.Proposed(Site.change(Site.MAIN, "a", "a2")))).isEmpty();
    assertThat(site.explain("b").queue().pipeline()).isEqualTo(CHECK);
  }

  @Test
  void aParentCommitThatIsOlderThanItsChangeIsCarriedAllTheSame() {
    Site site = check();
    site.on(new Event.Proposed(Site.change(Site.MAIN, "a", "a2")));
    site.on(new Event.Enqueued(CHECK, onParent("b", "a"), true, 0));
    assertThat(site.preparation("b").carried())
        .extracting(change -> change.revision().value())
        .containsExactly("a");
  }

  @Test
  void whatIsCarriedComesInTheOrderOfNeeds() {
    Site site = check();
    site.on(new Event.Proposed(Site.change("a")));
    site.on(new Event.Proposed(Site.change("b", "a")));
    site.on(new Event.Proposed(Site.change("c", "a", "b")));
    site.on(new Event.Enqueued(CHECK, Site.change("d", "c", "a"), true, 0));
    assertThat(site.preparation("d").carried())
        .extracting(change -> change.id().value())
        .containsExactly("a", "b", "c");
  }

  @Test
  void whatStandsOnAnOldRevisionIsToBeRebased() {
    Site site = Site.slots(9);
    site.on(new Event.Enqueued(Site.change(Site.MAIN, "a", "a2")));
    site.on(new Event.Enqueued(onParent("b", "a")));
    assertThat(site.end("b").reason())
        .isEqualTo("it stands on an older revision of a than the present one; rebase it");
  }

  @Test
  void whatNeedsAChangeThatWasGivenUpIsRefused() {
    Site site = Site.slots(9).enqueueAll("a");
    site.on(new Event.Proposed(Site.change("b", "a")));
    site.on(new Event.Abandoned(new ChangeId("a")));
    site.on(new Event.Enqueued(Site.change("b", "a")));
    assertThat(site.end("b").reason()).isEqualTo("it depends on a, which was given up");
    site.on(new Event.Enqueued(Site.change("a")));
    site.on(new Event.Enqueued(Site.change("b", "a")));
    assertThat(site.queued()).containsExactly("a", "b");
  }

  @Test
  void whatNeedsAChangeThatIsKnownAndNotApprovedIsRefused() {
    Site site = Site.slots(9);
    site.on(new Event.Proposed(Site.change("a")));
    site.on(new Event.Enqueued(Site.change("b", "a")));
    assertThat(site.end("b").reason())
        .isEqualTo("it depends on a, which has not landed and is not queued");
  }

  @Test
  void anAbandonedChangeThatLandsAndIsAskedForAgainStaysIfItIsRefused() {
    Site site = Site.slots(9).enqueueAll("a").mergesAll("a");
    site.passes("a");
    site.on(new Event.Abandoned(new ChangeId("a")));
    site.on(new Event.Enqueued(Site.change("a")));
    assertThat(site.isRefused("a", "n")).containsExactly("prepare a on n");
  }

  @Test
  void whatStoodOnAMergedChangeThatIsRejectedIsBuiltAgain() {
    Site site = Site.slots(9).enqueueAll("a", "b").mergesAll("a", "b");
    site.on(new Event.MergedOutside(new ChangeId("a")));
    assertThat(site.fails("a"))
        .containsExactly("report a rejected", "cancel test of b on m+a+b", "prepare b on m");
  }

  @Test
  void allJobsThatPassedOnTheSameContentsAreNotRunAgainUpToABound() {
    Job[] jobs = new Job[65];
    for (int i = 0; i < jobs.length; i++) {
      jobs[i] = Site.job("j" + i);
    }
    Site site = Site.slots(500).jobs(jobs).enqueueAll("a", "b").mergesAll("a", "b");
    for (Job job : jobs) {
      site.passes("b", job.name().value());
    }
    awayAndBack(site);
    assertThat(site.builds()).filteredOn(build -> build.startsWith("b/")).hasSize(64);
    assertThat(site.merges("b")).as("the oldest").containsExactly("start j0 of b on m+a+b");
  }

  @Test
  void whatWasKeptIsForgottenWithTheItem() {
    Site site = Site.slots(9).jobs(Site.job("one"), Site.job("two")).enqueueAll("a", "b");
    site.mergesAll("a", "b");
    site.passes("b", "one");
    site.passes("b", "two");
    site.tip("n");
    assertThat(site.builds()).filteredOn(build -> build.startsWith("b/")).hasSize(2);
    site.dequeue("b");
    assertThat(site.builds()).noneMatch(build -> build.startsWith("b/"));
  }

  /** Held, and released: what is behind stands elsewhere for a while, and comes back. */
  private static void awayAndBack(Site site) {
    site.on(new Event.Held(new ChangeId("a"), "for a while"));
    site.on(new Event.Released(new ChangeId("a")));
    site.merges("a");
  }

  private static Site check() {
    Site site =
        Site.empty(
            new GateSettings(
                List.of(Pipeline.of("check", Manager.INDEPENDENT)),
                List.of(),
                Map.of(),
                Differences.HEADGATE));
    site.on(new Event.TipMoved(Site.MAIN, new Content("m")));
    return site;
  }

  private static Change onParent(String name, String parent) {
    Change plain = Site.change(name, parent);
    return new Change(
        plain.id(),
        plain.target(),
        plain.revision(),
        plain.dependsOn(),
        plain.title(),
        Map.of(new ChangeId(parent), new Revision(parent)),
        "",
        Set.of());
  }
}
