package dev.headgate.gate;

import dev.headgate.model.BuildId;
import dev.headgate.model.ItemId;
import dev.headgate.model.JobName;
import dev.headgate.model.TestCounts;
import dev.headgate.model.Verdict;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A build while the machine runs; {@link Row.Build} is its kept form. */
final class Build {
  final BuildId id;
  final ItemId item;
  final JobName job;
  final int attempt;
  private boolean current = true;
  private BuildState state = BuildState.STARTING;
  private @Nullable Verdict verdict;
  private TestCounts tests = TestCounts.NONE;
  private Instant changedAt;

  Build(BuildId id, ItemId item, JobName job, int attempt, Instant now) {
    this.id = id;
    this.item = item;
    this.job = job;
    this.attempt = attempt;
    this.changedAt = now;
  }

  static Build of(Row.Build row) {
    Build build = new Build(row.id(), row.item(), row.job(), row.attempt(), row.changedAt());
    build.current = row.current();
    build.state = row.state();
    build.verdict = row.verdict();
    build.tests = row.tests();
    return build;
  }

  Row.Build row() {
    return new Row.Build(id, item, job, attempt, current, state, verdict, tests, changedAt);
  }

  boolean isCurrent() {
    return current;
  }

  BuildState state() {
    return state;
  }

  boolean isActive() {
    return state != BuildState.ENDED;
  }

  /** The verdict of an ended build. */
  Verdict verdict() {
    if (verdict == null) {
      throw new IllegalStateException(
          "build " + id + " is " + state.code() + ", it has no verdict");
    }
    return verdict;
  }

  TestCounts tests() {
    return tests;
  }

  void started(Instant now) {
    moveTo(BuildState.RUNNING, now, BuildState.STARTING);
  }

  /** Its path is given up. */
  void abandoned(Instant now) {
    moveTo(BuildState.CANCELLING, now, BuildState.STARTING, BuildState.RUNNING);
    current = false;
  }

  void ended(Verdict result, TestCounts counts, Instant now) {
    moveTo(BuildState.ENDED, now, BuildState.STARTING, BuildState.RUNNING, BuildState.CANCELLING);
    verdict = result;
    tests = counts;
  }

  private void moveTo(BuildState next, Instant now, BuildState... from) {
    for (BuildState allowed : from) {
      if (state == allowed) {
        state = next;
        changedAt = now;
        return;
      }
    }
    throw new IllegalStateException(
        "build " + id + " cannot go from " + state.code() + " to " + next.code());
  }
}
