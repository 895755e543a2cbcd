package dev.headgate.gate;

import dev.headgate.model.Change;
import dev.headgate.model.ChangeId;
import dev.headgate.model.Outcome;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How items leave their queues. */
final class Exits {
  private final Turn turn;
  private final State state;

  Exits(Turn turn, State state) {
    this.turn = turn;
    this.state = state;
  }

  void dequeued(Event.Dequeued event) {
    for (Item item : state.itemsOf(event.change())) {
      if (event.pipeline().isEmpty() || item.queue.pipeline.name().equals(event.pipeline().get())) {
        withdraw(item, event.reason());
      }
    }
  }

  /** A change of an item has another revision, which is not known yet: none can do without it. */
  void outdated(Item item, ChangeId change, String reason) {
    boolean alone = item.changes.size() == 1 || item.state() == ItemState.LANDING;
    withdraw(item, alone ? reason : "of " + change + ", which lands together with it: " + reason);
  }

  /** The newer revision of an item's change is known: the others enter again if they can. */
  void replaced(Item item, ChangeId change, String reason) {
    outdated(item, change, reason);
    if (!state.items.containsKey(item.id)) {
      enterAgainWithout(item, change);
    }
  }

  void enterAgainWithout(Item item, @Nullable ChangeId change) {
    for (Change other : item.changes) {
      if (!other.id().equals(change)) {
        new Entrance(turn, state, item.queue.pipeline, item.lane, false).enter(other.id());
      }
    }
  }

  /** A change of an item exists no more: those that would land with it cannot without it. */
  void givenUp(Item item, ChangeId change) {
    if (item.changes.size() == 1 || item.state() == ItemState.LANDING) {
      withdraw(item, "the change exists no more");
    } else {
      reject(
          item,
          ItemEnd.Cause.DEPENDENCY,
          Outcome.CHANGE,
          "it lands together with " + change + ", which exists no more");
    }
  }

  void withdraw(Item item, String reason) {
    if (!state.items.containsKey(item.id)) {
      return;
    }
    if (item.state() == ItemState.LANDING) {
      item.leaveUnlessLanded(reason);
      turn.rows.touch(item);
      return;
    }
    withdrawn(item, reason);
  }

  /** Ends an item that will not land, and lets the window shrink if that counts. */
  void reject(Item item, ItemEnd.Cause cause, Outcome outcome, String reason) {
    reject(item, ItemEnd.Kind.REJECTED, cause, outcome, reason);
  }

  void reject(Item item, ItemEnd.Kind kind, ItemEnd.Cause cause, Outcome outcome, String reason) {
    boolean passed = cause == ItemEnd.Cause.HOST || cause == ItemEnd.Cause.IN_PART;
    boolean counts =
        cause == ItemEnd.Cause.JOBS || (!passed && !turn.differences().shrinksForFailedJobsOnly());
    if (counts) {
      shrink(item.queue);
    }
    remove(item, end(item, kind, cause, outcome, reason));
    if (cause == ItemEnd.Cause.JOBS) {
      failedOnceMore(item.queue.pipeline);
    }
  }

  private void failedOnceMore(Pipeline pipeline) {
    State.Health health = state.health(pipeline.name());
    health.failures++;
    if (pipeline.disableAfter() > 0 && health.failures >= pipeline.disableAfter()) {
      health.disabled = true;
    }
    turn.rows.touchHealth(pipeline.name());
  }

  void succeeded(Pipeline pipeline) {
    State.Health health = state.health.get(pipeline.name());
    if (health != null && health.failures > 0) {
      health.failures = 0;
      turn.rows.touchHealth(pipeline.name());
    }
  }

  ItemEnd end(Item item, ItemEnd.Kind kind, ItemEnd.Cause cause, Outcome outcome, String reason) {
    return new ItemEnd(
        kind,
        cause,
        outcome,
        reason,
        item.ownBase(),
        item.contents(),
        new Failures(item, turn.differences()).jobEnds());
  }

  /** Something landed from a queue; with a manager whose windows are fixed, nothing comes of it. */
  void grow(Queue queue) {
    if (queue.pipeline.manager().lands()) {
      windowIs(queue, queue.pipeline.window().grown(queue.window()));
    }
  }

  private void shrink(Queue queue) {
    if (queue.pipeline.manager().lands()) {
      windowIs(queue, queue.pipeline.window().shrunk(queue.window()));
    }
  }

  private void windowIs(Queue queue, int size) {
    if (size != queue.window()) {
      queue.windowIs(size);
      turn.rows.touch(queue);
    }
  }

  void slide(Queue queue) {
    turn.dirty.addAll(queue.slide());
  }

  /** Takes an item out that no pipeline takes any more. */
  void evict(Item item, String why) {
    if (turn.differences().reportsEveryRefusal()) {
      withdrawn(item, why);
    } else {
      clear(item);
      for (Item other : List.copyOf(item.behind())) {
        other.standOn(item.ahead());
        turn.paths.resetWithBehind(other, "it was built on " + item.name() + ": " + why);
        turn.rows.touch(other);
      }
      takeOut(item);
    }
  }

  void withdrawn(Item item, String reason) {
    remove(item, end(item, ItemEnd.Kind.WITHDRAWN, ItemEnd.Cause.DEMAND, Outcome.SUCCESS, reason));
  }

  /** Takes an item out and tells how it ended; what depends on it is looked at. */
  void remove(Item item, ItemEnd end) {
    Pipeline pipeline = item.queue.pipeline;
    turn.building.markWaitersFor(item);
    clear(item);
    turn.draft.effect(
        new Effect.Report(
            item.id,
            pipeline.name(),
            item.changes,
            end,
            item.isAnnounced(),
            state.isDisabled(pipeline)));
    boolean landed = end.kind() == ItemEnd.Kind.LANDED;
    String what = "it was built on " + item.name() + ", which was " + end.kind().code();
    for (Item other : List.copyOf(item.behind())) {
      boolean keeps = landed || turn.paths.keepsPath(other, item.ahead());
      other.standOn(item.ahead());
      if (!keeps) {
        turn.paths.resetWithBehind(other, what);
      }
      turn.rows.touch(other);
      turn.dirty.add(other);
    }
    for (Change change : item.changes) {
      if (!landed) {
        turn.left.putIfAbsent(
            change.id(), new Turn.Left(change.id(), end.kind(), end.outcome(), end.reason()));
      }
    }
    takeOut(item);
  }

  private void takeOut(Item item) {
    Item next = item.next;
    take(item);
    state.items.remove(item.id);
    turn.draft.delete(new Row.Key("item", item.id.toString()));
    item.standOn(null);
    turn.markFrom(next);
    for (Change change : item.changes) {
      turn.knowledge.markDependents(change.id());
      turn.knowledge.forgetUnlessTriggered(change.id());
    }
    if (item.queue.size() == 0 && !item.queue.pipeline.manager().lands()) {
      state.queues.remove(item.queue.key);
    }
  }

  /** Out of its queue's order, with its place in it forgotten; its rows stay. */
  void take(Item item) {
    state.hungry.remove(item);
    state.waiters.values().forEach(waiting -> waiting.remove(item));
    turn.dirty.remove(item);
    if (item.holder) {
      item.holder = false;
      item.queue.holders--;
    }
    item.queue.remove(item);
    state.displace(item);
    slide(item.queue);
  }

  /** Ends all builds of an item, and forgets those that were kept. */
  private void clear(Item item) {
    item.builds().forEach(turn.building::drop);
    item.keptBuilds().forEach(turn.building::forget);
    if (item.state() == ItemState.PREPARING) {
      state.preparing.remove(item.preparation());
    }
  }

  /** Takes an item out because of what it needs, the way that went, if it went just now. */
  void leaveFor(Item item, ChangeId need) {
    Turn.Left gone = turn.left.get(need);
    if (gone == null) {
      reject(
          item,
          ItemEnd.Cause.DEPENDENCY,
          Outcome.CHANGE,
          "it depends on " + need + ", which has another revision or is not queued any more");
      return;
    }
    item.changes.forEach(own -> turn.left.putIfAbsent(own.id(), gone));
    String what = "which was " + gone.kind().code() + ": " + gone.reason();
    reject(
        item,
        gone.kind(),
        ItemEnd.Cause.DEPENDENCY,
        gone.outcome(),
        gone.root().equals(need)
            ? "it depends on " + need + ", " + what
            : "it depends on " + need + ", and that on " + gone.root() + ", " + what);
  }
}
