package dev.headgate.sim.scenario;

import dev.headgate.gate.Effect;
import dev.headgate.gate.Event;
import dev.headgate.model.BuildId;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What the gate wants done and is not done yet, in the order in which a world does it that lands at
 * once and takes its time for everything else: what was built lands before anything more is merged
 * or started, and what lands without a build does so when all else is done, for a job that does
 * nothing takes a moment too.
 */
final class Pending {
  private final Deque<Effect> landings = new ArrayDeque<>();
  private final Deque<Effect> others = new ArrayDeque<>();
  private final Deque<Effect> unbuilt = new ArrayDeque<>();

  /** Takes an effect of an event. */
  void add(Effect effect, Event cause) {
    if (!(effect instanceof Effect.Land)) {
      others.add(effect);
    } else if (cause instanceof Event.Prepared) {
      unbuilt.add(effect);
    } else {
      landings.add(effect);
    }
  }

  boolean isEmpty() {
    return landings.isEmpty() && others.isEmpty() && unbuilt.isEmpty();
  }

  /** Takes out what is to be done first; there must be something. */
  Effect next() {
    if (!landings.isEmpty()) {
      return landings.remove();
    }
    return others.isEmpty() ? unbuilt.remove() : others.remove();
  }

  /** Forgets that a build is to be started; whether it was. */
  boolean forgetStart(BuildId build) {
    return others.removeIf(
        effect -> effect instanceof Effect.Start start && start.build().equals(build));
  }
}
