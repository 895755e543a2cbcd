package dev.headgate.gate;

import dev.headgate.model.BranchRef;
import dev.headgate.model.Change;
import dev.headgate.model.ChangeId;
import dev.headgate.model.Content;
import dev.headgate.model.PreparationId;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What items stand on: where paths come from, and when they are given up. */
final class Paths {
  /** So many passed builds of former paths are kept for an item. */
  private static final int KEPT_BUILDS = 64;

  private final Turn turn;
  private final State state;

  Paths(Turn turn, State state) {
    this.turn = turn;
    this.state = state;
  }

  void held(ChangeId change, String reason) {
    for (Item item : state.itemsOf(change)) {
      if (item.state() != ItemState.LANDING && !item.held().equals(reason)) {
        item.hold(reason);
        turn.rows.touch(item);
        turn.dirty.add(item);
      }
    }
  }

  void frozen(BranchRef branch, String reason) {
    String kept = reason.isEmpty() ? "it is frozen" : reason;
    state.freezes.put(branch, kept);
    turn.draft.put(new Row.Key("freeze", branch.toString()), () -> new Row.Freeze(branch, kept));
  }

  void thawed(BranchRef branch) {
    if (state.freezes.remove(branch) != null) {
      turn.draft.delete(new Row.Key("freeze", branch.toString()));
      for (Item item : state.items.values()) {
        if (item.ahead() == null && item.contents().containsKey(branch)) {
          turn.dirty.add(item);
        }
      }
    }
  }

  void tipMoved(BranchRef branch, Content tip) {
    if (tip.equals(state.tips.get(branch))) {
      return;
    }
    boolean first = !state.tips.containsKey(branch);
    tipIs(branch, tip);
    if (first) {
      for (Queue queue : state.queues.values()) {
        turn.dirty.addAll(queue.items());
      }
    } else {
      restartOutdated(branch, tip);
    }
  }

  /** What stands on another tip of a branch begins again. */
  void restartOutdated(BranchRef branch, Content tip) {
    if (!turn.differences().rebuildsWhenTipMoves()) {
      return;
    }
    for (Queue queue : List.copyOf(state.queues.values())) {
      if (queue.pipeline.manager().lands()) {
        for (Item item = queue.first(); item != null; item = item.next) {
          if (isOutdated(item, branch)) {
            resetWithBehind(item, tipMovedReason(branch, tip));
          }
        }
      }
    }
  }

  /** Whether the branches of an item are where it stands, as far as was told. */
  boolean standsOnTips(Item item) {
    return item.contents().keySet().stream()
        .allMatch(branch -> Objects.equals(state.tips.get(branch), item.base().get(branch)));
  }

  void tipIs(BranchRef branch, Content tip) {
    state.tips.put(branch, tip);
    turn.draft.put(new Row.Key("tip", branch.toString()), () -> new Row.Tip(branch, tip));
  }

  private boolean isOutdated(Item item, BranchRef branch) {
    Content base = item.base().get(branch);
    if (base == null || item.state() == ItemState.WAITING || item.state() == ItemState.LANDING) {
      return false;
    }
    Item ahead = item.ahead();
    Content expected = ahead == null ? null : ahead.path().get(branch);
    return !base.equals(expected == null ? state.tips.get(branch) : expected);
  }

  static String tipMovedReason(BranchRef branch, Content tip) {
    return branch.branch() + " was moved to " + tip + " by someone else";
  }

  void prepared(Event.Prepared event) {
    Item item = state.preparing.get(event.preparation());
    if (item == null) {
      return;
    }
    Set<BranchRef> wanted = new LinkedHashSet<>();
    item.changes.forEach(change -> wanted.add(change.target()));
    Set<BranchRef> allowed = new LinkedHashSet<>(wanted);
    item.carried.forEach(change -> allowed.add(change.target()));
    if (!event.contents().keySet().containsAll(wanted)
        || !allowed.containsAll(event.contents().keySet())) {
      throw new IllegalArgumentException(
          "preparation "
              + event.preparation()
              + " answered contents for "
              + event.contents().keySet()
              + ", asked were "
              + wanted);
    }
    state.preparing.remove(event.preparation());
    item.prepared(event.contents(), event.jobs());
    takeUpKept(item);
    state.countHolder(item);
    turn.rows.touch(item);
    turn.dirty.add(item);
    turn.dirty.addAll(item.behind());
  }

  /** Builds that passed on these very contents count again. */
  private void takeUpKept(Item item) {
    if (!turn.differences().reusesVerdicts()) {
      return;
    }
    Map<BranchRef, Content> path = item.path();
    for (Task task : item.tasks()) {
      for (Build build : List.copyOf(item.keptBuilds())) {
        if (build.key.equals(task.key())
            && build.definition.equals(task.definition())
            && build.contents.equals(path)
            && item.builds(task.key()).isEmpty()) {
          item.keptBuilds().remove(build);
          build.takenUp();
          item.add(build);
          turn.rows.touch(build);
        }
      }
    }
  }

  void unbuildable(PreparationId preparation, String why, ItemEnd.Cause cause) {
    Item item = state.preparing.remove(preparation);
    if (item != null) {
      item.unbuildable(why, cause);
      turn.rows.touch(item);
      turn.dirty.add(item);
    }
  }

  /** Gives up an item's path, and those that stand on it. */
  void resetWithBehind(Item item, String why) {
    Deque<Item> line = new ArrayDeque<>(List.of(item));
    String reason = why;
    while (!line.isEmpty()) {
      Item next = line.removeFirst();
      if (next != item) {
        reason =
            "it was built on "
                + Objects.requireNonNull(next.ahead()).name()
                + ", which was itself restarted";
      }
      turn.dirty.add(next);
      if (next.state() == ItemState.WAITING) {
        // What stands on it has no path either.
        continue;
      }
      if (next.state() != ItemState.LANDING) {
        reset(next, reason);
      }
      line.addAll(next.behind());
    }
  }

  void reset(Item item, String why) {
    if (item.state() == ItemState.PREPARING) {
      state.preparing.remove(item.preparation());
    }
    state.hungry.remove(item);
    boolean keeps = turn.differences().reusesVerdicts() && item.queue.pipeline.manager().lands();
    for (Build build : item.reset(why)) {
      if (keeps && build.hasPassed()) {
        build.setAside();
        item.keptBuilds().add(build);
        turn.rows.touch(build);
      } else {
        turn.building.drop(build);
      }
    }
    while (item.keptBuilds().size() > KEPT_BUILDS) {
      Build oldest = item.keptBuilds().first();
      item.keptBuilds().remove(oldest);
      turn.building.forget(oldest);
    }
    state.countHolder(item);
    turn.rows.touch(item);
  }

  void giveUpPath(Item item, String why) {
    if (item.state() != ItemState.WAITING) {
      resetWithBehind(item, why);
      turn.dirty.remove(item);
    }
  }

  /** Lets an item stand on the nearest one ahead that it can. */
  void standOnNearest(Item item) {
    Item nearest = State.nearest(item);
    Item former = item.ahead();
    if (former == nearest || (former != null && haveLanded(former))) {
      return;
    }
    if (item.state() != ItemState.WAITING && !keepsPath(item, nearest)) {
      String why = restartReason(former, nearest);
      item.standOn(nearest);
      resetWithBehind(item, why);
    } else {
      item.standOn(nearest);
    }
    turn.rows.touch(item);
  }

  private boolean haveLanded(Item item) {
    for (Change change : item.changes) {
      Book.Entry entry = state.book.find(change.id());
      if (entry == null || !entry.hasLanded()) {
        return false;
      }
    }
    return true;
  }

  /** Whether an item's path is the same one, standing on another item. */
  boolean keepsPath(Item item, @Nullable Item nearest) {
    return turn.differences().reusesVerdicts()
        && state.base(item, nearest).map(base -> base.equals(item.base())).orElse(false);
  }

  private static String restartReason(@Nullable Item former, @Nullable Item nearest) {
    if (former == null) {
      return Objects.requireNonNull(nearest).name()
          + ", ahead of it, is tested again and may land first";
    }
    if (former.passedOver) {
      return "it was built on "
          + former.name()
          + (former.held().isEmpty() ? ", which is failing" : ", which is held");
    }
    return "another item ahead of it is tested again and may land first";
  }

  void prepare(Item item) {
    for (Change change : item.changes) {
      BranchRef branch = change.target();
      if (!state.tips.containsKey(branch) && turn.asked.add(branch)) {
        turn.draft.effect(new Effect.Ask(branch));
      }
    }
    Item ahead = item.ahead();
    Optional<Map<BranchRef, Content>> base = state.base(item, ahead);
    if (base.isEmpty()) {
      return;
    }
    PreparationId id = new PreparationId(state.nextPreparation++);
    turn.rows.touchSite();
    item.prepare(id, base.get());
    state.preparing.put(id, item);
    turn.rows.touch(item);
    turn.draft.effect(
        new Effect.Prepare(
            id,
            item.id,
            item.queue.pipeline.name(),
            item.changes,
            item.carried,
            base.get(),
            State.assumed(item)));
  }

  void announce(Item item) {
    Pipeline pipeline = item.queue.pipeline;
    if (pipeline.manager().lands()
        && !item.isAnnounced()
        && !item.isQuiet()
        && !item.tasks().isEmpty()
        && !state.isDisabled(pipeline)) {
      item.announce();
      turn.rows.touch(item);
      turn.draft.effect(new Effect.Announce(item.id, pipeline.name(), item.changes));
    }
  }
}
