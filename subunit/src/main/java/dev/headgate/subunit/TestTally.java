package dev.headgate.subunit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeSet;

/**
 * Counts how the attempts of a stream's tests end, straight from the packets: what a {@link
 * TestSummary} counts, without remembering a name or making an object for a packet.
 *
 * <p>{@code inprogress} or {@code exists} after a final status begins a test's next attempt. A
 * second final status of one attempt replaces the first, except that a failure is never taken back.
 *
 * <p>Memory: 11 to 22 bytes a test. Of more than {@link #MAX_TESTS}, those not yet known are not
 * followed: their final statuses are counted, and that is all. Routes and tags are named up to
 * {@value #MAX_NAMES} of each.
 *
 * <p>Sans-IO and confined to one thread.
 */
public final class TestTally {
  /** The most tests that are followed; ten times the tests of the largest suites. */
  public static final int MAX_TESTS = 1_000_000;

  /** The most routes, and the most tags, that are named. */
  public static final int MAX_NAMES = 1_000;

  /** The most tests that run at a time and whose durations are measured. */
  private static final int MAX_RUNNING = 100_000;

  private static final long NANOS = 1_000_000_000L;
  private static final long NO_TIME = RunningTests.NO_TIME;

  /** Not of Comparator's parts, whose lambdas are classes that no AOT cache holds. */
  private static final Comparator<Slow> SHORTEST_FIRST =
      (one, other) -> one.taken.compareTo(other.taken);

  private static final Comparator<Slow> LONGEST_FIRST =
      (one, other) -> {
        int byTime = SHORTEST_FIRST.compare(other, one);
        int byName = byTime == 0 ? one.testId.compareTo(other.testId) : byTime;
        return byName == 0 ? one.route.compareTo(other.route) : byName;
      };

  /**
   * An attempt that took long.
   *
   * @param route empty for none
   */
  public record Slow(String route, String testId, Duration taken) {}

  private final NameTable tests = new NameTable();
  private final NameTable knownRoutes = new NameTable();
  private final RunningTests running = new RunningTests();
  private final Set<String> routes = new TreeSet<>();
  private final Set<String> tags = new TreeSet<>();
  private final long[] countOf = new long[Status.values().length];
  private final PriorityQueue<Slow> slowest = new PriorityQueue<>(SHORTEST_FIRST);
  private final int slowestKept;

  /** What an attempt must exceed to be remembered. */
  private long slowestBar;

  private long events;
  private long reruns;
  private long failedRuns;
  private long testNanos;
  private long first = Long.MAX_VALUE;
  private long last = Long.MIN_VALUE;

  /**
   * A tally of no events.
   *
   * @param slowestKept how many of the slowest attempts are remembered by name
   */
  public TestTally(int slowestKept) {
    this.slowestKept = slowestKept;
    this.slowestBar = slowestKept > 0 ? NO_TIME : Long.MAX_VALUE;
  }

  /** Takes the event that a decoder stands on. */
  public void accept(PacketDecoder decoder) {
    byte[] bytes = decoder.packetBytes();
    int at = decoder.packetAt();
    PacketFields fields = decoder.packetFields();
    events++;
    long time = NO_TIME;
    if (fields.has(Wire.TIMESTAMP)) {
      time = fields.seconds(bytes, at) * NANOS + fields.nanos(bytes, at);
      seen(time);
    }
    long route = 0;
    if (fields.has(Wire.ROUTE_CODE)) {
      int length = PacketFields.textLength(bytes, at, fields.routeAt);
      int from = at + PacketFields.textFrom(bytes, at, fields.routeAt);
      route = length == 0 ? 0 : NameTable.hash(bytes, from, length, 0);
      if (route != 0 && !knownRoutes.has(route) && knownRoutes.size() < MAX_NAMES) {
        knownRoutes.place(route);
        routes.add(String.valueOf(decoder.routeCode()));
      }
    }
    if (fields.has(Wire.TAGS) && tags.size() < MAX_NAMES) {
      tags.addAll(decoder.tags());
    }
    int status = fields.flags & Wire.STATUS;
    if (!fields.has(Wire.TEST_ID)) {
      failedRuns += Status.ofCode(status).isFailure() ? 1 : 0;
      return;
    }
    int length = PacketFields.textLength(bytes, at, fields.testIdAt);
    int from = at + PacketFields.textFrom(bytes, at, fields.testIdAt);
    long name = NameTable.hash(bytes, from, length, route);
    long taken = take(name, status, time);
    if (taken > slowestBar) {
      remember(decoder.routeCode(), String.valueOf(decoder.testId()), taken);
    }
  }

  /** Takes an event. */
  public void accept(Event event) {
    events++;
    Instant timestamp = event.timestamp();
    long time = NO_TIME;
    if (timestamp != null) {
      time = timestamp.getEpochSecond() * NANOS + timestamp.getNano();
      seen(time);
    }
    String code = event.routeCode();
    long route = code == null || code.isEmpty() ? 0 : hash(code, 0);
    if (code != null && route != 0 && !knownRoutes.has(route) && knownRoutes.size() < MAX_NAMES) {
      knownRoutes.place(route);
      routes.add(code);
    }
    if (tags.size() < MAX_NAMES) {
      tags.addAll(event.tags());
    }
    String test = event.testId();
    if (test == null) {
      failedRuns += event.status().isFailure() ? 1 : 0;
      return;
    }
    long taken = take(hash(test, route), event.status().code(), time);
    if (taken > slowestBar) {
      remember(code, test, taken);
    }
  }

  private static long hash(String text, long before) {
    byte[] bytes = text.getBytes(UTF_8);
    return NameTable.hash(bytes, 0, bytes.length, before);
  }

  private void seen(long time) {
    first = Math.min(first, time);
    last = Math.max(last, time);
  }

  /** Takes a test's status; returns how long it took, or {@link #NO_TIME}. */
  private long take(long name, int status, long time) {
    if (tests.size() == MAX_TESTS && !tests.has(name)) {
      countOf[status] += status >= Status.SUCCESS.code() ? 1 : 0;
      return NO_TIME;
    }
    int known = tests.size();
    int place = tests.place(name);
    int former = tests.valueAt(place);
    boolean ended = former >= Status.SUCCESS.code();
    boolean begins = status == Status.INPROGRESS.code() || status == Status.EXISTS.code();
    if (tests.size() > known) {
      countOf[status]++;
    } else if (ended && begins) {
      reruns++;
      countOf[status]++;
    } else if (replaces(former, status)) {
      countOf[former]--;
      countOf[status]++;
    } else {
      return NO_TIME;
    }
    tests.setValueAt(place, status);
    return ended && !begins ? NO_TIME : timed(name, status, time);
  }

  /** Whether a status of the same attempt takes the place of the former. */
  private static boolean replaces(int former, int status) {
    if (status < Status.SUCCESS.code()) {
      return status > former;
    }
    boolean failed = former == Status.FAIL.code() || former == Status.UXSUCCESS.code();
    return status != former && (!failed || status == Status.FAIL.code());
  }

  private long timed(long name, int status, long time) {
    if (status == Status.INPROGRESS.code()) {
      if (time != NO_TIME && running.size() < MAX_RUNNING) {
        running.begin(name, time);
      }
      return NO_TIME;
    }
    if (status < Status.SUCCESS.code() || running.size() == 0) {
      return NO_TIME;
    }
    long began = running.end(name);
    if (began == NO_TIME || time == NO_TIME) {
      return NO_TIME;
    }
    // A clock that went back counts as no time.
    long taken = Math.max(0, time - began);
    testNanos += taken;
    return taken;
  }

  private void remember(@org.jspecify.annotations.Nullable String route, String test, long taken) {
    if (slowest.size() == slowestKept) {
      slowest.remove();
    }
    slowest.add(new Slow(route == null ? "" : route, test, Duration.ofNanos(taken)));
    if (slowest.size() == slowestKept) {
      slowestBar = slowest.element().taken.toNanos();
    }
  }

  /**
   * How many attempts have a status now. {@link Status#INPROGRESS}: running, or after the end of
   * the stream hung or lost; {@link Status#NONE}: only heard of, through a file or a tag.
   */
  public long count(Status status) {
    return countOf[status.code()];
  }

  /** Attempts that began or ended. */
  public long attempts() {
    long sum = 0;
    for (Status status : Status.values()) {
      sum += status == Status.NONE || status == Status.EXISTS ? 0 : countOf[status.code()];
    }
    return sum;
  }

  /** Attempts but the first of each test on its route, those that were only announced included. */
  public long reruns() {
    return reruns;
  }

  /** All events. */
  public long events() {
    return events;
  }

  /**
   * True if a test failed, passed unexpectedly or, after the end of the stream, was lost, or if a
   * run as a whole said that it failed.
   */
  public boolean isBad() {
    return failedRuns > 0
        || count(Status.FAIL) > 0
        || count(Status.UXSUCCESS) > 0
        || count(Status.INPROGRESS) > 0;
  }

  /** The sum of the durations that are known. */
  public Duration inTests() {
    return Duration.ofNanos(testNanos);
  }

  /** From the earliest time to the latest; empty if no event has one. */
  public Optional<Duration> span() {
    return last < first ? Optional.empty() : Optional.of(Duration.ofNanos(last - first));
  }

  /** The routes that events came from, in order, at most {@value #MAX_NAMES}. */
  public Set<String> routes() {
    return routes;
  }

  /** The tags that tests had, in order, {@value #MAX_NAMES} and those of one more event at most. */
  public Set<String> tags() {
    return tags;
  }

  /** The slowest attempts, longest first; of as long ones, in order of their names. */
  public List<Slow> slowest() {
    List<Slow> sorted = new ArrayList<>(slowest);
    sorted.sort(LONGEST_FIRST);
    return sorted;
  }
}
