package dev.headgate.store;

import dev.headgate.model.TestCounts;
import java.time.Instant;

/**
 * What is known of a run when it has ended.
 *
 * @param endedAt when it ended; of an interrupted run, the last time something was kept of it
 * @param conclusion a verdict's code, or {@link #INTERRUPTED}
 * @param reason why, in words for a person; may be empty
 * @param counts its tests
 */
public record RunEnd(Instant endedAt, String conclusion, String reason, TestCounts counts) {
  /** The conclusion of a run whose recording process ended before the run did. */
  public static final String INTERRUPTED = "interrupted";

  public RunEnd {
    StoredText.requireName("conclusion", conclusion);
    StoredText.requireWellFormed("reason", reason);
  }
}
