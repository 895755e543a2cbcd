package dev.headgate.sim.machine;

import java.util.List;
import java.util.Optional;

/** A history as it was found in a file. */
public final class SavedHistory {
  private final HistoryDocument document;

  SavedHistory(HistoryDocument document) {
    this.document = document;
  }

  /**
   * What came of it.
   *
   * @param broken the first invariant that broke, if any did
   * @param story what happened, one thing a line
   */
  public record Played(Optional<String> broken, List<String> story) {
    public Played {
      story = List.copyOf(story);
    }
  }

  /** The seed it was drawn from. */
  public long seed() {
    return document.setup().seed();
  }

  /** What broke when it was written. */
  public String formerlyBroken() {
    return document.broken();
  }

  /** Lets it take its course with the present machine. */
  public Played play() {
    return play(Twist.NONE);
  }

  Played play(Twist twist) {
    Outcome outcome = Course.run(document.history(), twist, true);
    return new Played(outcome.broken(), outcome.story());
  }

  History history() {
    return document.history();
  }
}
