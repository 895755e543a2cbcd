package dev.headgate.conduct;

import dev.headgate.gate.Effect;

/** Reads and moves the branches that changes land on. */
public interface Branches {
  /**
   * Moves each branch from its expected tip to its content; answers {@code Landed} or {@code
   * LandRefused}. Branches that one host can move at once are moved all or none; where several
   * hosts are needed and a later one refuses, the answer names the changes that have landed all the
   * same. A branch that already contains its content, which is so when it is done again after a
   * crash, counts as moved.
   */
  void land(Effect.Land effect, Answers answers);

  /** Answers {@code TipMoved} with where the branch points. */
  void ask(Effect.Ask effect, Answers answers);
}
