package dev.headgate.subunit.stream;

import dev.headgate.subunit.Bytes;
import dev.headgate.subunit.Event;
import java.util.function.Consumer;

/** See {@link StreamSink#ofEvents}. */
record EventsOnly(Consumer<? super Event> events) implements StreamSink {
  @Override
  public void event(Event event) {
    events.accept(event);
  }

  @Override
  public void text(Bytes bytes) {}

  @Override
  public void damage(Bytes bytes) {}

  @Override
  public void end() {}
}
