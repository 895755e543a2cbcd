package dev.headgate.sim;

import dev.headgate.gate.BuildState;
import dev.headgate.gate.Effect;
import dev.headgate.gate.Event;
import dev.headgate.gate.ItemEnd;
import dev.headgate.gate.ItemState;
import dev.headgate.gate.Row;
import dev.headgate.model.BranchRef;
import dev.headgate.model.BuildId;
import dev.headgate.model.Change;
import dev.headgate.model.ChangeId;
import dev.headgate.model.Content;
import dev.headgate.model.ItemId;
import dev.headgate.model.Job;
import dev.headgate.model.Outcome;
import dev.headgate.model.Verdict;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** No item is lost, and each ends for a reason that is true in the world. */
final class EndChecks {
  private final Transition step;
  private final Reading before;
  private final Reading after;
  private final Map<ItemId, ItemEnd> ends = new HashMap<>();

  EndChecks(Transition step) {
    this.step = step;
    this.before = step.before();
    this.after = step.after();
  }

  void check() {
    List<Effect.Report> reports = step.effects(Effect.Report.class);
    reports.forEach(report -> ends.put(report.item(), report.end()));
    for (ItemId item : before.items().keySet()) {
      InvariantBroken.unless(
          after.items().containsKey(item) != ends.containsKey(item), "item %s is lost", item);
    }
    checkEntry(reports);
    for (Effect.Report report : reports) {
      Row.Item item = before.items().get(report.item());
      InvariantBroken.unless(
          report.announced() == step.ledger().isAnnounced(report.item()),
          "item %s ends and its beginning was told otherwise",
          report.item());
      if (item == null) {
        checkRefused(report);
      } else {
        checkEnd(item, report.end());
      }
    }
  }

  private void checkEntry(List<Effect.Report> reports) {
    for (Row.Item item : after.items().values()) {
      InvariantBroken.unless(
          before.items().containsKey(item.id()) || isEnqueuedNow(item.change()),
          "item %s came from nowhere",
          item.id());
    }
    if (step.event() instanceof Event.Enqueued enqueued) {
      Row.Item item = after.item(enqueued.change().id());
      boolean queued =
          item != null && item.change().revision().equals(enqueued.change().revision());
      boolean refused =
          reports.stream()
              .anyMatch(report ->
                  isOf(enqueued, report.change()) && !before.items().containsKey(report.item()));
      InvariantBroken.unless(
          queued || refused, "%s was enqueued and is lost", enqueued.change().id());
    }
  }

  private boolean isEnqueuedNow(Change change) {
    return step.event() instanceof Event.Enqueued enqueued && isOf(enqueued, change);
  }

  /** What it depends on may be fewer by then. */
  private static boolean isOf(Event.Enqueued event, Change change) {
    return event.change().id().equals(change.id())
        && event.change().revision().equals(change.revision());
  }

  private void checkRefused(Effect.Report report) {
    Change change = report.change();
    Row.Item present = before.item(change.id());
    boolean landing = present != null && present.state() == ItemState.LANDING;
    boolean lacking =
        change.dependsOn().stream()
            .filter(name -> !after.hasLanded(name))
            .anyMatch(name -> !isQueuedFor(change.target(), name));
    InvariantBroken.unless(
        isEnqueuedNow(change) && (landing || lacking), "%s was refused wrongly", change.id());
    step.world().tally.count(Happening.REFUSED_ENTRY);
  }

  /** One that was abandoned while it lands is as good as gone. */
  private boolean isQueuedFor(BranchRef branch, ChangeId name) {
    Row.Item item = after.item(name);
    return item != null && item.change().target().equals(branch) && !after.isAbandoned(name);
  }

  private void checkEnd(Row.Item item, ItemEnd end) {
    switch (end.kind()) {
      case LANDED -> checkLanded(item, end);
      case PASSED -> InvariantBroken.unless(false, "item %s passed and is not landed", item.id());
      case REJECTED -> checkRejected(item, end);
      case WITHDRAWN -> checkWithdrawn(item);
    }
    InvariantBroken.unless(
        end.kind() == ItemEnd.Kind.LANDED || !step.world().hasLanded(item.id()),
        "item %s is reported as %s and has landed",
        item.id(),
        end.kind().code());
  }

  private void checkLanded(Row.Item item, ItemEnd end) {
    Content content = Objects.requireNonNull(Reading.content(item));
    boolean contained = content.equals(Reading.base(item));
    // An earlier entry of the change may have moved the branch there; the item then found it done.
    InvariantBroken.unless(
        step.event() instanceof Event.Landed
            && item.contents().equals(end.contents())
            && step.world().repository.tips(item.change().target()).contains(content),
        "item %s is reported as landed and did not",
        item.id());
    step.world().tally.count(contained ? Happening.LANDED_AS_CONTAINED : Happening.LANDED);
  }

  private void checkWithdrawn(Row.Item item) {
    if (endedWith(item, ItemEnd.Kind.WITHDRAWN)) {
      step.world().tally.count(Happening.WITHDRAWN_WITH_A_DEPENDENCY);
      return;
    }
    ChangeId name = item.change().id();
    boolean asked =
        switch (step.event()) {
          case Event.Dequeued e -> e.change().equals(name);
          case Event.Abandoned e -> e.change().equals(name);
          case Event.RevisionChanged e -> e.change().equals(name);
          case Event.Enqueued e -> e.change().id().equals(name);
          case Event.LandRefused e -> e.item().equals(item.id()) && !item.leave().isEmpty();
          default -> false;
        };
    InvariantBroken.unless(asked, "item %s was withdrawn, and nobody asked for it", item.id());
    if (step.event() instanceof Event.LandRefused) {
      step.world().tally.count(Happening.LEFT_BECAUSE_ITS_LANDING_WAS_REFUSED);
    }
    step.world().tally.count(Happening.WITHDRAWN);
  }

  /** Whether something it depends on ended so in this step, which takes it along. */
  private boolean endedWith(Row.Item item, ItemEnd.Kind kind) {
    for (ChangeId name : item.change().dependsOn()) {
      Row.Item dependency = before.item(name);
      ItemEnd end = dependency == null ? null : ends.get(dependency.id());
      if (end != null && end.kind() == kind) {
        return true;
      }
    }
    return false;
  }

  private void checkRejected(Row.Item item, ItemEnd end) {
    InvariantBroken.unless(!end.reason().isBlank(), "item %s is rejected for no reason", item.id());
    if (endedWith(item, ItemEnd.Kind.REJECTED)) {
      step.world().tally.count(Happening.REJECTED_WITH_A_DEPENDENCY);
      return;
    }
    checkPathIsReal(item);
    if (step.event() instanceof Event.LandRefused refused && refused.item().equals(item.id())) {
      InvariantBroken.unless(
          Objects.equals(refused.tips().get(item.change().target()), Reading.base(item))
              && end.cause() == ItemEnd.Cause.HOST
              && end.outcome() == Outcome.ENVIRONMENT,
          "item %s is rejected because the branch moved",
          item.id());
    } else if (isUnbuildable(item)) {
      checkUnbuildable(item);
    } else {
      checkFailed(item, end);
    }
    boolean fault = end.outcome() == Outcome.ENVIRONMENT;
    step.world().tally.count(fault ? Happening.REJECTED_FOR_A_FAULT : Happening.REJECTED);
  }

  /**
   * Everything ahead of it is gone or fails, and it stands on the tip, which the branch really had;
   * or on a former one, if it failed there and was overtaken.
   */
  private void checkPathIsReal(Row.Item item) {
    BranchRef branch = item.change().target();
    Content base = Reading.base(item);
    boolean first =
        after.queue(branch).stream()
            .allMatch(other -> other.order() > item.order() || after.isFailing(other));
    InvariantBroken.unless(
        first
            && base != null
            && (base.equals(after.tip(branch)) || step.ledger().wasOvertaken(item))
            && step.world().repository.tips(branch).contains(base),
        "item %s is rejected on %s, which did not become real",
        item.id(),
        base);
  }

  private boolean isUnbuildable(Row.Item item) {
    return item.state() == ItemState.UNBUILDABLE
        || (step.event() instanceof Event.Conflicted conflicted
            && conflicted.preparation().equals(item.preparation()))
        || (step.event() instanceof Event.ConfigBroken broken
            && broken.preparation().equals(item.preparation()));
  }

  private void checkUnbuildable(Row.Item item) {
    Repository repository = step.world().repository;
    Tree merged =
        repository.merge(
            Objects.requireNonNull(Reading.base(item)), item.change().revision().value());
    InvariantBroken.unless(
        merged == null || repository.jobs(merged).isEmpty(),
        "item %s is rejected as unbuildable and can be built",
        item.id());
  }

  /** A voting job of it has used up its tries, and each failure really happened. */
  private void checkFailed(Row.Item item, ItemEnd end) {
    Reading decided = withTheEventsVerdict();
    boolean fault = true;
    boolean failed = false;
    for (Job job : decided.failedVotes(item)) {
      List<Row.Build> builds = decided.builds(item.id(), job.name());
      failed |= !builds.isEmpty();
      for (Row.Build build : builds) {
        Verdict.Kind kind = Objects.requireNonNull(Reading.kindOf(build));
        InvariantBroken.unless(
            step.world().endedWith(build.id(), kind),
            "item %s is rejected for build %s, which was not %s",
            item.id(),
            build.id(),
            kind.code());
      }
      fault &= builds.isEmpty() || Reading.kindOf(builds.getLast()) != Verdict.Kind.FAILED;
    }
    InvariantBroken.unless(
        failed && decided.isDecided(item), "item %s is rejected and did not fail", item.id());
    InvariantBroken.unless(
        end.outcome() == (fault ? Outcome.ENVIRONMENT : Outcome.CHANGE),
        "item %s is rejected as the fault of %s",
        item.id(),
        end.outcome().code());
  }

  /** The rows before the step, but with the build ended that the event ended. */
  private Reading withTheEventsVerdict() {
    return switch (step.event()) {
      case Event.BuildEnded e -> before.with(row -> ended(row, e.build(), e.verdict()));
      case Event.BuildLost e ->
          before.with(
              row -> ended(row, e.build(), new Verdict(Verdict.Kind.ENVIRONMENT, e.reason())));
      default -> before;
    };
  }

  private static Row.Build ended(Row.Build row, BuildId build, Verdict verdict) {
    return row.id().equals(build) && row.state() != BuildState.ENDED
        ? new Row.Build(
            row.id(),
            row.item(),
            row.change(),
            row.job(),
            row.attempt(),
            row.definition(),
            row.contents(),
            row.semaphores(),
            row.current(),
            BuildState.ENDED,
            row.evidence(),
            row.again(),
            row.children(),
            verdict,
            row.tests(),
            row.changedAt())
        : row;
  }
}
