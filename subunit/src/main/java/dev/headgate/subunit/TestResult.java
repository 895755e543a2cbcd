package dev.headgate.subunit;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one execution of a test. It is not meant to be taken apart by patterns.
 *
 * @param key which test and which execution
 * @param status the last known; {@link Status#INPROGRESS} when the stream has ended: hung or lost
 * @param tags of the test
 * @param began the time its first {@code inprogress} carried, or null
 * @param ended the time its final status carried, or null
 * @param lastSeen the time its last event carried, or null
 * @param attachments kept while it runs and when it failed; empty when it passed
 * @param attachmentsOmitted files of which nothing was kept because there were too many
 */
public record TestResult(
    TestKey key,
    Status status,
    List<String> tags,
    @Nullable Instant began,
    @Nullable Instant ended,
    @Nullable Instant lastSeen,
    List<Attachment> attachments,
    int attachmentsOmitted) {

  public TestResult {
    tags = List.copyOf(tags);
    attachments = List.copyOf(attachments);
  }

  /** How long it took, where both times are known; a clock that went back counts as no time. */
  public Optional<Duration> duration() {
    if (began == null || ended == null) {
      return Optional.empty();
    }
    Duration taken = Duration.between(began, ended);
    return Optional.of(taken.isNegative() ? Duration.ZERO : taken);
  }
}
