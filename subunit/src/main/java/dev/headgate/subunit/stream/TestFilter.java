package dev.headgate.subunit.stream;

import dev.headgate.subunit.Event;
import dev.headgate.subunit.Status;
import dev.headgate.subunit.stream.TestCondition.Answer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Passes on the tests that meet a condition, each attempt with all its events or with none.
 *
 * <p>While the condition is not decided, an attempt's events are held back; they are passed on, in
 * their order, when it is met. An {@code exists} event of a test that does not run is judged by
 * itself. After the end of the stream what still runs is judged as it is. A file that comes after
 * the final status goes the way of its attempt. A final status that is corrected is judged anew: if
 * the condition is met only now, a beginning without a time is put before this event, and what
 * follows is passed on.
 *
 * <p>Memory is bounded. Of one attempt, {@link #MAX_TEST} bytes are held, and {@link #MAX_HELD} in
 * all; file content beyond is left out and replaced by a file {@value #OMITTED_FILE} that says how
 * much. If more tests run at a time than fit without their content, the oldest is judged as if the
 * stream had ended. What was decided is remembered of some 30,000 attempts, those last heard of.
 */
public final class TestFilter extends Passing {
  /** The most bytes held back of one attempt: several long logs. */
  public static final int MAX_TEST = 4 << 20;

  /** The most bytes held back in all; with all else a command fits into 64 MiB. */
  public static final int MAX_HELD = 16 << 20;

  /** The name of the file that stands for attachments that could not be held back. */
  public static final String OMITTED_FILE = "headgate.omitted";

  private enum Decision {
    KEPT,
    DROPPED,
    KEPT_AND_ENDED,
    DROPPED_AND_ENDED;

    boolean isKept() {
      return this == KEPT || this == KEPT_AND_ENDED;
    }

    boolean isEnded() {
      return this == KEPT_AND_ENDED || this == DROPPED_AND_ENDED;
    }

    static Decision of(boolean kept, boolean ended) {
      if (kept) {
        return ended ? KEPT_AND_ENDED : KEPT;
      }
      return ended ? DROPPED_AND_ENDED : DROPPED;
    }
  }

  private final TestCondition wanted;
  private final Map<Name, HeldTest> held = new LinkedHashMap<>();
  private final RecentTests<Decision> decided = new RecentTests<>();
  private final RecentTests<List<String>> tags = new RecentTests<>();

  /** Announcements that were dropped, and that part the next attempt from an earlier one. */
  private final RecentTests<Boolean> partings = new RecentTests<>();

  private long weight;

  /**
   * Keeps what meets a condition.
   *
   * @param next where it goes
   */
  public TestFilter(TestCondition wanted, StreamSink next) {
    super(next);
    this.wanted = wanted;
  }

  @Override
  public void event(Event event) {
    Name name = Name.of(event);
    if (name == null) {
      next.event(event);
      return;
    }
    if (!event.tags().isEmpty()) {
      tags.put(name, event.tags(), RecentTests.weightOf(event.tags()));
    }
    HeldTest test = held.get(name);
    if (test != null) {
      hold(test, event);
      return;
    }
    Decision decision = decided.get(name);
    if (event.status() == Status.EXISTS && (decision == null || decision.isEnded())) {
      announce(name, event);
    } else if (decision == null || (decision.isEnded() && event.status() == Status.INPROGRESS)) {
      begin(name, event);
    } else {
      follow(name, decision, event);
    }
  }

  /** An announcement is not an attempt that runs: it is not waited for. */
  private void announce(Name name, Event event) {
    boolean parts = decided.get(name) != null;
    decided.remove(name);
    HeldTest alone = new HeldTest(name, tagsOf(name));
    alone.hold(event, MAX_HELD);
    alone.finish();
    if (judge(alone) == Answer.YES) {
      next.event(event);
    } else if (parts) {
      partings.put(name, true, 0);
    }
  }

  private void begin(Name name, Event event) {
    decided.remove(name);
    HeldTest test = new HeldTest(name, tagsOf(name));
    held.put(name, test);
    if (partings.get(name) != null) {
      partings.remove(name);
      if (event.status() != Status.INPROGRESS) {
        test.part(parting(event, Status.EXISTS));
      }
    }
    weight += test.weight();
    hold(test, event);
  }

  private List<String> tagsOf(Name name) {
    List<String> known = tags.get(name);
    return known == null ? List.of() : known;
  }

  private void hold(HeldTest test, Event event) {
    long before = test.weight();
    test.hold(event, Math.min(MAX_TEST - before, MAX_HELD - weight));
    weight += test.weight() - before;
    Answer answer = judge(test);
    if (answer != Answer.NOT_YET) {
      decide(test, answer);
    }
    while (weight > MAX_HELD) {
      giveUp(held.values().iterator().next());
    }
  }

  private void giveUp(HeldTest test) {
    test.finish();
    decide(test, judge(test));
  }

  private Answer judge(HeldTest test) {
    Answer answer = wanted.judge(test);
    if (answer == Answer.NOT_YET && test.ended()) {
      throw new IllegalStateException("the condition says nothing of a test that has ended");
    }
    return answer;
  }

  private void decide(HeldTest test, Answer answer) {
    held.remove(test.name());
    weight -= test.weight();
    boolean kept = answer == Answer.YES;
    decided.put(test.name(), Decision.of(kept, test.status().isFinal()), 0);
    if (kept) {
      test.releaseTo(next);
    }
  }

  /** An event of an attempt that was decided. */
  private void follow(Name name, Decision decision, Event event) {
    boolean isFinal = event.status().isFinal();
    boolean kept = decision.isKept();
    if (isFinal && !kept) {
      HeldTest corrected = new HeldTest(name, tagsOf(name));
      corrected.hold(event, MAX_HELD);
      kept = judge(corrected) == Answer.YES;
      if (kept) {
        next.event(parting(event, Status.INPROGRESS));
      }
    }
    if (isFinal) {
      decided.put(name, Decision.of(kept, true), 0);
    }
    if (kept) {
      next.event(event);
    }
  }

  /** Parts an attempt whose beginning was dropped from the one before it. */
  private static Event parting(Event event, Status status) {
    return Event.builder()
        .testId(event.testId())
        .status(status)
        .runnable(event.runnable())
        .routeCode(event.routeCode())
        .build();
  }

  @Override
  public void end() {
    List<HeldTest> unfinished = new ArrayList<>(held.values());
    unfinished.forEach(this::giveUp);
    next.end();
  }
}
