package dev.headgate.subunit.stream;

import dev.headgate.subunit.Bytes;
import dev.headgate.subunit.Event;
import java.util.List;

/**
 * Gives every item to each of several sinks, in their order. If one throws, those behind it do not
 * get the item.
 */
public final class Tee implements StreamSink {
  private final List<StreamSink> sinks;

  /** A tee to these sinks; to none, it swallows everything. */
  public Tee(StreamSink... sinks) {
    this(List.of(sinks));
  }

  /** A tee to these sinks; to none, it swallows everything. */
  public Tee(List<? extends StreamSink> sinks) {
    this.sinks = List.copyOf(sinks);
  }

  @Override
  public void event(Event event) {
    for (StreamSink sink : sinks) {
      sink.event(event);
    }
  }

  @Override
  public void text(Bytes bytes) {
    for (StreamSink sink : sinks) {
      sink.text(bytes);
    }
  }

  @Override
  public void damage(Bytes bytes) {
    for (StreamSink sink : sinks) {
      sink.damage(bytes);
    }
  }

  @Override
  public void end() {
    for (StreamSink sink : sinks) {
      sink.end();
    }
  }
}
