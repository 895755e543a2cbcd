package dev.headgate.sim;

import dev.headgate.gate.BuildState;
import dev.headgate.gate.Effect;
import dev.headgate.gate.Event;
import dev.headgate.gate.ItemState;
import dev.headgate.gate.Row;
import dev.headgate.model.BuildId;
import dev.headgate.model.Job;
import dev.headgate.model.Verdict;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * No more builds than slots, none idle while a job is due, none on a path that was given up, and no
 * verdict that no build had.
 */
final class BuildChecks {
  private final Transition step;
  private final Reading before;
  private final Reading after;

  BuildChecks(Transition step) {
    this.step = step;
    this.before = step.before();
    this.after = step.after();
  }

  void check() {
    List<Effect.Start> starts = step.effects(Effect.Start.class);
    InvariantBroken.unless(
        starts.isEmpty() || after.activeBuilds() <= after.slots(),
        "%s builds are active in %s slots",
        after.activeBuilds(),
        after.slots());
    starts.forEach(this::checkStart);
    checkNoneIsDue();
    checkGivenUp();
    checkVerdict();
  }

  private void checkStart(Effect.Start start) {
    Row.Build row = after.builds().get(start.build());
    Row.Item item = after.items().get(start.item());
    boolean right =
        row != null
            && item != null
            && row.current()
            && row.state() == BuildState.STARTING
            && start.contents().equals(item.contents())
            && start.attempt() == after.builds(start.item(), start.job().name()).size();
    InvariantBroken.unless(right, "build %s is not what its rows say", start.build());
    Repository repository = step.world().repository;
    InvariantBroken.unless(
        repository.jobs(repository.tree(start.content())).stream()
            .anyMatch(graph -> graph.jobs().contains(start.job())),
        "%s is no job of %s",
        start.job().name(),
        start.content());
  }

  private void checkNoneIsDue() {
    if (after.activeBuilds() >= after.slots()) {
      return;
    }
    for (List<Row.Item> queue : after.queues()) {
      for (Row.Item item : after.window(queue)) {
        for (Job job : item.state() == ItemState.TESTING ? after.jobs(item) : List.<Job>of()) {
          InvariantBroken.unless(
              !after.isDue(item, job),
              "%s of item %s is due and a slot is free",
              job.name(),
              item.id());
        }
      }
    }
  }

  /**
   * A build is current, or kept because it passed, or told to end; and it is told in the step that
   * gave its path up.
   */
  private void checkGivenUp() {
    Set<BuildId> cancelled = new HashSet<>();
    step.effects(Effect.Cancel.class).forEach(cancel -> cancelled.add(cancel.build()));
    for (Row.Build build : after.builds().values()) {
      if (build.current()) {
        Row.Item item = after.items().get(build.item());
        InvariantBroken.unless(
            item != null
                && step.ledger().start(build.id()).contents().equals(item.contents())
                && build.contents().equals(item.contents()),
            "build %s is current and tests another content than its item's",
            build.id());
        continue;
      }
      if (build.state() == BuildState.ENDED) {
        InvariantBroken.unless(
            Reading.kindOf(build) == Verdict.Kind.PASSED && after.items().containsKey(build.item()),
            "build %s is kept for nothing",
            build.id());
        continue;
      }
      Row.Build former = before.builds().get(build.id());
      boolean toldBefore = former != null && !former.current();
      InvariantBroken.unless(
          build.state() == BuildState.CANCELLING && (toldBefore || cancelled.remove(build.id())),
          "build %s runs on a path that was given up and was not told to end",
          build.id());
    }
    InvariantBroken.unless(cancelled.isEmpty(), "builds %s are cancelled for nothing", cancelled);
  }

  private void checkVerdict() {
    switch (step.event()) {
      case Event.BuildEnded ended -> checkVerdict(ended.build(), ended.verdict().kind());
      case Event.BuildLost lost -> checkVerdict(lost.build(), Verdict.Kind.ENVIRONMENT);
      default -> {}
    }
  }

  private void checkVerdict(BuildId id, Verdict.Kind kind) {
    Row.Build build = before.builds().get(id);
    if (build != null && build.state() != BuildState.ENDED) {
      boolean cancelled = kind == Verdict.Kind.NONE && build.state() == BuildState.CANCELLING;
      InvariantBroken.unless(
          cancelled || step.world().endedWith(id, kind),
          "build %s is said to be %s and never was",
          id,
          kind.code());
    }
  }
}
