package dev.headgate.sim.machine;

import dev.headgate.gate.Event;
import dev.headgate.gate.Step;

/** Comes between the machine and the model, to see that the model notices. */
interface Twist {
  /** Changes nothing. */
  Twist NONE = new Twist() {};

  /** What the machine is told instead; the model sees what happened. */
  default Event told(Event event) {
    return event;
  }

  /** What the model sees instead of what the machine did. */
  default Step seen(Event event, Step step) {
    return step;
  }
}
