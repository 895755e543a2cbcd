package dev.headgate.subunit.stream;

import dev.headgate.subunit.Status;
import dev.headgate.subunit.TestResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Compares the results of two runs, test by test.
 *
 * <p>Of a test's attempts on one route the last one counts. What a test did on several routes is
 * one thing, unless routes are told apart: it failed if it failed on one of them, and took as long
 * as on the slowest. What never began counts as not there.
 *
 * <p>It remembers a test by its id, outcome and duration, at most twice {@link Attempts#MAX_TESTS};
 * {@link #isPartial()} says whether there were more. Confined to one thread.
 */
public final class Comparison {
  /** What became of a test in a run, as far as a gate cares. */
  public enum Outcome {
    /** Success or expected failure. */
    PASSED,
    /** Not run. */
    SKIPPED,
    /** Begun and not ended: hung or lost. */
    UNFINISHED,
    /** Failure or unexpected success. */
    FAILED;

    /** True for what lets no change pass. */
    public boolean isBad() {
      return this == UNFINISHED || this == FAILED;
    }

    static Optional<Outcome> of(Status status) {
      return switch (status) {
        case NONE, EXISTS -> Optional.empty();
        case INPROGRESS -> Optional.of(UNFINISHED);
        case SUCCESS, XFAIL -> Optional.of(PASSED);
        case SKIP -> Optional.of(SKIPPED);
        case FAIL, UXSUCCESS -> Optional.of(FAILED);
      };
    }
  }

  /**
   * What became of a test in one run.
   *
   * @param taken empty if no duration is known
   */
  public record Observed(Outcome outcome, Optional<Duration> taken) {}

  /** What differs, by test; the route is empty where routes are not told apart. */
  public sealed interface Change {
    /** Where the test is. */
    String route();

    /** Which test. */
    String testId();

    /** It was bad and no longer is. */
    record Fixed(String route, String testId, Observed before, Observed after) implements Change {}

    /** It is bad and was not. */
    record Broken(String route, String testId, Observed before, Observed after) implements Change {}

    /** Its outcome differs, between two bad ones or two that are not: skipped now, for instance. */
    record Changed(String route, String testId, Observed before, Observed after)
        implements Change {}

    /** It was not there, whatever its outcome is. */
    record New(String route, String testId, Observed after) implements Change {}

    /** It is no longer there. */
    record Gone(String route, String testId, Observed before) implements Change {}

    /** It has the same outcome, and takes longer. */
    record Slower(String route, String testId, Duration before, Duration after) implements Change {}

    /** It has the same outcome, and takes less time. */
    record Faster(String route, String testId, Duration before, Duration after) implements Change {}
  }

  /**
   * When two results count as different, and which are results of one test.
   *
   * @param ratio slower is at least this many times as long; more than 1
   * @param floor and at least so much longer
   * @param byRoute true if a test on another route is another test
   */
  public record Rules(double ratio, Duration floor, boolean byRoute) {
    /** Twice as long and at least 100 ms more, on whatever route. */
    public static final Rules USUAL = new Rules(2, Duration.ofMillis(100), false);

    public Rules {
      if (!(ratio > 1)) {
        throw new IllegalArgumentException("a ratio is more than 1, not " + ratio);
      }
      if (floor.isNegative()) {
        throw new IllegalArgumentException("a floor is not negative");
      }
    }
  }

  private final Rules rules;
  private final Map<Name, Both> tests = new LinkedHashMap<>();
  private int inLater;
  private boolean partial;

  /** A comparison of nothing with nothing. */
  public Comparison(Rules rules) {
    this.rules = rules;
  }

  /** Takes a result of the earlier run; a later attempt replaces an earlier one of its route. */
  public void before(TestResult result) {
    Both test = test(result);
    if (test != null) {
      test.before = Seen.with(test.before, result);
    }
  }

  /** Takes a result of the later run; a later attempt replaces an earlier one of its route. */
  public void after(TestResult result) {
    Both test = test(result);
    if (test != null) {
      test.place = test.after == null ? inLater++ : test.place;
      test.after = Seen.with(test.after, result);
    }
  }

  /** What is known of a result's test; null if it never began, or there is no room for it. */
  private @Nullable Both test(TestResult result) {
    if (Outcome.of(result.status()).isEmpty()) {
      return null;
    }
    Name name = new Name(rules.byRoute ? result.key().route() : "", result.key().testId());
    Both known = tests.get(name);
    if (known == null && tests.size() == 2 * Attempts.MAX_TESTS) {
      partial = true;
      return null;
    }
    if (known == null) {
      known = new Both();
      tests.put(name, known);
    }
    return known;
  }

  /** True if the runs had more tests than are remembered. */
  public boolean isPartial() {
    return partial;
  }

  /** What differs: in the order of the later run, and then what is gone. */
  public List<Change> changes() {
    List<Map.Entry<Name, Both>> later = new ArrayList<>();
    List<Change> gone = new ArrayList<>();
    for (Map.Entry<Name, Both> entry : tests.entrySet()) {
      Seen then = entry.getValue().before;
      if (entry.getValue().after != null) {
        later.add(entry);
      } else if (then != null) {
        Name name = entry.getKey();
        gone.add(new Change.Gone(name.route(), name.testId(), Seen.worst(then)));
      }
    }
    later.sort(Comparator.comparingInt(entry -> entry.getValue().place));
    List<Change> changes = new ArrayList<>();
    for (Map.Entry<Name, Both> entry : later) {
      Seen now = entry.getValue().after;
      Change change = now == null ? null : change(entry.getKey(), entry.getValue().before, now);
      if (change != null) {
        changes.add(change);
      }
    }
    changes.addAll(gone);
    return changes;
  }

  private @Nullable Change change(Name name, @Nullable Seen then, Seen later) {
    Observed now = Seen.worst(later);
    String route = name.route();
    String id = name.testId();
    if (then == null) {
      return new Change.New(route, id, now);
    }
    Observed old = Seen.worst(then);
    if (old.outcome().isBad() != now.outcome().isBad()) {
      return now.outcome().isBad()
          ? new Change.Broken(route, id, old, now)
          : new Change.Fixed(route, id, old, now);
    }
    if (old.outcome() != now.outcome()) {
      return new Change.Changed(route, id, old, now);
    }
    if (old.taken().isEmpty() || now.taken().isEmpty()) {
      return null;
    }
    Duration was = old.taken().get();
    Duration is = now.taken().get();
    if (isLonger(was, is)) {
      return new Change.Slower(route, id, was, is);
    }
    return isLonger(is, was) ? new Change.Faster(route, id, was, is) : null;
  }

  private boolean isLonger(Duration shorter, Duration longer) {
    Duration more = longer.minus(shorter);
    return !more.isNegative()
        && !more.isZero()
        && more.compareTo(rules.floor) >= 0
        && seconds(longer) >= rules.ratio * seconds(shorter);
  }

  private static double seconds(Duration duration) {
    return duration.getSeconds() + duration.getNano() / 1e9;
  }

  /** What a test did in both runs. */
  private static final class Both {
    @Nullable Seen before;
    @Nullable Seen after;

    /** Where it stands among the tests of the later run. */
    int place;
  }

  /**
   * What a test did on a route, and on others: a list, for most tests are on one route, and there
   * are very many tests.
   */
  private static final class Seen {
    private static final long UNKNOWN = -1;
    private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE);

    private final String route;
    private final Outcome outcome;
    private final long nanos;
    private final @Nullable Seen others;

    private Seen(String route, Outcome outcome, long nanos, @Nullable Seen others) {
      this.route = route;
      this.outcome = outcome;
      this.nanos = nanos;
      this.others = others;
    }

    /** A list with a result, in the place of an earlier one of its route. */
    static Seen with(@Nullable Seen known, TestResult result) {
      Outcome outcome = Outcome.of(result.status()).orElseThrow();
      long nanos = result.duration().map(Seen::nanos).orElse(UNKNOWN);
      String route = result.key().route();
      return new Seen(route, outcome, nanos, without(known, route));
    }

    /** In nanoseconds, of which a long holds 292 years. */
    private static long nanos(Duration taken) {
      return taken.compareTo(LONGEST) > 0 ? Long.MAX_VALUE : taken.toNanos();
    }

    private static @Nullable Seen without(@Nullable Seen list, String route) {
      Seen kept = null;
      for (Seen seen = list; seen != null; seen = seen.others) {
        if (!seen.route.equals(route)) {
          kept = new Seen(seen.route, seen.outcome, seen.nanos, kept);
        }
      }
      return kept;
    }

    static Observed worst(Seen list) {
      Outcome worst = Outcome.PASSED;
      long longest = UNKNOWN;
      for (Seen seen = list; seen != null; seen = seen.others) {
        worst = seen.outcome.compareTo(worst) > 0 ? seen.outcome : worst;
        longest = Math.max(longest, seen.nanos);
      }
      Optional<Duration> taken =
          longest == UNKNOWN ? Optional.empty() : Optional.of(Duration.ofNanos(longest));
      return new Observed(worst, taken);
    }
  }
}
