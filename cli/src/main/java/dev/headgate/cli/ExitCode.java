package dev.headgate.cli;

import dev.headgate.model.Outcome;

/** The exit codes of every command; stable (docs/reference/exit-codes.md). Higher is worse. */
enum ExitCode {
  /** It did what was asked. */
  SUCCESS(0),
  /** What was tested failed: a test failed, a change was rejected. */
  FAILED(1),
  /** The caller's arguments or configuration cannot be used. */
  USAGE(2),
  /** The machine or what surrounds it failed. */
  ENVIRONMENT(3),
  /** It was interrupted before it was done. */
  INTERRUPTED(4),
  /** We are at fault. */
  BUG(70);

  private final int status;

  ExitCode(int status) {
    this.status = status;
  }

  /** The status that the process ends with. */
  int status() {
    return status;
  }

  static ExitCode of(Outcome outcome) {
    return switch (outcome) {
      case SUCCESS -> SUCCESS;
      case CHANGE -> FAILED;
      case USER -> USAGE;
      case ENVIRONMENT -> ENVIRONMENT;
      case BUG -> BUG;
    };
  }

  /** The one of the two that a command reports if both apply. */
  ExitCode worse(ExitCode other) {
    return compareTo(other) >= 0 ? this : other;
  }
}
