package dev.headgate.cli;

import dev.headgate.subunit.Bytes;
import dev.headgate.subunit.Event;
import dev.headgate.subunit.TestResult;
import dev.headgate.subunit.reader.StreamReader;
import dev.headgate.subunit.stream.Assembler;
import dev.headgate.subunit.stream.StreamSink;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code headgate stream trace}: a stream for a person who watches. */
@Command(
    name = "trace",
    description =
        "Shows a stream while it comes: what each worker runs, each test that ended, failures in full,"
            + " and at the end what was slow.",
    sortOptions = false)
final class StreamTraceCommand implements Callable<ExitCode> {
  /** Ten pictures a second look like motion. */
  private static final long TICK_MILLIS = 100;

  private final Invocation invocation;

  @Mixin StreamSource source = new StreamSource();

  @Option(
      names = {"-f", "--failures"},
      description = "Leave out the tests that passed or were skipped.")
  boolean failures;

  @Option(names = "--no-text", description = "Leave out the output of programs.")
  boolean noText;

  @Option(
      names = "--slowest",
      paramLabel = "N",
      description = "How many of the slowest tests to show. Default: ${DEFAULT-VALUE}.")
  int slowest = 10;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  boolean help;

  StreamTraceCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public ExitCode call() throws IOException {
    Terminal terminal = invocation.console().terminal();
    PrintStream out = invocation.console().out();
    Trace trace =
        new Trace(
            out,
            new Style(terminal.coloursOnOut()),
            terminal.live(),
            terminal::columns,
            Clock.systemUTC(),
            new Trace.Shown(!failures, !noText, slowest));
    try {
      List<String> names = source.files.isEmpty() ? List.of(StreamInput.STDIN) : source.files;
      for (String name : names) {
        StreamInput.require(invocation, name);
      }
      CommandFailure cut = null;
      StreamSink sink = new Sink(trace);
      for (String name : names) {
        try (StreamInput input = StreamInput.open(invocation, name)) {
          StreamReader reader = new StreamReader(source.format);
          cut = StreamFeed.read(input, new Watching(invocation.console(), reader, sink, trace));
        }
        if (cut != null) {
          break;
        }
      }
      sink.end();
      trace.finish();
      return trace.exitCode(cut);
    } finally {
      trace.close();
    }
  }

  /** Results in full go to the trace, and what runs meanwhile. */
  private static final class Sink implements StreamSink {
    private final Trace trace;
    private final Assembler assembler;

    Sink(Trace trace) {
      this.trace = trace;
      this.assembler =
          new Assembler(
              new Assembler.Limits(
                  Assembler.Limits.USUAL.maxFile(), Assembler.Limits.USUAL.maxHeld(), 0),
              this::result);
    }

    private void result(TestResult result) {
      trace.ended(result);
    }

    @Override
    public void event(Event event) {
      trace.event(event);
      assembler.event(event);
    }

    @Override
    public void text(Bytes bytes) {
      trace.text(bytes);
    }

    @Override
    public void damage(Bytes bytes) {
      trace.text(bytes);
    }

    @Override
    public void end() {
      assembler.end();
    }
  }

  /** The picture moves on also while nothing comes. */
  private static final class Watching implements StreamFeed.Taker {
    private static final long GIVE_UP_NANOS = 1_000_000_000L;

    private final Console console;
    private final StreamReader reader;
    private final StreamSink sink;
    private final Trace trace;
    private long silentSince = System.nanoTime();

    Watching(Console console, StreamReader reader, StreamSink sink, Trace trace) {
      this.console = console;
      this.reader = reader;
      this.sink = sink;
      this.trace = trace;
    }

    @Override
    public void piece(byte[] bytes, int length) {
      silentSince = System.nanoTime();
      reader.offer(bytes, 0, length);
      drain();
    }

    @Override
    public boolean wantsMore() {
      return !console.readerLeft();
    }

    @Override
    public void silence() {
      if (System.nanoTime() - silentSince > GIVE_UP_NANOS && reader.rescan()) {
        drain();
      }
      trace.tick();
    }

    @Override
    public void end() {
      reader.end();
      drain();
    }

    @Override
    public long patienceMillis() {
      return TICK_MILLIS;
    }

    private void drain() {
      reader.drainTo(new StreamSource.Endless(sink));
      trace.tick();
    }
  }
}
