package dev.headgate.gate;

import dev.headgate.model.BranchRef;
import dev.headgate.model.Change;
import dev.headgate.model.ChangeId;
import dev.headgate.model.Content;
import dev.headgate.model.Outcome;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Decides over items whose path is real, and lands those that passed. */
final class Landings {
  private final Turn turn;
  private final State state;

  Landings(Turn turn, State state) {
    this.turn = turn;
    this.state = state;
  }

  private void land(Item item) {
    Map<BranchRef, Effect.Move> moves = new LinkedHashMap<>();
    for (Change change : item.changes) {
      BranchRef branch = change.target();
      Content expected =
          turn.differences().rebuildsWhenTipMoves()
              ? item.base().get(branch)
              : state.tips.get(branch);
      moves.putIfAbsent(
          branch,
          new Effect.Move(
              branch,
              Objects.requireNonNull(expected),
              Objects.requireNonNull(item.contents().get(branch))));
    }
    item.land();
    if (item.holder) {
      turn.building.wakeBehind(item);
    }
    turn.rows.touch(item);
    turn.draft.effect(
        new Effect.Land(
            item.id, item.queue.pipeline.name(), item.changes, List.copyOf(moves.values())));
  }

  void landed(Event.Landed event) {
    Item item = state.items.get(event.item());
    if (item == null || item.state() != ItemState.LANDING) {
      return;
    }
    landingEnds(item);
    boolean expected = turn.paths.standsOnTips(item);
    item.contents().forEach(turn.paths::tipIs);
    String reason = item.contents().equals(item.ownBase()) ? "already contained in " : "landed on ";
    List<String> branches =
        item.changes.stream().map(change -> change.target().branch()).distinct().toList();
    ItemEnd end =
        turn.exits.end(
            item,
            ItemEnd.Kind.LANDED,
            ItemEnd.Cause.JOBS,
            Outcome.SUCCESS,
            reason + String.join(", ", branches));
    turn.exits.succeeded(item.queue.pipeline);
    turn.exits.grow(item.queue);
    for (Change change : item.changes) {
      turn.knowledge.landedAs(change.id());
    }
    turn.exits.remove(item, end);
    if (!expected) {
      item.contents().forEach(turn.paths::restartOutdated);
    }
    event.tips().forEach(turn.paths::tipMoved);
    for (Change change : item.changes) {
      turn.knowledge.trigger(Trigger.MERGED, change.id());
    }
  }

  /** What waits for an item ahead of it that is tested again need not any more. */
  private void landingEnds(Item item) {
    if (item.previous != null) {
      for (Item next = item.next; next != null; next = next.next) {
        turn.dirty.add(next);
      }
    }
  }

  void landRefused(Event.LandRefused event) {
    Item item = state.items.get(event.item());
    if (item == null || item.state() != ItemState.LANDING) {
      return;
    }
    landingEnds(item);
    Optional<BranchRef> moved =
        item.changes.stream()
            .map(Change::target)
            .filter(branch -> {
              Content tip = event.tips().get(branch);
              return tip != null && !tip.equals(item.base().get(branch));
            })
            .findFirst();
    if (!event.landed().isEmpty()) {
      event.landed().forEach(turn.knowledge::landedAs);
      turn.exits.reject(item, ItemEnd.Cause.IN_PART, Outcome.ENVIRONMENT, inPart(event));
      event.tips().forEach(turn.paths::tipMoved);
      event.landed().forEach(change -> turn.knowledge.trigger(Trigger.MERGED, change));
      return;
    }
    if (!item.leave().isEmpty()) {
      turn.exits.withdrawn(item, item.leave());
    } else if (moved.isPresent() && turn.differences().rebuildsWhenTipMoves()) {
      BranchRef branch = moved.get();
      turn.paths.reset(
          item, Paths.tipMovedReason(branch, Objects.requireNonNull(event.tips().get(branch))));
      turn.dirty.add(item);
      item.behind()
          .forEach(other ->
              turn.paths.resetWithBehind(
                  other, "it was built on " + item.name() + ", which was itself restarted"));
    } else {
      turn.exits.reject(
          item, ItemEnd.Cause.HOST, Outcome.ENVIRONMENT, "it passed, but " + event.reason());
    }
    event.tips().forEach(turn.paths::tipMoved);
  }

  private static String inPart(Event.LandRefused event) {
    return "it passed, but only "
        + String.join(", ", event.landed().stream().map(ChangeId::toString).toList())
        + " landed: "
        + event.reason();
  }

  /** Lands or ends an item if its path is real and nothing of it is left to run. */
  void decide(Item item) {
    Pipeline pipeline = item.queue.pipeline;
    if (item.ahead() != null || !item.isComplete(turn.differences())) {
      return;
    }
    Failures failures = new Failures(item, turn.differences());
    if (item.state() == ItemState.UNBUILDABLE) {
      turn.exits.reject(item, item.cause(), Outcome.CHANGE, failures.reason());
    } else if (item.isBlocked(turn.differences())) {
      turn.exits.reject(item, ItemEnd.Cause.JOBS, failures.outcome(), failures.reason());
    } else if (item.tasks().isEmpty()
        && !(pipeline.manager().lands() && turn.differences().landsWithoutJobs())) {
      turn.exits.reject(
          item, ItemEnd.Cause.NO_JOBS, Outcome.CHANGE, "no job applies to what it changes");
    } else if (!pipeline.manager().lands() || state.isDisabled(pipeline)) {
      passed(item);
    } else {
      landIfFree(item);
    }
  }

  private void passed(Item item) {
    Pipeline pipeline = item.queue.pipeline;
    turn.exits.succeeded(pipeline);
    turn.exits.remove(
        item,
        turn.exits.end(
            item,
            ItemEnd.Kind.PASSED,
            ItemEnd.Cause.JOBS,
            Outcome.SUCCESS,
            pipeline.manager().lands()
                ? "passed; pipeline "
                    + pipeline.name()
                    + " is disabled after too many failures and lands nothing"
                : "passed"));
  }

  private void landIfFree(Item item) {
    if (turn.differences().rebuildsWhenTipMoves()) {
      for (Map.Entry<BranchRef, Content> base : item.base().entrySet()) {
        if (!base.getValue().equals(state.tips.get(base.getKey()))) {
          turn.paths.resetWithBehind(
              item, base.getKey().branch() + " has moved on while it was tested");
          return;
        }
      }
    }
    for (Change change : item.changes) {
      if (state.freezes.containsKey(change.target())) {
        return;
      }
    }
    if (turn.differences().reportsInOrder() && item.previous != null) {
      return;
    }
    Build stray = unproven(item);
    if (stray != null) {
      throw new IllegalStateException(
          "item "
              + item.id
              + " would land "
              + item.path()
              + ", but build "
              + stray.id
              + " tested "
              + stray.contents);
    }
    land(item);
  }

  /** A passed build that does not prove what would land; null if all do. */
  private static @Nullable Build unproven(Item item) {
    Map<BranchRef, Content> path = item.path();
    for (Task task : item.tasks()) {
      for (Build build : item.builds(task.key())) {
        if (build.hasPassed()
            && (!build.contents.equals(path) || !build.definition.equals(task.definition()))) {
          return build;
        }
      }
    }
    return null;
  }
}
