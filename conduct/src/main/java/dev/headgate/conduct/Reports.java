package dev.headgate.conduct;

import dev.headgate.gate.Effect;

/** Tells people and forges what becomes of their changes. */
public interface Reports {
  /** Tells that the tests of an item begin; otherwise as {@link #report}. */
  void announce(Effect.Announce effect);

  /**
   * Tells it; returns when it is told or safely kept. Doing it again must not tell it twice where
   * that matters.
   */
  void report(Effect.Report effect);
}
