package dev.headgate.cli;

import dev.headgate.subunit.TestTally;
import dev.headgate.subunit.stream.StreamSink;
import dev.headgate.subunit.stream.StreamWriter;
import dev.headgate.subunit.stream.TagEdit;
import dev.headgate.subunit.stream.Tee;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** {@code headgate stream tag}: a stream with other tags. */
@Command(
    name = "tag",
    description = "Writes a stream with tags added to every test and others taken away.",
    sortOptions = false)
final class StreamTagCommand implements Callable<ExitCode> {
  private final Invocation invocation;

  private final SourceOptions source = new SourceOptions();

  @Mixin CommandSpec sourceOptions = source.describe();

  @Option(
      names = {"-a", "--add"},
      paramLabel = "TAG",
      split = ",",
      description = "A tag that every test gets. May be repeated, or be several with commas.")
  List<String> add = new ArrayList<>();

  @Option(
      names = {"-r", "--remove"},
      paramLabel = "TAG",
      split = ",",
      description = "A tag that no test keeps.")
  List<String> remove = new ArrayList<>();

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  boolean help;

  StreamTagCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public ExitCode call() throws IOException {
    if (add.isEmpty() && remove.isEmpty()) {
      throw CommandFailure.usage(
          "no tag is to be added or removed", "name one with --add or --remove");
    }
    PrintStream out = invocation.console().out();
    StreamWriter writer = new StreamWriter();
    TestTally tally = new TestTally(0);
    StreamSink written = new Tee(StreamSink.ofEvents(tally::accept), writer);
    StreamSink sink = new TagEdit(add, new HashSet<>(remove)).into(written);
    return StreamCommand.exitCode(
        tally,
        source.streams().readInto(invocation, sink, () -> StreamFilterCommand.flush(writer, out)));
  }
}
