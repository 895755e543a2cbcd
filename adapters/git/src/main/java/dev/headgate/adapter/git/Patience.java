package dev.headgate.adapter.git;

import dev.headgate.conduct.EnvironmentException;
import java.io.IOException;
import java.time.Duration;

/** Waits for what another process is about to do, for a bounded time. */
final class Patience {
  /** Other git commands hold a lock for less, and a person still waits that long. */
  private static final Duration LIMIT = Duration.ofSeconds(10);

  /** Often enough not to be felt, seldom enough to cost nothing. */
  private static final Duration PAUSE = Duration.ofMillis(20);

  /** What is waited for. */
  interface Condition {
    boolean holds() throws IOException;
  }

  private Patience() {}

  /** Whether the condition came to hold in time. */
  static boolean await(Condition condition) throws IOException {
    long end = System.nanoTime() + LIMIT.toNanos();
    while (!condition.holds()) {
      if (System.nanoTime() > end) {
        return false;
      }
      pause();
    }
    return true;
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EnvironmentException("interrupted while waiting for another git", e);
    }
  }
}
