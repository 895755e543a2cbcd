package dev.headgate.subunit.stream;

import dev.headgate.subunit.Bytes;
import dev.headgate.subunit.Event;

/**
 * Passes a stream on up to and with the event that makes the failures too many, and nothing after
 * it but the end.
 *
 * <p>Every event that gives a test a failing status counts, also a second one for one attempt.
 */
public final class FailFast extends Passing {
  private final int limit;
  private int failures;

  /**
   * Stops at that many failures.
   *
   * @param limit at least 1
   * @param next where the items go
   */
  public FailFast(int limit, StreamSink next) {
    super(next);
    if (limit < 1) {
      throw new IllegalArgumentException("stop after at least 1 failure, not " + limit);
    }
    this.limit = limit;
  }

  /** True once the failures are too many: nothing more needs to be read or run. */
  public boolean stopped() {
    return failures >= limit;
  }

  @Override
  public void event(Event event) {
    if (!stopped()) {
      failures += event.testId() != null && event.status().isFailure() ? 1 : 0;
      next.event(event);
    }
  }

  @Override
  public void text(Bytes bytes) {
    if (!stopped()) {
      next.text(bytes);
    }
  }

  @Override
  public void damage(Bytes bytes) {
    if (!stopped()) {
      next.damage(bytes);
    }
  }
}
