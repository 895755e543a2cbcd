package dev.headgate.sim;

import dev.headgate.gate.Effect;
import dev.headgate.gate.Event;
import dev.headgate.gate.ItemState;
import dev.headgate.gate.Row;
import dev.headgate.model.BranchRef;
import dev.headgate.model.ChangeId;
import dev.headgate.model.Content;
import dev.headgate.model.ItemId;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Each item stands on the nearest one ahead that can land; nothing is begun again unless something
 * ahead of it changed; what stands on the tips never waits for nothing.
 */
final class PathChecks {
  private final Transition step;
  private final Reading before;
  private final Reading after;

  PathChecks(Transition step) {
    this.step = step;
    this.before = step.before();
    this.after = step.after();
  }

  void check() {
    for (List<Row.Item> queue : after.queues()) {
      List<Row.Item> window = after.window(queue);
      window.forEach(this::checkPath);
      queue.subList(window.size(), queue.size()).forEach(this::checkOutside);
    }
    for (Row.Item item : before.items().values()) {
      Row.Item now = after.items().get(item.id());
      if (now != null) {
        checkKept(item, now);
      }
    }
    step.effects(Effect.Prepare.class).forEach(this::checkPreparation);
    step.effects(Effect.Land.class).forEach(this::checkLanding);
  }

  private void checkPath(Row.Item item) {
    if (item.state() == ItemState.LANDING) {
      return;
    }
    Content base = after.expectedBase(item);
    if (base == null || after.isBlocked(item)) {
      require(item.state() == ItemState.WAITING, item, "has a path that cannot become real");
      return;
    }
    Row.Item nearest = after.nearest(item);
    require(base.equals(Reading.base(item)) || isOvertaken(item), item, "should stand on " + base);
    require(
        Objects.equals(item.ahead(), nearest == null ? null : nearest.id()),
        item,
        "names the wrong item ahead");
    require(
        nearest != null || !after.isComplete(item),
        item,
        "is decided and stands on the tip, and was left there");
  }

  /** Whether it stands on a tip that the branch had until something behind it landed. */
  private boolean isOvertaken(Row.Item item) {
    return step.ledger().wasOvertaken(item)
        && after.isFailing(item)
        && item.ahead() == null
        && step.world().repository.tips(item.change().target()).contains(Reading.base(item));
  }

  /** What was begun before the window shrank goes on, and nothing else is begun. */
  private void checkOutside(Row.Item item) {
    Row.Item former = before.items().get(item.id());
    require(
        item.state() == ItemState.WAITING
            || (former != null && former.state() != ItemState.WAITING),
        item,
        "is worked on outside the window");
    require(
        step.effects(Effect.Start.class).stream()
            .noneMatch(start -> start.item().equals(item.id())),
        item,
        "is built outside the window");
    if (item.state() != ItemState.WAITING) {
      checkPath(item);
    }
  }

  private void checkKept(Row.Item item, Row.Item now) {
    if (now.restarts() > item.restarts()) {
      require(isCauseFor(item), now, "was begun again though nothing ahead of it changed");
      return;
    }
    require(
        item.base().isEmpty() || item.base().equals(now.base()), now, "changed its path silently");
    require(
        item.contents().isEmpty() || item.contents().equals(now.contents()),
        now,
        "changed its content silently");
    for (Row.Build build : before.builds(item.id())) {
      Row.Build kept = after.builds().get(build.id());
      require(kept != null && kept.current(), now, "lost build " + build.id() + " for nothing");
    }
  }

  /** Whether the tip changed, or something ahead left, began to fail, or was begun again. */
  private boolean isCauseFor(Row.Item item) {
    BranchRef branch = item.change().target();
    if (item.state() == ItemState.LANDING) {
      return step.event() instanceof Event.LandRefused refused
          && refused.item().equals(item.id())
          && !Objects.equals(refused.tips().get(branch), Reading.base(item));
    }
    if (!Objects.equals(tipExpected(branch), after.tip(branch)) || isSurprise(branch)) {
      return true;
    }
    Row.Item nearest = before.nearest(item);
    if (nearest != null && hasLanded(nearest.id()) && after.nearest(item) != null) {
      // What landed had passed others that were failing and are not any more.
      return true;
    }
    for (Row.Item other : before.queue(branch)) {
      if (other.id().equals(item.id())) {
        return false;
      }
      Row.Item now = after.items().get(other.id());
      boolean changed =
          now == null
              ? !hasLanded(other.id())
              : now.restarts() > other.restarts()
                  || after.isFailing(now) != before.isFailing(other);
      if (changed) {
        return true;
      }
    }
    return false;
  }

  /** Whether something landed on a tip that the gate believed to be gone. */
  private boolean isSurprise(BranchRef branch) {
    if (!(step.event() instanceof Event.Landed landed)) {
      return false;
    }
    Row.Item item = before.items().get(landed.item());
    return item != null
        && item.change().target().equals(branch)
        && !Objects.equals(Reading.base(item), before.tip(branch));
  }

  private boolean hasLanded(ItemId item) {
    return step.event() instanceof Event.Landed landed && landed.item().equals(item);
  }

  /** Where the tip would be if nobody but the gate had moved it. */
  private @Nullable Content tipExpected(BranchRef branch) {
    if (step.event() instanceof Event.Landed landed) {
      Row.Item item = before.items().get(landed.item());
      if (item != null
          && item.state() == ItemState.LANDING
          && item.change().target().equals(branch)) {
        return Reading.content(item);
      }
    }
    return before.tip(branch);
  }

  private void checkPreparation(Effect.Prepare prepare) {
    Tree base = step.world().repository.tree(prepare.baseOfChange());
    for (ChangeId name : step.ledger().entered(prepare.item()).dependsOn()) {
      InvariantBroken.unless(
          base.holdsSomeOf(name.value()) || step.world().hasLanded(name),
          "%s is prepared on %s, which lacks %s that it depends on",
          prepare.change().id(),
          prepare.baseOfChange(),
          name);
    }
  }

  private void checkLanding(Effect.Land land) {
    Row.Item item = Objects.requireNonNull(after.items().get(land.item()));
    require(item.state() == ItemState.LANDING, item, "is landed in the wrong state");
    require(
        land.move().content().equals(Reading.content(item)),
        item,
        "is landed with what was not tested last");
    require(
        land.move().expectedTip().equals(after.tip(item.change().target()))
            && land.move().expectedTip().equals(Reading.base(item)),
        item,
        "is landed on what is not the tip");
    require(after.nearest(item) == null, item, "is landed before its turn");
    require(
        after.failedVotes(item).isEmpty() && after.isDecided(item),
        item,
        "is landed before its jobs are decided");
    if (!after.queue(item.change().target()).getFirst().equals(item)) {
      step.world().tally.count(Happening.OVERTOOK_WHAT_IS_FAILING);
    }
  }

  private static void require(boolean holds, Row.Item item, String what) {
    InvariantBroken.unless(
        holds, "item %s (%s, %s) %s", item.id(), item.change().id(), item.state().code(), what);
  }
}
