package dev.headgate.conduct;

import dev.headgate.gate.Effect;

/** Reads and moves the branches that changes land on. */
public interface Branches {
  /**
   * Moves the branch from the expected tip to the content, or not at all; answers {@code Landed} or
   * {@code LandRefused}. If the branch already contains the content, which is so when it is done
   * again after a crash, the answer is {@code Landed}.
   */
  void land(Effect.Land effect, Answers answers);

  /** Answers {@code TipMoved} with where the branch points. */
  void ask(Effect.Ask effect, Answers answers);
}
