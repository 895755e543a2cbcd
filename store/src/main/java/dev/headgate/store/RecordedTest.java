package dev.headgate.store;

import dev.headgate.subunit.Status;
import dev.headgate.subunit.TestKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * One execution of one test within a run.
 *
 * @param key the route it ran on, its id, and which execution of it this is
 * @param status its last; {@link Status#INPROGRESS} if it hung or was lost
 * @param began when it began, if the stream said so
 * @param duration how long it took, if the stream said so
 * @param firstFrame the frame of the segment, counted from 0, in which it was first heard of
 * @param lastFrame the frame in which its status became what it is
 * @param snippet of its text attachments, if it failed or did not end; empty otherwise
 */
public record RecordedTest(
    TestKey key,
    Status status,
    Optional<Instant> began,
    Optional<Duration> duration,
    int firstFrame,
    int lastFrame,
    String snippet) {

  /** Whether it is a reason for its run to fail: it failed, passed unexpectedly or never ended. */
  public boolean isFailure() {
    return status.isFailure() || status == Status.INPROGRESS;
  }
}
