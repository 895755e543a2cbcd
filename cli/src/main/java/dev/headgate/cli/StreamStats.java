package dev.headgate.cli;

import dev.headgate.subunit.Bytes;
import dev.headgate.subunit.Event;
import dev.headgate.subunit.Status;
import dev.headgate.subunit.TestResult;
import dev.headgate.subunit.stream.Assembler;
import dev.headgate.subunit.stream.StreamSink;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Figures of a whole stream, in memory that grows with neither its length nor its files. */
final class StreamStats implements StreamSink {
  /** More routes or tags than that are counted no further; nobody reads them. */
  private static final int MOST_NAMES = 1_000;

  private static final Comparator<TestResult> BY_DURATION =
      Comparator.comparing((TestResult result) -> result.duration().orElse(Duration.ZERO));

  private final StreamTally tally;
  private final int slowestKept;
  private final PriorityQueue<TestResult> slowest = new PriorityQueue<>(BY_DURATION);
  private final Set<String> routes = new TreeSet<>();
  private final Set<String> tags = new TreeSet<>();
  private long events;
  private long textBytes;
  private long damageBytes;
  private long attempts;
  private long reruns;
  private Duration inTests = Duration.ZERO;
  private @Nullable Instant first;
  private @Nullable Instant last;
  private String latestRoute = "";

  /**
   * Figures of no events.
   *
   * @param slowestKept how many of the slowest tests are kept
   */
  StreamStats(int slowestKept) {
    this.slowestKept = slowestKept;
    this.tally = new StreamTally(Assembler.Limits.PROMPT, this::take);
  }

  @Override
  public void event(Event event) {
    events++;
    Instant time = event.timestamp();
    if (time != null) {
      first = first == null || time.isBefore(first) ? time : first;
      last = last == null || time.isAfter(last) ? time : last;
    }
    String route = event.routeCode();
    if (route != null && !route.equals(latestRoute) && routes.size() < MOST_NAMES) {
      latestRoute = route;
      routes.add(route);
    }
    if (!event.tags().isEmpty() && tags.size() < MOST_NAMES) {
      tags.addAll(event.tags());
    }
    tally.event(event);
  }

  private void take(TestResult result) {
    if (result.status() == Status.EXISTS || result.status() == Status.NONE) {
      return;
    }
    attempts++;
    reruns += result.key().attempt() > 1 ? 1 : 0;
    Optional<Duration> taken = result.duration();
    if (taken.isEmpty()) {
      return;
    }
    inTests = inTests.plus(taken.get());
    if (slowestKept > 0
        && (slowest.size() < slowestKept || BY_DURATION.compare(result, slowest.element()) > 0)) {
      if (slowest.size() == slowestKept) {
        slowest.remove();
      }
      slowest.add(result);
    }
  }

  @Override
  public void text(Bytes bytes) {
    textBytes += bytes.length();
  }

  @Override
  public void damage(Bytes bytes) {
    damageBytes += bytes.length();
  }

  @Override
  public void end() {
    tally.end();
  }

  StreamTally tally() {
    return tally;
  }

  /** Executions of tests; a test that ran twice has two. */
  long attempts() {
    return attempts;
  }

  /** Executions but the first of each test on its route. */
  long reruns() {
    return reruns;
  }

  long events() {
    return events;
  }

  long textBytes() {
    return textBytes;
  }

  long damageBytes() {
    return damageBytes;
  }

  /** The sum of the durations that are known. */
  Duration inTests() {
    return inTests;
  }

  /** From the earliest time to the latest; empty if no event has one. */
  Optional<Duration> span() {
    return first == null || last == null
        ? Optional.empty()
        : Optional.of(Duration.between(first, last));
  }

  Set<String> routes() {
    return routes;
  }

  Set<String> tags() {
    return tags;
  }

  /** The slowest, longest first; of as long ones in order of their names. */
  List<TestResult> slowest() {
    List<TestResult> sorted = new ArrayList<>(slowest);
    sorted.sort(BY_DURATION.reversed().thenComparing(result -> result.key().testId()));
    return sorted;
  }
}
