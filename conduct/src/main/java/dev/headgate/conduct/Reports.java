package dev.headgate.conduct;

import dev.headgate.gate.Effect;

/** Tells people and forges how items ended. */
public interface Reports {
  /**
   * Tells it; returns when it is told or safely kept. Doing it again must not tell it twice where
   * that matters.
   */
  void report(Effect.Report effect);
}
