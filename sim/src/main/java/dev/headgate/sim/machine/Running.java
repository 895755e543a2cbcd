package dev.headgate.sim.machine;

import dev.headgate.gate.Effect;
import dev.headgate.gate.Event;
import dev.headgate.model.BuildId;
import dev.headgate.model.JobName;
import dev.headgate.model.TestCounts;
import dev.headgate.model.Verdict;
import java.util.Optional;
import java.util.Set;

/** A build that the machine asked for and that has not ended in the world. */
final class Running {
  private static final int FAILING_PERCENT = 25;
  private static final int CHOOSING_PERCENT = 12;

  private final Effect.Start start;
  private final Setup setup;
  private boolean started;
  private boolean paused;
  private boolean cancelled;
  private boolean ended;

  Running(Effect.Start start, Setup setup) {
    this.start = start;
    this.setup = setup;
  }

  private BuildId id() {
    return start.build();
  }

  boolean hasEnded() {
    return ended;
  }

  /** Whether it can end by itself now. */
  boolean mayEnd() {
    return cancelled || !paused;
  }

  void cancel() {
    cancelled = true;
  }

  void resume() {
    paused = false;
  }

  /** What it does next; empty if it does nothing. */
  Optional<Event> next(int how) {
    if (cancelled) {
      return Optional.of(how % 10 < 8 ? end(Verdict.Kind.NONE, "cancelled") : end());
    }
    if (paused) {
      return how % 8 == 0 ? Optional.of(lost(how)) : Optional.empty();
    }
    if (!started && how % 3 == 0) {
      started = true;
      return Optional.of(new Event.BuildStarted(id()));
    }
    return Optional.of(goOn(how % 100));
  }

  private Event goOn(int how) {
    if (how < 8) {
      paused = true;
      return new Event.BuildPaused(id(), children());
    } else if (how < 16) {
      return new Event.Evidence(id(), "a test failed");
    } else if (how < 23) {
      return lost(how);
    } else if (how < 27) {
      return end(Verdict.Kind.ENVIRONMENT, "the disk is full");
    } else if (how < 37) {
      return end(Verdict.Kind.FAILED, "exit status 1");
    }
    return end();
  }

  /** Ends as its job does on these contents. */
  Event end() {
    boolean fails =
        setup.chance(start.job().name() + " on " + start.contents(), 100) < FAILING_PERCENT;
    return fails ? end(Verdict.Kind.FAILED, "exit status 2") : end(Verdict.Kind.PASSED, "");
  }

  private Event end(Verdict.Kind kind, String reason) {
    ended = true;
    return new Event.BuildEnded(id(), new Verdict(kind, reason), TestCounts.NONE, children());
  }

  Event overTime() {
    return end(Verdict.Kind.FAILED, "over its time");
  }

  private Event lost(int how) {
    ended = true;
    Event.BuildLost.Again[] rules = Event.BuildLost.Again.values();
    return new Event.BuildLost(id(), "its worker is gone", rules[how % rules.length]);
  }

  private Optional<Set<JobName>> children() {
    String what = "children of " + start.job().name() + " on " + start.contents();
    if (setup.chance(what, 100) >= CHOOSING_PERCENT) {
      return Optional.empty();
    }
    return Optional.of(
        setup.chance(what, 2) == 0
            ? Set.of()
            : Set.of(setup.chance(what, 3) == 0 ? new JobName("unit") : new JobName("image")));
  }
}
