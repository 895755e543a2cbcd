package dev.headgate.gate;

import static dev.headgate.gate.Site.hard;
import static dev.headgate.gate.Site.job;
import static dev.headgate.gate.Site.nonVoting;
import static dev.headgate.gate.Site.soft;
import static org.assertj.core.api.Assertions.assertThat;

import dev.headgate.model.Job;
import dev.headgate.model.JobName;
import dev.headgate.model.Need;
import dev.headgate.model.Outcome;
import dev.headgate.model.TestCounts;
import dev.headgate.model.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The job graph of one item: needs, voting, attempts and retries. */
final class JobTests {
  /**
   * The ends of the builds of one job, one letter each: p passed, f failed, e environment, l lost,
   * n none; what follows the last of them.
   */
  @ParameterizedTest
  @CsvSource({
    "3, 0, p, land",
    "3, 0, f, rejected change",
    "3, 0, e, again",
    "3, 0, l, again",
    "3, 0, ep, land",
    "3, 0, ef, rejected change",
    "3, 0, ee, again",
    "3, 0, eep, land",
    "3, 0, eee, rejected environment",
    "3, 0, lel, rejected environment",
    "1, 0, e, rejected environment",
    "1, 0, l, rejected environment",
    "1, 0, n, rejected environment",
    "3, 0, nnn, rejected environment",
    "3, 1, f, again",
    "3, 1, fp, land",
    "3, 1, ff, rejected change",
    "3, 1, fe, again",
    "3, 1, fep, land",
    "3, 1, fef, rejected change",
    "3, 2, ffp, land",
    "3, 2, fff, rejected change",
    "1, 1, fe, rejected environment",
    "1, 2, ffe, rejected environment",
    "2, 1, efe, rejected environment",
  })
  void failuresAndFaultsAreCountedApart(int attempts, int retry, String ends, String then) {
    Site site = Site.slots(1).jobs(job("test", true, attempts, retry)).enqueueAll("a");
    site.merges("a");
    List<String> last = new ArrayList<>();
    for (char end : ends.toCharArray()) {
      last = end(site, end);
    }
    switch (then) {
      case "land" -> assertThat(last).containsExactly("land a: m to m+a");
      case "again" -> {
        assertThat(last).containsExactly("start test of a on m+a");
        assertThat(site.build("a", "test").attempt()).isEqualTo(ends.length() + 1);
      }
      default -> {
        assertThat(last).containsExactly("report a rejected");
        assertThat("rejected " + site.end("a").outcome().code()).isEqualTo(then);
      }
    }
  }

  private static List<String> end(Site site, char end) {
    return switch (end) {
      case 'p' -> site.passes("a");
      case 'f' -> site.fails("a");
      case 'e' -> site.faults("a", "test");
      case 'l' -> site.loses("a", "test");
      case 'n' -> site.ends("a", "test", Verdict.Kind.NONE, "cancelled");
      default -> throw new IllegalArgumentException("no end " + end);
    };
  }

  @Test
  void aHardNeedIsWaitedForAndStartedAfterItPassed() {
    Site site = Site.slots(9).jobs(job("unit"), job("pack", hard("unit"))).enqueueAll("a");
    assertThat(site.merges("a")).containsExactly("start unit of a on m+a");
    assertThat(site.passes("a", "unit")).containsExactly("start pack of a on m+a");
    assertThat(site.passes("a", "pack")).containsExactly("land a: m to m+a");
  }

  @Test
  void aJobWhoseHardNeedFailedNeverRuns() {
    Site site = Site.slots(9).jobs(job("unit"), job("pack", hard("unit"))).enqueueAll("a");
    site.merges("a");
    assertThat(site.fails("a", "unit")).containsExactly("report a rejected");
    assertThat(site.end("a").reason()).isEqualTo("unit failed: exit status 1 (build 1)");
    assertThat(site.buildsStarted()).isOne();
  }

  @Test
  void aJobIsSkippedThroughAChainOfHardNeeds() {
    Site site =
        Site.slots(9)
            .jobs(job("a1"), job("a2", hard("a1")), job("a3", hard("a2")), job("other"))
            .enqueueAll("a");
    site.merges("a");
    site.passes("a", "other");
    assertThat(site.fails("a", "a1")).containsExactly("report a rejected");
    assertThat(site.buildsStarted()).isEqualTo(2);
  }

  @Test
  void aSoftNeedIsWaitedForWhateverItsEnd() {
    Site site = Site.slots(9).jobs(nonVoting("lint"), job("pack", soft("lint"))).enqueueAll("a");
    assertThat(site.merges("a")).containsExactly("start lint of a on m+a");
    assertThat(site.fails("a", "lint")).containsExactly("start pack of a on m+a");
    assertThat(site.passes("a", "pack")).containsExactly("land a: m to m+a");
  }

  @Test
  void aSoftNeedOnASkippedJobDoesNotSkip() {
    Site site =
        Site.slots(9)
            .jobs(nonVoting("lint"), nonVoting("docs", hard("lint")), job("pack", soft("docs")))
            .enqueueAll("a");
    site.merges("a");
    assertThat(site.fails("a", "lint")).containsExactly("start pack of a on m+a");
  }

  @Test
  void aJobWaitsForAllItsNeeds() {
    Site site =
        Site.slots(9).jobs(job("x"), job("y"), job("z", hard("x"), soft("y"))).enqueueAll("a");
    assertThat(site.merges("a")).containsExactly("start x of a on m+a", "start y of a on m+a");
    assertThat(site.passes("a", "y")).isEmpty();
    assertThat(site.passes("a", "x")).containsExactly("start z of a on m+a");
  }

  @Test
  void aNeedThatIsTriedAgainIsWaitedForUntilItIsDecided() {
    Site site =
        Site.slots(9).jobs(job("unit", true, 3, 1), job("pack", hard("unit"))).enqueueAll("a");
    site.merges("a");
    assertThat(site.fails("a", "unit")).containsExactly("start unit of a on m+a");
    assertThat(site.passes("a", "unit")).containsExactly("start pack of a on m+a");
  }

  @Test
  void aNonVotingFailureDoesNotKeepFromLandingAndIsTold() {
    Site site = Site.slots(9).jobs(job("unit"), nonVoting("style")).enqueueAll("a");
    site.merges("a");
    site.passes("a", "unit");
    assertThat(site.fails("a", "style")).containsExactly("land a: m to m+a");
    site.lands("a");
    assertThat(site.end("a").jobs())
        .extracting(end -> end.job() + " " + end.verdict().kind().code() + " " + end.voting())
        .containsExactly("unit passed true", "style failed false");
  }

  @Test
  void aNonVotingFailureBehindTheHeadRestartsNobody() {
    Site site = Site.slots(9).jobs(job("unit"), nonVoting("style")).enqueueAll("a", "b");
    site.mergesAll("a", "b");
    assertThat(site.fails("a", "style")).isEmpty();
    assertThat(site.explain("b").restarts()).isZero();
  }

  @Test
  void aVotingJobThatCouldNotRunBecauseANonVotingOneFailedRejectsAndSaysWhy() {
    Site site = Site.slots(9).jobs(nonVoting("lint"), job("pack", hard("lint"))).enqueueAll("a");
    site.merges("a");
    assertThat(site.fails("a", "lint")).containsExactly("report a rejected");
    assertThat(site.end("a").outcome()).isEqualTo(Outcome.CHANGE);
    assertThat(site.end("a").reason())
        .isEqualTo("pack did not run: lint failed: exit status 1 (build 1)");
  }

  @Test
  void aVotingJobThatCouldNotRunForAFaultIsTheEnvironmentsFault() {
    Site site =
        Site.slots(9)
            .jobs(
                job("lint", false, 1, 0), nonVoting("mid", hard("lint")), job("pack", hard("mid")))
            .enqueueAll("a");
    site.merges("a");
    assertThat(site.faults("a", "lint")).containsExactly("report a rejected");
    assertThat(site.end("a").outcome()).isEqualTo(Outcome.ENVIRONMENT);
    assertThat(site.end("a").reason())
        .isEqualTo("pack did not run: lint failed: disk full (build 1)");
  }

  @Test
  void everyVotingFailureIsNamed() {
    Site site = Site.slots(9).jobs(job("x"), job("y")).enqueueAll("a");
    site.merges("a");
    assertThat(site.fails("a", "x")).as("y still runs and may say more").isEmpty();
    assertThat(site.fails("a", "y")).containsExactly("report a rejected");
    assertThat(site.end("a").reason())
        .isEqualTo("x failed: exit status 1 (build 1); y failed: exit status 1 (build 2)");
  }

  @Test
  void aRealFailureBesideAFaultIsTheChangesFault() {
    Site site = Site.slots(9).jobs(job("x", true, 1, 0), job("y")).enqueueAll("a");
    site.merges("a");
    site.faults("a", "x");
    site.fails("a", "y");
    assertThat(site.end("a").outcome()).isEqualTo(Outcome.CHANGE);
  }

  @Test
  void aFailureStepsAsideForOthersBeforeItsOtherJobsEnded() {
    Site site = Site.slots(9).jobs(job("x"), job("y")).enqueueAll("a", "b");
    site.mergesAll("a", "b");
    assertThat(site.fails("a", "x"))
        .containsExactly("cancel x of b on m+a+b", "cancel y of b on m+a+b", "prepare b on m");
    assertThat(site.ended()).isEmpty();
  }

  @Test
  void retriesBeginAnewOnANewPath() {
    Site site = Site.slots(9).jobs(job("test", true, 3, 1)).enqueueAll("a", "b");
    site.mergesAll("a", "b");
    site.fails("b");
    site.passes("a");
    site.isRefused("a", "n");
    site.merges("a");
    site.merges("b");
    assertThat(site.build("b", "test").attempt()).isOne();
    assertThat(site.fails("b")).containsExactly("start test of b on n+a+b");
  }

  @Test
  void jobsWhoseFilesAreUntouchedDoNotRun() {
    Job docs =
        new Job(
            new JobName("docs"),
            "make docs",
            List.of(),
            Job.DEFAULT_TIMEOUT,
            true,
            3,
            0,
            List.of("docs/**"),
            Map.of(),
            List.of());
    Site site = Site.slots(9).jobs(job("unit"), docs).enqueueAll("a");
    assertThat(site.merges("a")).containsExactly("start unit of a on m+a");
    assertThat(site.passes("a", "unit")).containsExactly("land a: m to m+a");
    Site needing = Site.slots(9).jobs(job("unit", hard("docs")), docs).enqueueAll("a");
    assertThat(needing.merges("a"))
        .as("what a job needs")
        .containsExactly("start docs of a on m+a");
  }

  @Test
  void aLayeredGraphIsDecidedQuickly() {
    // Each of 30 layers of 8 needs all of the layer before: 8^29 ways from the last to the first.
    List<Job> jobs = new ArrayList<>();
    List<String> before = List.of();
    for (int layer = 0; layer < 30; layer++) {
      List<String> names = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        String name = "j" + layer + "-" + i;
        jobs.add(job(name, before.stream().map(Site::hard).toArray(Need[]::new)));
        names.add(name);
      }
      before = names;
    }
    Site site = Site.slots(500).jobs(jobs.toArray(Job[]::new)).enqueueAll("a");
    site.merges("a");
    for (int i = 0; i < 7; i++) {
      site.passes("a", "j0-" + i);
    }
    assertThat(site.fails("a", "j0-7")).containsExactly("report a rejected");
    assertThat(site.end("a").reason()).isEqualTo("j0-7 failed: exit status 1 (build 8)");
  }

  @Test
  void theFirstFailureEndsTheOtherJobsWhereThePipelineFailsFast() {
    Site site =
        Site.empty(PipelineDraft.site(PipelineDraft.gate().failFast()))
            .capacity(9)
            .tip("m")
            .jobs(job("x"), job("y", true, 3, 0), job("z", hard("y")))
            .enqueueAll("h", "a");
    site.mergesAll("h", "a");
    site.faults("a", "y");
    assertThat(site.builds("a", "y")).hasSize(2);
    assertThat(site.fails("a", "x")).containsExactly("cancel y of a on m+h+a");
    assertThat(site.explain("a").waitsFor().getFirst())
        .startsWith("x failed: exit status 1 (build 3); all its jobs ended");
  }

  @Test
  void whatFoundNoSlotBeforeTheFirstFailureIsNotStartedAfterIt() {
    Site site =
        Site.empty(PipelineDraft.site(PipelineDraft.gate().failFast()))
            .capacity(3)
            .tip("m")
            .jobs(job("x"), job("y"))
            .enqueueAll("h", "a");
    site.mergesAll("h", "a");
    assertThat(site.fails("a", "x")).isEmpty();
    assertThat(site.on(new Event.CapacityChanged(9))).isEmpty();
  }

  @Test
  void aVotingJobThatWasStoppedDoesNotHideWhatFailed() {
    Site site =
        Site.empty(PipelineDraft.site(PipelineDraft.gate().failFast()))
            .capacity(9)
            .tip("m")
            .jobs(job("x"), job("y"), job("z", hard("y")))
            .enqueueAll("a");
    site.merges("a");
    assertThat(site.fails("a", "x")).containsExactly("cancel y of a on m+a", "report a rejected");
    assertThat(site.end("a").reason()).isEqualTo("x failed: exit status 1 (build 1)");
  }

  @Test
  void theTestsOfABuildAreToldInTheEnd() {
    Site site = Site.slots(9).enqueueAll("a").mergesAll("a");
    TestCounts tests = new TestCounts(5, 0, 1, 0);
    site.on(
        new Event.BuildEnded(
            site.build("a", "test").build(), new Verdict(Verdict.Kind.PASSED, ""), tests));
    site.lands("a");
    assertThat(site.end("a").jobs()).extracting(ItemEnd.JobEnd::tests).containsExactly(tests);
  }
}
