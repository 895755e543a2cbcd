package dev.headgate.subunit.stream;

import dev.headgate.subunit.Bytes;
import dev.headgate.subunit.Event;
import dev.headgate.subunit.Status;

/**
 * Turns a stream into a listing: one {@code exists} event for each test of each route, with its id,
 * route and whether it is runnable, when it is first heard of. All else is left out.
 *
 * <p>Of more than {@link Attempts#MAX_TESTS} tests, those beyond are listed as often as they are
 * announced or begin.
 */
final class Listing implements StreamSink {
  private final StreamSink next;
  private final Attempts seen = new Attempts();

  Listing(StreamSink next) {
    this.next = next;
  }

  @Override
  public void event(Event event) {
    Name name = Name.of(event);
    if (name == null || seen.knows(name)) {
      return;
    }
    if (seen.remember(name) || isBeginning(event.status())) {
      next.event(
          Event.test(name.testId(), Status.EXISTS)
              .runnable(event.runnable())
              .routeCode(event.routeCode())
              .build());
    }
  }

  private static boolean isBeginning(Status status) {
    return status == Status.EXISTS || status == Status.INPROGRESS;
  }

  @Override
  public void text(Bytes bytes) {}

  @Override
  public void damage(Bytes bytes) {}

  @Override
  public void end() {
    next.end();
  }
}
