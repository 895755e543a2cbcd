package dev.headgate.adapter.git;

import dev.headgate.conduct.EnvironmentException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Git processes that go on after the process that started them was killed. They are known by a mark
 * among their arguments, a setting that means nothing to git.
 */
final class Orphans {
  private final String mark;

  Orphans(Path file) {
    this.mark = "headgate.landing=" + file;
  }

  /** The same git, marked. */
  Git mark(Git git) {
    return git.option("-c", mark);
  }

  /** Returns when none works any more, so that the locks that are there are nobody's. */
  void await() {
    try {
      if (!Patience.await(Patience.LONG, () -> alive().isEmpty())) {
        throw new EnvironmentException(
            "git still works on a landing that was killed (process "
                + alive().map(ProcessHandle::pid).orElse(0L)
                + "): run again when it has ended");
      }
    } catch (IOException e) {
      throw new EnvironmentException("cannot list the processes: " + e.getMessage(), e);
    }
  }

  private Optional<ProcessHandle> alive() {
    return ProcessHandle.allProcesses()
        .filter(process -> isMarked(process.info().arguments().orElse(new String[0])))
        .findFirst();
  }

  private boolean isMarked(String[] arguments) {
    for (String argument : arguments) {
      if (argument.equals(mark)) {
        return true;
      }
    }
    return false;
  }
}
