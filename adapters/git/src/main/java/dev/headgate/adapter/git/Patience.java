package dev.headgate.adapter.git;

import dev.headgate.conduct.EnvironmentException;
import java.io.IOException;
import java.time.Duration;

/** Waits for what another process is about to do, for a bounded time. */
final class Patience {
  /** A git that writes a whole tree may take so long. */
  static final Duration LONG = Duration.ofSeconds(60);

  /** Others hold a lock for less, unless they wait for a person, and a person waits that long. */
  static final Duration SHORT = Duration.ofSeconds(3);

  /** Moving a ref takes milliseconds. */
  static final Duration BRIEF = Duration.ofMillis(500);

  /** Often enough not to be felt, seldom enough to cost nothing. */
  private static final Duration PAUSE = Duration.ofMillis(20);

  /** What is waited for. */
  interface Condition {
    boolean holds() throws IOException;
  }

  private Patience() {}

  /** Whether the condition came to hold in time. */
  static boolean await(Duration limit, Condition condition) throws IOException {
    long end = System.nanoTime() + limit.toNanos();
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
