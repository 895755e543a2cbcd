package dev.headgate.runner;

import dev.headgate.subunit.Event;
import dev.headgate.subunit.Status;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a report says of each test, as short as it can be kept: the row of statuses of its attempts,
 * without times and texts, which differ each time a tool writes its report.
 */
final class ReportTally {
  /** 4 MiB. A report of more tests is read when the job has ended. */
  static final int MOST_TESTS = 100_000;

  private static final long PRIME = 0x100000001B3L;
  private static final int STATUS_BITS = 4;
  private static final long LAST_STATUS = (1 << STATUS_BITS) - 1;

  /** The row of statuses by the digest of the test's id; the last status in its lowest bits. */
  private final LongTable outcomes = new LongTable();

  private long besides;
  private boolean partial;
  private Instant latest = Instant.MIN;

  /** Takes an event of the report. */
  void accept(Event event) {
    Instant time = event.timestamp();
    if (time != null && time.isAfter(latest)) {
      latest = time;
    }
    String test = event.testId();
    if (test == null) {
      besides = besides * PRIME + event.fileContent().hashCode() + event.status().code() + 1;
    } else if (event.status() != Status.NONE) {
      append(digest(test), event.status());
    }
  }

  private void append(long test, Status status) {
    long before = outcomes.get(test);
    if (before == 0 && outcomes.size() == MOST_TESTS) {
      partial = true;
      return;
    }
    long row = (before + status.code() + 1) * PRIME;
    outcomes.put(test, (row << STATUS_BITS) | status.code());
  }

  /**
   * Half of the digests of 2^32 ids would have to meet for two of one report to be taken as one.
   */
  private static long digest(String text) {
    long digest = 0xCBF29CE484222325L;
    for (int i = 0; i < text.length(); i++) {
      digest = (digest ^ text.charAt(i)) * PRIME;
    }
    return digest;
  }

  /** Whether both know the same of the test, or, for null, of the run as a whole. */
  boolean agreesOn(@Nullable String test, ReportTally other) {
    if (test == null) {
      return besides == other.besides;
    }
    long outcome = outcomes.get(digest(test));
    return outcome != 0 && outcome == other.outcomes.get(digest(test));
  }

  /** Takes over what the other says; of a test that both know, what the other says stays. */
  void addAll(ReportTally other) {
    outcomes.putAll(other.outcomes);
    besides = other.besides;
  }

  int tests() {
    return outcomes.size();
  }

  /** Whether there were more tests than {@link #MOST_TESTS}. */
  boolean isPartial() {
    return partial;
  }

  /** Whether a test began that did not end. */
  boolean hasUnfinished() {
    return outcomes.anyValue(row -> (row & LAST_STATUS) == Status.INPROGRESS.code());
  }

  /** The last time that was told; {@link Instant#MIN} if none was. */
  Instant latest() {
    return latest;
  }
}
