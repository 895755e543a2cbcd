package dev.headgate.runner;

import java.util.List;

/** What can reach the thread that conducts an attempt. */
sealed interface Signal {
  /** Somebody wants it to end. */
  record CancelWanted() implements Signal {}

  /** The supervisor made the named pipes. */
  record PipesReady() implements Signal {}

  /** The supervisor's answer to {@code list}. */
  record Listed(List<LiveProcess> processes) implements Signal {}

  /**
   * The supervisor ended, or closed its output.
   *
   * @param complaint the last line it said that is no answer; may be empty
   */
  record SupervisorGone(String complaint) implements Signal {}

  /**
   * The job's shell ended.
   *
   * @param status as the JDK says it: 128 + n if signal n killed it
   */
  record Exited(int status) implements Signal {}

  /** Nobody holds the writing ends of the job's output any more. */
  record OutputEnded() implements Signal {}

  /** The sink failed; what follows is thrown away. */
  record SinkFailed() implements Signal {}
}
