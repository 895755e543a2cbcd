package dev.headgate.sim.machine;

import static dev.headgate.sim.InvariantBroken.unless;

import dev.headgate.gate.Effect;
import dev.headgate.gate.Event;
import dev.headgate.gate.Row;
import dev.headgate.gate.Step;
import java.util.Objects;
import java.util.Optional;

/** That no build is cancelled whose result may matter. */
final class CancelChecks {
  private final Memory memory;

  CancelChecks(Memory memory) {
    this.memory = memory;
  }

  void check(Event event, Step step) {
    for (Effect effect : step.effects()) {
      if (effect instanceof Effect.Cancel cancel) {
        check(event, cancel);
      }
    }
  }

  private void check(Event event, Effect.Cancel cancel) {
    KnownBuild test = memory.tests.get(cancel.build());
    unless(test != null, "build %s is cancelled and was never started", cancel.build());
    KnownBuild known = Objects.requireNonNull(test);
    unless(
        !known.hasEnded() && !known.isCancelled(),
        "build %s is cancelled and has ended or was cancelled before",
        cancel.build());
    known.cancelled();
    Row.Item item = memory.items.get(known.start.item());
    Optional<Row.Item> former = memory.before.getOrDefault(known.start.item(), Optional.empty());
    boolean restarted =
        item != null && former.map(was -> was.restarts() < item.restarts()).orElse(false);
    unless(
        item == null || item.stopped() || restarted || event instanceof Event.BuildLost,
        "build %s of item %s is cancelled and may matter",
        cancel.build(),
        known.start.item());
  }
}
