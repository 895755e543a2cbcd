package dev.headgate.sim.machine;

import dev.headgate.sim.Seeds;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Histories of the machine alone: every manager, setting and event. */
public final class MachineHistories {
  private MachineHistories() {}

  /**
   * A history that broke an invariant, with the fewest decisions that still break it; whole if it
   * does not end.
   *
   * @param how the invariant, and what broke it
   * @param file the text of a {@link HistoryFile}
   */
  public record Broken(long seed, String how, String file) {}

  /** Plays the histories of seeds. */
  public static Seeds<Broken> seeds() {
    return new Seeds<>(Player::new, MachineHistories::endless);
  }

  private static Broken endless(Seeds.Endless left) {
    String file = HistoryFile.written(Draw.history(left.seed()), left.how(), List.of());
    return new Broken(left.seed(), left.how(), file);
  }

  /** A broken history with its fewest decisions. */
  static Broken shrunk(Outcome broken, Twist twist, Runnable alive) {
    History fewest = new Shrinking(twist, alive).shrunk(broken.history());
    Outcome again = Course.run(fewest, twist, true);
    String how = again.broken().orElseThrow();
    return new Broken(fewest.seed(), how, HistoryFile.written(fewest, how, again.story()));
  }

  /** A digest of all that happens in the history of a seed. */
  static long fingerprint(long seed) {
    return Course.run(Draw.history(seed), Twist.NONE, true).fingerprint();
  }

  private static final class Player implements Seeds.Player<Broken> {
    private final Counts counts = new Counts();

    @Override
    public Optional<Broken> play(long seed, Runnable alive) {
      Outcome outcome = Course.run(Draw.history(seed), Twist.NONE, false);
      counts.add(outcome.counts());
      return outcome.broken().map(how -> shrunk(outcome, Twist.NONE, alive));
    }

    @Override
    public Map<String, Long> counts() {
      return counts.byName();
    }
  }
}
