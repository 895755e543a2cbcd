package dev.headgate.conduct;

import dev.headgate.gate.Effect;

/** Runs builds somewhere. */
public interface Builds {
  /**
   * Runs a build and answers {@code BuildStarted} and then {@code BuildEnded} or {@code BuildLost}.
   * Starting a build that runs already only answers {@code BuildStarted} again; one that has ended
   * answers its end again.
   */
  void start(Effect.Start effect, Answers answers);

  /**
   * Ends a build with everything it started and answers {@code BuildEnded} when nothing of it runs
   * any more; a build that is not known (any more) answers that at once, with a verdict of {@code
   * NONE}.
   */
  void cancel(Effect.Cancel effect, Answers answers);
}
