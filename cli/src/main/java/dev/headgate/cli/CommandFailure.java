package dev.headgate.cli;

import org.jspecify.annotations.Nullable;

/** A command cannot go on, and whose fault that is is known: the one way to end early. */
final class CommandFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ExitCode exitCode;
  private final String advice;

  private CommandFailure(
      ExitCode exitCode, String message, String advice, @Nullable Throwable cause) {
    super(message, cause);
    this.exitCode = exitCode;
    this.advice = advice;
  }

  /**
   * The arguments or the configuration cannot be used.
   *
   * @param message what is wrong and where
   * @param advice what to do; may be empty
   */
  static CommandFailure usage(String message, String advice) {
    return new CommandFailure(ExitCode.USAGE, message, advice, null);
  }

  /**
   * The machine or what surrounds it failed.
   *
   * @param message what failed and where
   * @param advice what to do; may be empty
   */
  static CommandFailure environment(String message, String advice, @Nullable Throwable cause) {
    return new CommandFailure(ExitCode.ENVIRONMENT, message, advice, cause);
  }

  /** The command was interrupted and has put things in order. */
  static CommandFailure interrupted(String message) {
    return new CommandFailure(ExitCode.INTERRUPTED, message, "", null);
  }

  ExitCode exitCode() {
    return exitCode;
  }

  /** What to do about it; empty if there is nothing to say. */
  String advice() {
    return advice;
  }
}
