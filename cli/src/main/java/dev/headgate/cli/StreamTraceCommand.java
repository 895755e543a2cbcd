package dev.headgate.cli;

import dev.headgate.subunit.Bytes;
import dev.headgate.subunit.Event;
import dev.headgate.subunit.TestResult;
import dev.headgate.subunit.TestTally;
import dev.headgate.subunit.reader.Format;
import dev.headgate.subunit.stream.Assembler;
import dev.headgate.subunit.stream.StreamSink;
import dev.headgate.subunit.stream.Tee;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
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

  private final SourceOptions source = new SourceOptions();

  @Mixin CommandSpec sourceOptions = source.describe();

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
      TestTally tally = new TestTally(0);
      StreamSink sink = new Tee(StreamSink.ofEvents(tally::accept), new Sink(trace));
      CommandFailure cut =
          source
              .streams()
              .readInto(
                  invocation,
                  _ -> new Watching(invocation.console(), source.format(), sink, trace));
      sink.end();
      trace.finish(tally.isBad());
      return StreamCommand.exitCode(tally, cut);
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
  private static final class Watching extends StreamTaker {
    private static final long GIVE_UP_NANOS = 1_000_000_000L;

    private final Console console;
    private final StreamSink sink;
    private final Trace trace;
    private long silentSince = System.nanoTime();

    Watching(Console console, Format format, StreamSink sink, Trace trace) {
      super(format);
      this.console = console;
      this.sink = sink;
      this.trace = trace;
    }

    @Override
    public void piece(byte[] bytes, int length) throws IOException {
      silentSince = System.nanoTime();
      super.piece(bytes, length);
    }

    @Override
    public boolean wantsMore() {
      return !console.readerLeft();
    }

    @Override
    public void silence() throws IOException {
      if (System.nanoTime() - silentSince > GIVE_UP_NANOS) {
        super.silence();
      }
      trace.tick();
    }

    @Override
    public long patienceMillis() {
      return TICK_MILLIS;
    }

    @Override
    void drain() {
      reader.drainTo(new StreamSource.Endless(sink));
      trace.tick();
    }
  }
}
