package dev.headgate.cli;

import dev.headgate.subunit.Bytes;
import dev.headgate.subunit.Event;
import dev.headgate.subunit.reader.Format;
import dev.headgate.subunit.stream.StreamSink;
import java.io.IOException;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Which streams a command reads, one after the other as one.
 *
 * @param files their names; standard input if there are none
 */
record StreamSource(List<String> files, Format format) {
  /** What follows each piece of input: what was made of it goes on its way. */
  interface AfterPiece {
    void flush() throws IOException;
  }

  StreamSource {
    files = files.isEmpty() ? List.of(StreamInput.STDIN) : List.copyOf(files);
  }

  /**
   * Reads all of them into a sink, and ends it once.
   *
   * @return why not everything was read; null if it was
   */
  @Nullable CommandFailure readInto(Invocation invocation, StreamSink sink, AfterPiece after)
      throws IOException {
    CommandFailure cut =
        readInto(
            invocation, _ -> new Reading(invocation.console(), format, new Endless(sink), after));
    sink.end();
    after.flush();
    return cut;
  }

  /** As above, into a sink that writes nothing. */
  @Nullable CommandFailure readInto(Invocation invocation, StreamSink sink) throws IOException {
    return readInto(invocation, sink, () -> {});
  }

  /**
   * Reads all of them, each into a taker of its own.
   *
   * @param takers makes the taker of an input, by what it is called in a message
   * @return why not everything was read; null if it was
   */
  @Nullable CommandFailure readInto(
      Invocation invocation, Function<String, StreamFeed.Taker> takers) throws IOException {
    requireReadable(invocation);
    CommandFailure cut = null;
    for (String name : files) {
      try (StreamInput input = StreamInput.open(invocation, name)) {
        cut = StreamFeed.read(input, takers.apply(input.name()));
      }
      if (cut != null || invocation.console().readerLeft()) {
        break;
      }
    }
    return cut;
  }

  /** Throws what reading them would throw of a name that leads to no readable file. */
  void requireReadable(Invocation invocation) {
    for (String name : files) {
      StreamInput.require(invocation, name);
    }
  }

  private static final class Reading extends StreamTaker {
    private final Console console;
    private final StreamSink sink;
    private final AfterPiece after;

    Reading(Console console, Format format, StreamSink sink, AfterPiece after) {
      super(format);
      this.console = console;
      this.sink = sink;
      this.after = after;
    }

    @Override
    public boolean wantsMore() {
      return !console.readerLeft();
    }

    @Override
    void drain() throws IOException {
      reader.drainTo(sink);
      after.flush();
    }
  }

  /** Passes on all but the end: another stream follows. */
  record Endless(StreamSink next) implements StreamSink {
    @Override
    public void event(Event event) {
      next.event(event);
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
    public void end() {}
  }
}
