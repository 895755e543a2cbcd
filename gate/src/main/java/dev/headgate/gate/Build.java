package dev.headgate.gate;

import dev.headgate.model.BranchRef;
import dev.headgate.model.BuildId;
import dev.headgate.model.Content;
import dev.headgate.model.ItemId;
import dev.headgate.model.JobName;
import dev.headgate.model.TestCounts;
import dev.headgate.model.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A build while the machine runs; {@link Row.Build} is its kept form.
 *
 * <pre>
 *   STARTING ──▶ RUNNING ──▶ PAUSED ──resumed──▶ RUNNING
 *       └───────────┴───────────┴──abandoned──▶ CANCELLING
 *   any of them ──ended or lost──▶ ENDED
 * </pre>
 */
final class Build {
  final BuildId id;
  final ItemId item;
  final JobKey key;
  final int attempt;
  final String definition;
  final Map<BranchRef, Content> contents;
  final List<String> semaphores;
  private boolean current = true;
  private BuildState state = BuildState.STARTING;
  private String evidence = "";
  private Event.BuildLost.Again again = Event.BuildLost.Again.COUNTED;
  private Optional<Set<JobName>> children = Optional.empty();
  private @Nullable Verdict verdict;
  private TestCounts tests = TestCounts.NONE;
  private Instant changedAt;

  Build(
      BuildId id,
      ItemId item,
      JobKey key,
      int attempt,
      String definition,
      Map<BranchRef, Content> contents,
      List<String> semaphores,
      Instant now) {
    this.id = id;
    this.item = item;
    this.key = key;
    this.attempt = attempt;
    this.definition = definition;
    this.contents = contents;
    this.semaphores = semaphores;
    this.changedAt = now;
  }

  static Build of(Row.Build row) {
    Build build =
        new Build(
            row.id(),
            row.item(),
            new JobKey(row.change(), row.job()),
            row.attempt(),
            row.definition(),
            row.contents(),
            row.semaphores(),
            row.changedAt());
    build.current = row.current();
    build.state = row.state();
    build.evidence = row.evidence();
    build.again = row.again();
    build.children = row.children();
    build.verdict = row.verdict();
    build.tests = row.tests();
    return build;
  }

  Row.Build row() {
    return new Row.Build(
        id,
        item,
        key.change(),
        key.job(),
        attempt,
        definition,
        contents,
        semaphores,
        current,
        state,
        evidence,
        again,
        children,
        verdict,
        tests,
        changedAt);
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

  /** Whether it ended and passed. */
  boolean hasPassed() {
    return state == BuildState.ENDED && verdict().kind() == Verdict.Kind.PASSED;
  }

  /** What is known already of its failing; empty if nothing is. */
  String evidence() {
    return evidence;
  }

  Event.BuildLost.Again again() {
    return again;
  }

  /**
   * Whether it said that a job needing it shall not run. A list of jobs is meant for all that need
   * it; an empty one for those that cannot do without it.
   */
  boolean leavesOut(JobName child, boolean hard) {
    return children
        .map(wanted -> !wanted.contains(child) && (hard || !wanted.isEmpty()))
        .orElse(false);
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

  void paused(Optional<Set<JobName>> wanted, Instant now) {
    moveTo(BuildState.PAUSED, now, BuildState.STARTING, BuildState.RUNNING);
    children = wanted;
  }

  void resumed(Instant now) {
    moveTo(BuildState.RUNNING, now, BuildState.PAUSED);
  }

  void failing(String detail) {
    evidence = detail;
  }

  /** What was known of its failing is settled by how it ended. */
  void isNotFailing() {
    evidence = "";
  }

  /** Its path is given up. */
  void abandoned(Instant now) {
    moveTo(BuildState.CANCELLING, now, BuildState.STARTING, BuildState.RUNNING, BuildState.PAUSED);
    current = false;
  }

  /** It passed on a path that was given up, and is kept. */
  void setAside() {
    current = false;
  }

  /** Its item has come to the same contents again. */
  void takenUp() {
    current = true;
  }

  void ended(Verdict result, TestCounts counts, Optional<Set<JobName>> wanted, Instant now) {
    moveTo(
        BuildState.ENDED,
        now,
        BuildState.STARTING,
        BuildState.RUNNING,
        BuildState.PAUSED,
        BuildState.CANCELLING);
    verdict = result;
    tests = counts;
    if (wanted.isPresent()) {
      children = wanted;
    }
  }

  void lost(String reason, Event.BuildLost.Again rule, Instant now) {
    again = rule;
    ended(new Verdict(Verdict.Kind.ENVIRONMENT, reason), TestCounts.NONE, Optional.empty(), now);
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
