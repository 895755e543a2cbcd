package dev.headgate.subunit.stream;

import dev.headgate.subunit.Bytes;

/** A sink that passes on what it does not care for. */
abstract class Passing implements StreamSink {
  final StreamSink next;

  Passing(StreamSink next) {
    this.next = next;
  }

  @Override
  public void text(Bytes bytes) {
    next.text(bytes);
  }

  @Override
  public void damage(Bytes bytes) {
    next.damage(bytes);
  }

  @Override
  public void end() {
    next.end();
  }
}
