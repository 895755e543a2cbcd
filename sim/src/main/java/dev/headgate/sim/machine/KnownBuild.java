package dev.headgate.sim.machine;

import dev.headgate.gate.Effect;
import dev.headgate.gate.Event;
import dev.headgate.model.BranchRef;
import dev.headgate.model.Content;
import dev.headgate.model.Job;
import dev.headgate.model.JobName;
import dev.headgate.model.Verdict;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the model knows of one build: what was asked for, and what was told of it since. */
final class KnownBuild {
  final Effect.Start start;
  private Verdict.@Nullable Kind verdict;
  private Event.BuildLost.Again again = Event.BuildLost.Again.COUNTED;
  private Optional<Set<JobName>> children = Optional.empty();
  private boolean paused;
  private boolean doubted;
  private boolean cancelled;

  KnownBuild(Effect.Start start) {
    this.start = start;
  }

  Job job() {
    return start.job();
  }

  boolean isOn(Map<BranchRef, Content> path) {
    return start.contents().equals(path);
  }

  boolean hasEnded() {
    return verdict != null;
  }

  boolean hasPassed() {
    return verdict == Verdict.Kind.PASSED;
  }

  /** Whether it is done as far as jobs needing it go. */
  boolean lets() {
    return hasPassed() || (paused && verdict == null);
  }

  /** Whether it ended without passing before anybody cancelled it. */
  boolean hasFailed() {
    return verdict != null && !hasPassed() && !cancelled;
  }

  boolean isNeverBuiltAgain() {
    return again == Event.BuildLost.Again.NEVER;
  }

  Verdict.@Nullable Kind verdict() {
    return verdict;
  }

  /** Whether there was evidence of its failing. */
  boolean wasDoubted() {
    return doubted;
  }

  boolean isCancelled() {
    return cancelled;
  }

  /** Whether it said that a job needing it shall not run. */
  boolean leavesOut(JobName child, boolean hard) {
    return children
        .map(wanted -> !wanted.contains(child) && (hard || !wanted.isEmpty()))
        .orElse(false);
  }

  void ended(Event.BuildEnded event) {
    if (verdict == null) {
      verdict = event.verdict().kind();
      paused = false;
      event.children().ifPresent(wanted -> children = Optional.of(wanted));
    }
  }

  void lost(Event.BuildLost event) {
    if (verdict == null) {
      verdict = Verdict.Kind.ENVIRONMENT;
      paused = false;
      again = event.again();
    }
  }

  void paused(Event.BuildPaused event) {
    if (verdict == null && !cancelled) {
      paused = true;
      children = event.children();
    }
  }

  void resumed() {
    paused = false;
  }

  void doubted() {
    doubted = true;
  }

  void cancelled() {
    cancelled = true;
  }
}
