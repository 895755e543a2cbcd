package dev.headgate.conduct;

/**
 * Told at each point where a crash has a different meaning. A simulator crashes there; a command
 * needs none of it.
 *
 * <p>It may throw to make the crash: the conductor is unusable after that, as a killed process is.
 */
@FunctionalInterface
public interface Probe {
  /** Does nothing. */
  Probe NONE = point -> {};

  /** The conductor has reached the point. */
  void reached(Point point);

  /** The points, in the order of one turn. */
  enum Point {
    /** Events have left the inbox and nothing knows of them but memory. */
    EVENTS_TAKEN,
    /** The machine has made its steps. */
    STEPPED,
    /** The transaction is about to be committed. */
    BEFORE_PERSIST,
    /** It is committed; none of its effects has been carried out. */
    AFTER_PERSIST,
    /** One effect is about to be carried out. */
    BEFORE_EFFECT,
    /** It was given to its port. */
    AFTER_EFFECT,
    /** A port's answer is about to enter the inbox. */
    BEFORE_ANSWER,
    /** It is in the inbox. */
    AFTER_ANSWER,
    /**
     * The kept state is loaded; effects that were never answered are about to be carried out again.
     */
    BEFORE_RESUME,
    /** They were given to their ports. */
    AFTER_RESUME
  }
}
