package dev.headgate.conduct;

import dev.headgate.gate.Event;

/**
 * Where a port sends what came of one effect. Safe for use by any thread, at any time, more than
 * once.
 */
public interface Answers {
  /** A fact that came of the effect. */
  void answer(Event event);

  /**
   * The effect can be neither carried out nor refused, because of the machine or what surrounds it.
   * The loop stops with this problem; the effect stays in the outbox and is carried out when the
   * site is next opened.
   */
  void failed(EnvironmentException problem);

  /**
   * Carrying the effect out threw what nobody expected: a bug of ours. The loop stops with it, and
   * the effect stays in the outbox.
   */
  void crashed(Throwable bug);
}
