package dev.headgate.cli;

import dev.headgate.subunit.Bytes;
import dev.headgate.subunit.Event;
import dev.headgate.subunit.RawOutput;
import dev.headgate.subunit.stream.StreamSink;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Shows a stream as text; bytes of no packet are shown as what a process wrote. */
record StreamText(LogText text) implements StreamSink {
  private static final RawOutput OUTPUT = new RawOutput("", RawOutput.STDOUT);

  @Override
  public void event(Event event) {
    try {
      text.take(event);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void text(Bytes bytes) {
    event(OUTPUT.wrap(bytes));
  }

  @Override
  public void damage(Bytes bytes) {
    text(bytes);
  }

  @Override
  public void end() {
    text.endLine();
  }
}
