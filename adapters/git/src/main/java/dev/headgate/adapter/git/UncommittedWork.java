package dev.headgate.adapter.git;

import dev.headgate.conduct.EnvironmentException;
import java.io.Serial;

/** A working tree holds what is not committed where a landing would write. */
final class UncommittedWork extends EnvironmentException {
  @Serial private static final long serialVersionUID = 1;

  UncommittedWork(String message) {
    super(message);
  }
}
