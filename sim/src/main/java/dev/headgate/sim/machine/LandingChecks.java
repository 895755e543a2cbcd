package dev.headgate.sim.machine;

import static dev.headgate.sim.InvariantBroken.unless;

import dev.headgate.gate.Effect;
import dev.headgate.gate.ItemState;
import dev.headgate.gate.Row;
import dev.headgate.gate.Step;
import dev.headgate.model.BranchRef;
import dev.headgate.model.Change;
import dev.headgate.model.ChangeId;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** What must hold when an item lands. */
final class LandingChecks {
  private final Memory memory;

  LandingChecks(Memory memory) {
    this.memory = memory;
  }

  void check(Step step) {
    for (Effect effect : step.effects()) {
      if (effect instanceof Effect.Land land) {
        check(land);
      }
    }
  }

  private void check(Effect.Land land) {
    Row.Item item = memory.items.get(land.item());
    unless(
        item != null && item.state() == ItemState.LANDING,
        "item %s lands and is %s",
        land.item(),
        item);
    Row.Item present = Objects.requireNonNull(item);
    unless(
        present.ahead() == null, "item %s lands, and stands on %s", land.item(), present.ahead());
    List<String> missing = new Proof(present, memory).missing();
    unless(missing.isEmpty(), "item %s lands, and nothing passed for %s", land.item(), missing);
    moves(land, present);
    present.changes().forEach(change -> needs(change, present));
    present.changes().forEach(change -> allowed(change, present));
    order(present);
  }

  private void moves(Effect.Land land, Row.Item item) {
    Set<BranchRef> branches = new HashSet<>();
    for (Effect.Move move : land.moves()) {
      branches.add(move.branch());
      unless(
          move.content().equals(item.contents().get(move.branch())),
          "item %s moves %s to what was not tested",
          item.id(),
          move.branch());
      unless(
          item.preparation() != null
              && memory
                  .told
                  .content(item.preparation(), move.branch())
                  .equals(Optional.of(move.content())),
          "item %s moves %s to what was not prepared: %s",
          item.id(),
          move.branch(),
          move.content());
      unless(
          !memory.settings.differences().rebuildsWhenTipMoves()
              || (move.expectedTip().equals(item.base().get(move.branch()))
                  && memory.told.tip(move.branch()).equals(Optional.of(move.expectedTip()))),
          "item %s expects %s at %s, where it does not stand",
          item.id(),
          move.branch(),
          move.expectedTip());
    }
    unless(
        branches.equals(item.contents().keySet()),
        "item %s moves %s of %s",
        item.id(),
        branches,
        item.contents().keySet());
  }

  /** What a change depends on has landed, or lands with it. */
  private void needs(Change change, Row.Item item) {
    Set<ChangeId> together = new HashSet<>();
    item.changes().forEach(other -> together.add(other.id()));
    if (memory.landed.contains(change.id())) {
      // Whatever is said of it now, its branch contains it already.
      return;
    }
    for (ChangeId need : memory.told.needs(change)) {
      unless(
          together.contains(need) || memory.landed.contains(need),
          "%s lands without %s, which it depends on",
          change.id(),
          need);
    }
  }

  private void allowed(Change change, Row.Item item) {
    boolean approved = memory.told.isApproved(change.id()) || memory.landed.contains(change.id());
    unless(approved, "%s lands as item %s and is not approved", change.id(), item.id());
  }

  /** What is ahead of it in its queue is passed over. */
  private void order(Row.Item item) {
    for (Row.Item other : memory.queue(item.queue())) {
      if (other.id().equals(item.id())) {
        return;
      }
      unless(
          isPassedOver(other) || other.state() == ItemState.LANDING,
          "item %s lands before item %s, which nothing is known of: %s",
          item.id(),
          other.id(),
          other);
    }
  }

  private boolean isPassedOver(Row.Item item) {
    boolean waitsForNeeds =
        item.state() == ItemState.WAITING
            && item.changes().stream()
                .anyMatch(
                    change -> !change.dependsOn().isEmpty() || memory.needy.contains(change.id()));
    return !item.held().isEmpty()
        || item.state() == ItemState.UNBUILDABLE
        || waitsForNeeds
        || new Proof(item, memory).isDoubted();
  }
}
