package dev.headgate.conduct;

import java.io.Serial;

/**
 * The machine, or a program or disk on it, does not let us go on: git is missing, the disk is full,
 * a folder cannot be written. The message says what happened, where, and what to do, for the person
 * who runs the command.
 */
public class EnvironmentException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  /** A problem without an exception behind it. */
  public EnvironmentException(String message) {
    super(message);
  }

  /** A problem and the exception it showed itself by. */
  public EnvironmentException(String message, Throwable cause) {
    super(message, cause);
  }
}
