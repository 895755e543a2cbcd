package dev.headgate.subunit;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Folds events into the results of tests, while the stream still comes.
 *
 * <p>A result belongs to a route, a test id and an attempt: {@code inprogress} or {@code exists}
 * after a final status begins the test's next attempt on that route. A second final status of one
 * attempt replaces the first, except that a failure is never taken back. Tags replace the earlier
 * ones of the same route and test. A file after the final status still belongs to that attempt.
 *
 * <p>Attachments are kept while a test runs and when it failed, each to its first and last 32 KiB,
 * at most 32 a test and {@link #MAX_KEPT} in all; other memory is a few hundred bytes an attempt.
 *
 * <p>Sans-IO and confined to one thread.
 */
public final class TestSummary {
  /** The most bytes of attachments kept over all tests; beyond it only lengths are counted. */
  public static final int MAX_KEPT = 64 << 20;

  /** What an event made known. */
  public sealed interface Fact {
    /** A test is known to exist and has not begun. */
    record Listed(TestResult test) implements Fact {}

    /** A test began. */
    record Began(TestResult test) implements Fact {}

    /**
     * A test ended, with its attachments so far; or, a second time for one attempt, its outcome was
     * corrected. It need not have begun.
     */
    record Ended(TestResult test) implements Fact {}

    /**
     * The run of a route as a whole has a new status.
     *
     * @param route empty for the stream's own
     */
    record RunChanged(String route, Status status) implements Fact {}
  }

  /**
   * How many attempts of tests ended how.
   *
   * @param passed success and expected failure
   * @param failed failure and unexpected success
   * @param skipped skipped
   * @param unfinished begun and not ended: running now, or after the stream's end hung or lost
   * @param listed known to exist, and never begun
   */
  public record Counts(long passed, long failed, long skipped, long unfinished, long listed) {
    /** All but the listed. */
    public long executed() {
      return passed + failed + skipped + unfinished;
    }
  }

  private record Name(String route, String testId) {}

  private final Map<Name, Test> tests = new LinkedHashMap<>();
  private final List<Attempt> attempts = new ArrayList<>();
  private final Map<String, Status> runs = new LinkedHashMap<>();
  private final long[] countOf = new long[Status.values().length];
  private int kept;

  /** A summary of no events. */
  public TestSummary() {}

  /** Takes the next event of the stream; says what it made known, if anything. */
  public Optional<Fact> accept(Event event) {
    String route = event.routeCode() == null ? "" : event.routeCode();
    String testId = event.testId();
    if (testId == null) {
      return acceptRun(route, event.status());
    }
    Test test = tests.computeIfAbsent(new Name(route, testId), name -> new Test());
    if (!event.tags().isEmpty()) {
      test.tags = event.tags();
    }
    Attempt attempt = attemptFor(test, route, testId, event.status());
    Status earlier = attempt.status;
    attempt.see(event);
    if (attempt.keepsFiles()) {
      kept += attempt.files.accept(event, MAX_KEPT - kept);
    } else {
      kept -= attempt.files.clear();
    }
    if (attempt.status == earlier) {
      return Optional.empty();
    }
    countOf[earlier.code()]--;
    countOf[attempt.status.code()]++;
    return Optional.of(fact(attempt));
  }

  private Optional<Fact> acceptRun(String route, Status status) {
    if (status == Status.NONE || status == runs.put(route, status)) {
      return Optional.empty();
    }
    return Optional.of(new Fact.RunChanged(route, status));
  }

  private Attempt attemptFor(Test test, String route, String testId, Status next) {
    Attempt latest = test.latest;
    boolean begins = next == Status.INPROGRESS || next == Status.EXISTS;
    if (latest == null || (begins && latest.status.isFinal())) {
      int number = latest == null ? 1 : latest.key.attempt() + 1;
      latest = new Attempt(new TestKey(route, testId, number), test);
      test.latest = latest;
      attempts.add(latest);
      countOf[Status.NONE.code()]++;
    }
    return latest;
  }

  private static Fact fact(Attempt attempt) {
    TestResult result = attempt.snapshot();
    return switch (attempt.status) {
      case EXISTS -> new Fact.Listed(result);
      case INPROGRESS -> new Fact.Began(result);
      case SUCCESS, UXSUCCESS, SKIP, FAIL, XFAIL -> new Fact.Ended(result);
      case NONE -> throw new IllegalStateException("an attempt went back to no status");
    };
  }

  /** The counts so far, over every attempt: one that failed counts though the next one passed. */
  public Counts counts() {
    return counts(countOf);
  }

  /** The counts so far over the latest attempt of each test on each route. */
  public Counts countsOfLatest() {
    long[] latest = new long[countOf.length];
    for (Test test : tests.values()) {
      if (test.latest != null) {
        latest[test.latest.status.code()]++;
      }
    }
    return counts(latest);
  }

  private static Counts counts(long[] of) {
    return new Counts(
        of[Status.SUCCESS.code()] + of[Status.XFAIL.code()],
        of[Status.FAIL.code()] + of[Status.UXSUCCESS.code()],
        of[Status.SKIP.code()],
        of[Status.INPROGRESS.code()],
        of[Status.EXISTS.code()]);
  }

  /** Every attempt, in the order in which they were first heard of. */
  public List<TestResult> results() {
    return select(attempt -> true);
  }

  /** The attempts that failed or passed unexpectedly, with their attachments. */
  public List<TestResult> failures() {
    return select(attempt -> attempt.status.isFailure());
  }

  /** The attempts that began and did not end: after the end of the stream, hung or lost. */
  public List<TestResult> unfinished() {
    return select(attempt -> attempt.status == Status.INPROGRESS);
  }

  private List<TestResult> select(java.util.function.Predicate<Attempt> wanted) {
    List<TestResult> selected = new ArrayList<>();
    for (Attempt attempt : attempts) {
      if (wanted.test(attempt)) {
        selected.add(attempt.snapshot());
      }
    }
    return selected;
  }

  /** The last status of the run of each route that gave one without a test id. */
  public Map<String, Status> runs() {
    return Collections.unmodifiableMap(runs);
  }

  private static final class Test {
    private List<String> tags = List.of();
    private @Nullable Attempt latest;
  }

  private static final class Attempt {
    private final TestKey key;
    private final Test test;
    private final AttachmentKeeper files = new AttachmentKeeper();
    private Status status = Status.NONE;
    private @Nullable Instant began;
    private @Nullable Instant ended;
    private @Nullable Instant lastSeen;

    private Attempt(TestKey key, Test test) {
      this.key = key;
      this.test = test;
    }

    private void see(Event event) {
      Status next = event.status();
      Instant time = event.timestamp();
      if (time != null) {
        lastSeen = time;
      }
      if (next.isFinal()) {
        if (!status.isFailure() || next == Status.FAIL) {
          status = next;
          ended = time;
        }
      } else if (next.code() > status.code()) {
        status = next;
        if (next == Status.INPROGRESS) {
          began = time;
        }
      }
    }

    private boolean keepsFiles() {
      return status.isFailure() || !status.isFinal();
    }

    private TestResult snapshot() {
      return new TestResult(
          key, status, test.tags, began, ended, lastSeen, files.snapshot(), files.omittedFiles());
    }
  }
}
