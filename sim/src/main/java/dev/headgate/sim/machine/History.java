package dev.headgate.sim.machine;

import java.util.List;

/** What there is, and what is decided, one thing after another. */
record History(long seed, Setup setup, List<Decision> decisions) {
  History {
    decisions = List.copyOf(decisions);
  }

  /** The same with fewer decisions. */
  History with(List<Decision> others) {
    return new History(seed, setup, others);
  }
}
