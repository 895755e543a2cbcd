package dev.headgate.bench;

import dev.headgate.gate.Effect;
import dev.headgate.gate.Event;
import dev.headgate.gate.Gate;
import dev.headgate.gate.GateSettings;
import dev.headgate.gate.Step;
import dev.headgate.gate.Window;
import dev.headgate.model.BranchRef;
import dev.headgate.model.BuildId;
import dev.headgate.model.Change;
import dev.headgate.model.ChangeId;
import dev.headgate.model.Content;
import dev.headgate.model.Job;
import dev.headgate.model.JobGraph;
import dev.headgate.model.ProjectId;
import dev.headgate.model.Revision;
import dev.headgate.model.TestCounts;
import dev.headgate.model.Verdict;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * A gate whose queue is kept at one length: when an item leaves, another enters. Each change has
 * two jobs and a twentieth of them is broken. Every answer the gate waits for is given in the order
 * in which it was asked for, builds after all others. For one thread.
 */
public final class GateLoad {
  private static final BranchRef MAIN = new BranchRef(new ProjectId("canal"), "main");
  private static final JobGraph JOBS =
      new JobGraph(List.of(Job.of("unit", "make unit"), Job.of("lint", "make lint")));
  private static final Verdict PASSED = new Verdict(Verdict.Kind.PASSED, "");
  private static final Verdict FAILED = new Verdict(Verdict.Kind.FAILED, "exit status 1");
  private static final Verdict CANCELLED = new Verdict(Verdict.Kind.NONE, "cancelled");
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final int SLOTS = 64;
  private static final int BROKEN_PERCENT = 5;

  private final int length;
  private final Gate gate;
  private final Deque<Event> answers = new ArrayDeque<>();
  private final Deque<Effect.Start> running = new ArrayDeque<>();
  private final Set<BuildId> cancelled = new HashSet<>();
  private final Map<ChangeId, Boolean> broken = new HashMap<>();
  private final SplittableRandom random = new SplittableRandom(1);
  private int queued;
  private long changes;
  private long contents;

  /**
   * A gate with so many items queued, past its first rush.
   *
   * @param length the items in its queue, at least 1
   * @param window its window
   */
  public GateLoad(int length, Window window) {
    this.length = length;
    this.gate = Gate.load(List.of(), GateSettings.gate(window));
    take(new Event.CapacityChanged(SLOTS));
    take(new Event.TipMoved(MAIN, new Content("c0")));
    for (int i = 0; i < 4 * length; i++) {
      take(next());
    }
  }

  /** The next event that reaches the gate. */
  public Event next() {
    Event answer = answers.poll();
    if (answer != null) {
      return answer;
    }
    if (queued < length) {
      return entry();
    }
    while (!running.isEmpty()) {
      Effect.Start start = running.removeFirst();
      if (!cancelled.remove(start.build())) {
        boolean fails = broken.getOrDefault(start.change().id(), false);
        return new Event.BuildEnded(start.build(), fails ? FAILED : PASSED, TestCounts.NONE);
      }
    }
    throw new IllegalStateException("the gate is stuck with " + queued + " items");
  }

  private Event entry() {
    ChangeId id = new ChangeId("change/" + ++changes);
    broken.put(id, random.nextInt(100) < BROKEN_PERCENT);
    return new Event.Enqueued(
        new Change(id, MAIN, new Revision("r" + changes), List.of(), "Change " + changes));
  }

  /** What the gate makes of an event; this is what is measured. */
  public Step decide(Event event) {
    return gate.on(event, NOW);
  }

  /** Lets the surroundings react to a step. */
  public void answer(Event event, Step step) {
    if (event instanceof Event.Enqueued) {
      queued++;
    }
    for (Effect effect : step.effects()) {
      switch (effect) {
        case Effect.Prepare e ->
            answers.add(
                new Event.Prepared(
                    e.preparation(), e.change(), new Content("c" + ++contents), JOBS, List.of()));
        case Effect.Start e -> {
          answers.add(new Event.BuildStarted(e.build()));
          running.add(e);
        }
        case Effect.Cancel e -> {
          cancelled.add(e.build());
          answers.add(new Event.BuildEnded(e.build(), CANCELLED, TestCounts.NONE));
        }
        case Effect.Land e ->
            answers.add(new Event.Landed(e.item(), Map.of(MAIN, e.move().content())));
        case Effect.Report e -> {
          queued--;
          broken.remove(e.change().id());
        }
        case Effect.Resume e -> {}
        case Effect.Announce e -> {}
        case Effect.Ask e -> {}
      }
    }
  }

  private void take(Event event) {
    answer(event, decide(event));
  }

  /** How long each of so many decisions took, in nanoseconds, shortest first. */
  List<Long> measure(int decisions) {
    List<Long> took = new ArrayList<>(decisions);
    for (int i = 0; i < decisions; i++) {
      Event event = next();
      long begin = System.nanoTime();
      Step step = decide(event);
      took.add(System.nanoTime() - begin);
      answer(event, step);
    }
    took.sort(null);
    return took;
  }
}
