package dev.headgate.store;

import dev.headgate.model.TestCounts;
import dev.headgate.subunit.Event;
import dev.headgate.subunit.Status;
import dev.headgate.subunit.TestKey;
import dev.headgate.subunit.TestResult;
import dev.headgate.subunit.TestSummary;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Folds the events of a run into what its index says of tests. Fed with the same events in the same
 * frames it gives the same rows, whether a run is recorded or read back. For one thread.
 */
final class RunTally {
  private static final byte LINE_FEED = '\n';

  /** Where a test stands in the segment. */
  private record Place(int firstFrame, int lastFrame) {}

  private final TestSummary summary = new TestSummary();
  private final Map<TestKey, Place> places = new HashMap<>();

  void accept(Event event, int frame) {
    summary.accept(event).ifPresent(fact -> note(fact, frame));
  }

  private void note(TestSummary.Fact fact, int frame) {
    switch (fact) {
      case TestSummary.Fact.Listed listed -> note(listed.test().key(), frame);
      case TestSummary.Fact.Began began -> note(began.test().key(), frame);
      case TestSummary.Fact.Ended ended -> note(ended.test().key(), frame);
      case TestSummary.Fact.RunChanged ignored -> {}
    }
  }

  private void note(TestKey key, int frame) {
    Place earlier = places.get(key);
    places.put(key, new Place(earlier == null ? frame : earlier.firstFrame(), frame));
  }

  /** Only what began or ended: that a test exists is no result. */
  List<RecordedTest> tests() {
    List<RecordedTest> tests = new ArrayList<>();
    for (TestResult result : summary.results()) {
      switch (result.status()) {
        case NONE, EXISTS -> {}
        case INPROGRESS, SUCCESS, UXSUCCESS, SKIP, FAIL, XFAIL -> tests.add(recorded(result));
      }
    }
    return tests;
  }

  private RecordedTest recorded(TestResult result) {
    Place place = places.getOrDefault(result.key(), new Place(0, 0));
    boolean explain = result.status().isFailure() || result.status() == Status.INPROGRESS;
    return new RecordedTest(
        result.key(),
        result.status(),
        Optional.ofNullable(result.began()),
        result.duration(),
        place.firstFrame(),
        place.lastFrame(),
        explain ? Snippet.of(result) : "");
  }

  TestCounts counts() {
    TestSummary.Counts counts = summary.counts();
    return new TestCounts(counts.passed(), counts.failed(), counts.skipped(), counts.unfinished());
  }

  /** How many lines of raw output an event ends. */
  static int lines(Event event) {
    if (event.testId() != null) {
      return 0;
    }
    int lines = 0;
    int at = event.fileContent().indexOf(LINE_FEED, 0);
    while (at >= 0) {
      lines++;
      at = event.fileContent().indexOf(LINE_FEED, at + 1);
    }
    return lines;
  }
}
