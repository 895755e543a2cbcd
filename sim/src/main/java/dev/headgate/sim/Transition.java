package dev.headgate.sim;

import dev.headgate.gate.Effect;
import dev.headgate.gate.Event;
import dev.headgate.gate.Step;
import java.util.List;

/** One step and what it changed, as the checks see it. */
record Transition(
    Event event, Step step, Reading before, Reading after, Ledger ledger, World world) {

  /** The effects of one kind, in order. */
  <E extends Effect> List<E> effects(Class<E> kind) {
    return step.effects().stream().filter(kind::isInstance).map(kind::cast).toList();
  }
}
