package dev.headgate.cli;

import dev.headgate.subunit.Bytes;
import dev.headgate.subunit.Event;
import dev.headgate.subunit.reader.Format;
import dev.headgate.subunit.reader.StreamReader;
import dev.headgate.subunit.stream.StreamSink;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which streams a command reads, one after the other as one. */
final class StreamSource {
  /** What follows each piece of input: what was made of it goes on its way. */
  interface AfterPiece {
    void flush() throws IOException;
  }

  @Parameters(
      paramLabel = "FILE",
      description =
          "Streams, read one after the other; '-' is standard input, which is also read if none is"
              + " named. gzip and Zstandard are seen through.")
  List<String> files = new ArrayList<>();

  @Option(
      names = "--format",
      paramLabel = "v1|v2|auto|both",
      description =
          "The version of the format. 'auto' takes what comes first; 'both' honours version 1 also"
              + " between packets. Default: auto.")
  Format format = Format.AUTO;

  /**
   * Reads all of them into a sink, and ends it once.
   *
   * @return why not everything was read; null if it was
   */
  @Nullable CommandFailure readInto(Invocation invocation, StreamSink sink, AfterPiece after)
      throws IOException {
    CommandFailure cut =
        readInto(
            invocation, () -> new Reading(invocation.console(), format, new Endless(sink), after));
    sink.end();
    after.flush();
    return cut;
  }

  /** As above, into a sink that writes nothing. */
  @Nullable CommandFailure readInto(Invocation invocation, StreamSink sink) throws IOException {
    return readInto(invocation, sink, () -> {});
  }

  /**
   * Reads all of them, each into a taker.
   *
   * @return why not everything was read; null if it was
   */
  @Nullable CommandFailure readInto(Invocation invocation, Supplier<StreamFeed.Taker> takers)
      throws IOException {
    List<String> names = files.isEmpty() ? List.of(StreamInput.STDIN) : files;
    for (String name : names) {
      StreamInput.require(invocation, name);
    }
    CommandFailure cut = null;
    for (String name : names) {
      try (StreamInput input = StreamInput.open(invocation, name)) {
        cut = StreamFeed.read(input, takers.get());
      }
      if (cut != null || invocation.console().readerLeft()) {
        break;
      }
    }
    return cut;
  }

  private record Reading(Console console, StreamReader reader, StreamSink sink, AfterPiece after)
      implements StreamFeed.Taker {
    Reading(Console console, Format format, StreamSink sink, AfterPiece after) {
      this(console, new StreamReader(format), sink, after);
    }

    @Override
    public boolean wantsMore() {
      return !console.readerLeft();
    }

    @Override
    public void piece(byte[] bytes, int length) throws IOException {
      reader.offer(bytes, 0, length);
      reader.drainTo(sink);
      after.flush();
    }

    @Override
    public void silence() throws IOException {
      if (reader.rescan()) {
        reader.drainTo(sink);
        after.flush();
      }
    }

    @Override
    public void end() throws IOException {
      reader.end();
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
