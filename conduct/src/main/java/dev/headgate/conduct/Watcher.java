package dev.headgate.conduct;

import dev.headgate.gate.Event;
import dev.headgate.gate.Step;
import java.time.Instant;

/**
 * Watches the machine, on the loop's thread. It must be quick; what it throws is a warning and
 * stops nothing.
 */
@FunctionalInterface
public interface Watcher {
  /** Watches nothing. */
  Watcher NONE = (event, step, now) -> {};

  /** The machine has made a step; its rows are kept by the time this turn ends. */
  void stepped(Event event, Step step, Instant now);
}
