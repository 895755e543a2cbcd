package dev.headgate.reports;

import dev.headgate.subunit.Event;
import dev.headgate.subunit.Status;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Puts events together to tests, for writers that need a test whole.
 *
 * <p>A test that has ended waits until {@link #MAX_WAITING} others have, or {@link #MAX_KEPT} bytes
 * are kept: late files and the next attempt still find it. So attempts that follow each other are
 * one test, and a rerun at the very end of a long run is a test of its own.
 */
final class Assembler implements ReportWriter {
  static final int MAX_WAITING = 512;

  /** The most bytes of attachments, over all tests that are not written yet. */
  private static final int MAX_KEPT = 16 << 20;

  /** The most tests that have begun and not ended; further ones are told when they end. */
  private static final int MAX_TESTS = 1 << 16;

  private record Key(String route, String id) {}

  private final TestTaker taker;
  private final Map<Key, AssembledTest> tests = new LinkedHashMap<>();
  private final Set<Key> waiting = new LinkedHashSet<>();
  private long kept;
  private boolean ended;

  Assembler(TestTaker taker) {
    this.taker = taker;
  }

  @Override
  public void accept(Event event) throws IOException {
    if (ended) {
      throw new IllegalStateException("the report has ended");
    }
    String route = event.routeCode() == null ? "" : event.routeCode();
    String id = event.testId();
    if (id == null) {
      acceptRun(route, event);
    } else {
      acceptTest(new Key(route, id), event);
    }
  }

  /** A run that failed or was skipped as a whole stands beside the tests, by its route's name. */
  private void acceptRun(String route, Event event) throws IOException {
    Status status = event.status();
    if (status.isFailure() || status == Status.SKIP) {
      acceptTest(new Key(route, route.isEmpty() ? "run" : route), event);
    } else if (event.fileName() != null) {
      taker.output(route, event.fileName(), event.fileContent());
    }
  }

  private void acceptTest(Key key, Event event) throws IOException {
    AssembledTest test = tests.get(key);
    if (test == null) {
      test = new AssembledTest(key.route, key.id);
      if (tests.size() >= MAX_TESTS || kept + test.kept() > 2L * MAX_KEPT) {
        tellAtOnce(test, event);
        return;
      }
      tests.put(key, test);
      kept += test.kept();
    }
    Attempt attempt = test.last();
    boolean begins = event.status() == Status.INPROGRESS || event.status() == Status.EXISTS;
    if (begins && attempt.status().isFinal()) {
      attempt = test.next();
      waiting.remove(key);
    }
    kept += test.accept(event, kept < MAX_KEPT);
    if (attempt.status().isFinal()) {
      waiting.add(key);
    }
    while (waiting.size() > MAX_WAITING || (kept >= MAX_KEPT && !waiting.isEmpty())) {
      tell(waiting.iterator().next());
    }
  }

  private void tellAtOnce(AssembledTest test, Event event) throws IOException {
    if (event.status().isFinal()) {
      test.accept(event, true);
      taker.test(test);
    }
  }

  private void tell(Key key) throws IOException {
    waiting.remove(key);
    AssembledTest test = tests.remove(key);
    if (test != null) {
      kept -= test.kept();
      // What never had a status is a file that came after its test was written.
      if (test.last().status() != Status.NONE) {
        taker.test(test);
      }
    }
  }

  @Override
  public void end() throws IOException {
    if (ended) {
      return;
    }
    ended = true;
    List<Key> left = new ArrayList<>(waiting);
    for (Key key : tests.keySet()) {
      if (!waiting.contains(key)) {
        left.add(key);
      }
    }
    for (Key key : left) {
      tell(key);
    }
    taker.end();
  }
}
