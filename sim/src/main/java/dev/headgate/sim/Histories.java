package dev.headgate.sim;

import java.util.Map;
import java.util.Optional;

/** Histories through the conductor, its store and its ports. */
public final class Histories {
  private Histories() {}

  /** Plays the histories of seeds; what is told of a broken one names its seed. */
  public static Seeds<String> seeds() {
    return new Seeds<>(Player::new, left -> "seed " + left.seed() + ": " + left.how());
  }

  private static final class Player implements Seeds.Player<String> {
    private final Tally tally = new Tally();

    @Override
    public Optional<String> play(long seed) {
      Result result = Simulation.run(seed);
      tally.add(result.tally());
      return result.broken();
    }

    @Override
    public Map<String, Long> counts() {
      return tally.byName();
    }
  }
}
