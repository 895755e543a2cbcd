package dev.headgate.conduct;

import dev.headgate.gate.Effect;

/** Runs builds somewhere. */
public interface Builds {
  /**
   * Runs a build and answers {@code BuildStarted} and then {@code BuildEnded}, {@code BuildPaused}
   * or {@code BuildLost}. Starting a build that runs already only answers {@code BuildStarted}
   * again; one that has ended answers its end again.
   */
  void start(Effect.Start effect, Answers answers);

  /**
   * Ends a build with everything it started and answers {@code BuildEnded} when nothing of it runs
   * any more; a build that is not known (any more) answers that at once, with a verdict of {@code
   * NONE}.
   */
  void cancel(Effect.Cancel effect, Answers answers);

  /**
   * Lets a paused build go on to its end and answers {@code BuildEnded} then; a build that is not
   * paused goes on as it does, and one that is not known (any more) is left alone.
   */
  void resume(Effect.Resume effect, Answers answers);
}
