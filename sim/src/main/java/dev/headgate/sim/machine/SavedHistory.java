package dev.headgate.sim.machine;

import java.util.List;
import java.util.Optional;

/** A history as it was found in a file. */
public sealed interface SavedHistory permits MachineHistory, ThrownHistory {
  /**
   * What came of it.
   *
   * @param broken the first invariant that broke, if any did
   * @param story what happened, one thing a line; the last things only for a {@link ThrownHistory}
   */
  record Played(Optional<String> broken, List<String> story) {
    public Played {
      story = List.copyOf(story);
    }
  }

  /** The seed it was drawn from. */
  long seed();

  /** What broke when it was written. */
  String formerlyBroken();

  /** Lets it take its course with the present machine. */
  Played play();
}
