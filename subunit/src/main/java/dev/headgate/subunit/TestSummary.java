package dev.headgate.subunit;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Folds events into the results of tests, while the stream still comes.
 *
 * <p>A result belongs to a route, a test id and an attempt: {@code inprogress} or {@code exists}
 * after a final status begins the test's next attempt on that route. A second final status of one
 * attempt replaces the first, except that a failure is never taken back. Tags replace the earlier
 * ones of the same route and test. A file after the final status still belongs to that attempt.
 *
 * <p>Memory is bounded. Attachments are kept while a test runs and when it failed, each to its
 * first and last 32 KiB, at most 32 a test and {@link #MAX_KEPT} in all. When the ids of tests,
 * with their routes and tags, have come to {@link #MAX_NAMES}, or attempts to {@link
 * #MAX_ATTEMPTS}, those not yet known are no longer followed: their final statuses are counted, and
 * that is all.
 *
 * <p>Sans-IO and confined to one thread.
 */
public final class TestSummary {
  /** The most bytes of attachments kept over all tests; beyond it only lengths are counted. */
  public static final int MAX_KEPT = 64 << 20;

  /** The most attempts that are followed; ten times the tests of the largest suites. */
  public static final int MAX_ATTEMPTS = 1_000_000;

  /** The most characters of names that are remembered: 64 for each of the most attempts. */
  public static final int MAX_NAMES = 64 * MAX_ATTEMPTS;

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
   * @param listed known to exist, and not begun
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
  private final Set<Attempt> running = new LinkedHashSet<>();
  private final Map<String, Status> runs = new LinkedHashMap<>();
  private final long[] countOf = new long[Status.values().length];
  private final long[] notFollowed = new long[Status.values().length];
  private int kept;
  private int names;

  /** A summary of no events. */
  public TestSummary() {}

  /** Takes the next event of the stream; says what it made known, if anything. */
  public Optional<Fact> accept(Event event) {
    String route = event.routeCode() == null ? "" : event.routeCode();
    String testId = event.testId();
    if (testId == null) {
      return acceptRun(route, event.status());
    }
    Test test = tests.get(new Name(route, testId));
    Attempt attempt = test == null ? null : test.latest;
    if (attempt == null || attempt.isFollowedBy(event.status())) {
      attempt = nextAttempt(test, route, testId);
      if (attempt == null) {
        notFollowed[event.status().code()]++;
        return Optional.empty();
      }
    }
    remember(attempt.test, event.tags());
    return update(attempt, event);
  }

  /** Begins an attempt; null if there is no room for it. */
  private @Nullable Attempt nextAttempt(@Nullable Test test, String route, String testId) {
    int length = route.length() + testId.length();
    if (attempts.size() == MAX_ATTEMPTS || (test == null && length > MAX_NAMES - names)) {
      return null;
    }
    Test of = test;
    if (of == null) {
      names += length;
      of = new Test();
      tests.put(new Name(route, testId), of);
    }
    int number = of.latest == null ? 1 : of.latest.key.attempt() + 1;
    Attempt attempt = new Attempt(new TestKey(route, testId, number), of);
    of.latest = attempt;
    attempts.add(attempt);
    countOf[Status.NONE.code()]++;
    return attempt;
  }

  private void remember(Test test, List<String> tags) {
    if (tags.isEmpty() || tags.equals(test.tags)) {
      return;
    }
    long more = length(tags) - length(test.tags);
    if (more <= MAX_NAMES - names) {
      names += (int) more;
      test.tags = tags;
    }
  }

  private static long length(List<String> tags) {
    long length = 0;
    for (String tag : tags) {
      length += 1 + tag.length();
    }
    return length;
  }

  private Optional<Fact> update(Attempt attempt, Event event) {
    Status earlier = attempt.status;
    attempt.see(event);
    kept += attempt.keepFiles(event, MAX_KEPT - kept);
    if (attempt.status == earlier) {
      return Optional.empty();
    }
    countOf[earlier.code()]--;
    countOf[attempt.status.code()]++;
    if (attempt.status == Status.INPROGRESS) {
      running.add(attempt);
    } else {
      running.remove(attempt);
    }
    return Optional.of(fact(attempt));
  }

  private Optional<Fact> acceptRun(String route, Status status) {
    Status earlier = runs.get(route);
    if (status == Status.NONE || status == earlier) {
      return Optional.empty();
    }
    if (earlier != null || route.length() <= MAX_NAMES - names) {
      names += earlier == null ? route.length() : 0;
      runs.put(route, status);
    }
    return Optional.of(new Fact.RunChanged(route, status));
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

  private Counts counts(long[] followed) {
    long[] of = followed.clone();
    for (Status status : Status.values()) {
      if (status.isFinal()) {
        of[status.code()] += notFollowed[status.code()];
      }
    }
    return new Counts(
        of[Status.SUCCESS.code()] + of[Status.XFAIL.code()],
        of[Status.FAIL.code()] + of[Status.UXSUCCESS.code()],
        of[Status.SKIP.code()],
        of[Status.INPROGRESS.code()],
        of[Status.EXISTS.code()]);
  }

  /**
   * True if there were more tests than are followed: the lists then lack some, the counts do not.
   */
  public boolean isPartial() {
    for (long count : notFollowed) {
      if (count > 0) {
        return true;
      }
    }
    return false;
  }

  /** Every attempt that is followed, in the order in which they were first heard of. */
  public List<TestResult> results() {
    return select(attempt -> true);
  }

  /** The attempts that failed or passed unexpectedly, with their attachments. */
  public List<TestResult> failures() {
    return select(attempt -> attempt.status.isFailure());
  }

  /**
   * The attempts that began and did not end, in the order in which they began: after the end of the
   * stream, hung or lost.
   */
  public List<TestResult> unfinished() {
    return running.stream().map(Attempt::snapshot).toList();
  }

  private List<TestResult> select(Predicate<Attempt> wanted) {
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
    private @Nullable AttachmentKeeper files;
    private Status status = Status.NONE;
    private @Nullable Instant began;
    private @Nullable Instant ended;
    private @Nullable Instant lastSeen;

    private Attempt(TestKey key, Test test) {
      this.key = key;
      this.test = test;
    }

    private boolean isFollowedBy(Status next) {
      return status.isFinal() && (next == Status.INPROGRESS || next == Status.EXISTS);
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

    /** Keeps the event's file, or none if the test passed; returns how many more bytes are kept. */
    private int keepFiles(Event event, int allowance) {
      AttachmentKeeper keeper = files;
      if (status.isFinal() && !status.isFailure()) {
        files = null;
        return keeper == null ? 0 : -keeper.kept();
      }
      if (!event.hasFile()) {
        return 0;
      }
      if (keeper == null) {
        keeper = new AttachmentKeeper();
        files = keeper;
      }
      int before = keeper.kept();
      keeper.accept(event, allowance);
      return keeper.kept() - before;
    }

    private TestResult snapshot() {
      List<Attachment> attachments = files == null ? List.of() : files.snapshot();
      int omitted = files == null ? 0 : files.omittedFiles();
      return new TestResult(key, status, test.tags, began, ended, lastSeen, attachments, omitted);
    }
  }
}
