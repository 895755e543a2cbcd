package dev.headgate.subunit.stream;

import dev.headgate.subunit.Event;
import java.time.Instant;

/**
 * Gives the events that have no time the time that the caller last said it is.
 *
 * <p>It knows no clock: a reader of a live stream says {@link #now} before it passes on what it
 * read.
 */
public final class MissingTimes extends Passing {
  private Instant now;

  /**
   * Stamps with that time until another is said.
   *
   * @param next where everything goes
   */
  public MissingTimes(Instant now, StreamSink next) {
    super(next);
    this.now = now;
  }

  /** Says what time it is; times may go back. */
  public void now(Instant time) {
    now = time;
  }

  @Override
  public void event(Event event) {
    next.event(event.timestamp() == null ? event.withTimestamp(now) : event);
  }
}
