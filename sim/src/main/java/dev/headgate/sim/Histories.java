package dev.headgate.sim;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Histories through the conductor, its store and its ports. */
public final class Histories {
  private Histories() {}

  /**
   * A history that broke an invariant.
   *
   * @param how the invariant, and what broke it
   * @param trail the last things that happened, one a line
   * @param thrown what dice fell on in it, cut down to what still breaks the invariant; empty if it
   *     does not end
   */
  public record Broken(long seed, String how, List<String> trail, List<Long> thrown) {
    public Broken {
      trail = List.copyOf(trail);
      thrown = List.copyOf(thrown);
    }
  }

  /** Plays the histories of seeds. */
  public static Seeds<Broken> seeds() {
    return new Seeds<>(
        Player::new, left -> new Broken(left.seed(), left.how(), List.of(), List.of()));
  }

  /**
   * Plays the history that throws of dice make; after the last they fall on the least.
   *
   * @param seed what it was drawn from, for people
   * @return what broke, empty if nothing did
   */
  public static Optional<Broken> play(long seed, List<Long> thrown) {
    return told(seed, thrown, run(thrown, Twist.NONE));
  }

  private static Optional<Broken> told(long seed, List<Long> thrown, Result result) {
    return result.broken().map(how -> new Broken(seed, how, result.trail(), thrown));
  }

  private static Result run(List<Long> thrown, Twist twist) {
    return Simulation.run(Dice.loaded(new Throws(thrown)), false, twist);
  }

  /** The broken history of a seed with its fewest throws. */
  static Broken shrunk(long seed, Twist twist, Runnable alive) {
    Throws all = new Throws();
    Result whole = Simulation.run(Dice.noted(seed, all), false, twist);
    String kind = InvariantBroken.kind(whole.broken().orElseThrow());
    List<Long> fewest =
        new FewerThrows(
                all.numbers(),
                thrown -> {
                  alive.run();
                  return run(thrown, twist)
                      .broken()
                      .filter(how -> InvariantBroken.kind(how).equals(kind))
                      .isPresent();
                })
            .found();
    return told(seed, fewest, run(fewest, twist)).orElseThrow();
  }

  private static final class Player implements Seeds.Player<Broken> {
    private final Tally tally = new Tally();

    @Override
    public Optional<Broken> play(long seed, Runnable alive) {
      Result result = Simulation.run(seed);
      tally.add(result.tally());
      return result.broken().map(_ -> shrunk(seed, Twist.NONE, alive));
    }

    @Override
    public Map<String, Long> counts() {
      return tally.byName();
    }
  }
}
