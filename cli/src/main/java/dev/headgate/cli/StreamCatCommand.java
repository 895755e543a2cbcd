package dev.headgate.cli;

import dev.headgate.subunit.TestTally;
import dev.headgate.subunit.stream.Stages;
import dev.headgate.subunit.stream.StreamSink;
import dev.headgate.subunit.stream.Tee;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** {@code headgate stream cat}: a stream as text, or its attachments as files. */
@Command(
    name = "cat",
    description =
        "Shows a stream as text: output as it came, how each test ended, its attachments.",
    sortOptions = false)
final class StreamCatCommand implements Callable<ExitCode> {
  private final Invocation invocation;

  private final SourceOptions source = new SourceOptions();

  @Mixin CommandSpec sourceOptions = source.describe();
  @Mixin TestSelection selection = new TestSelection();

  @Option(
      names = "--raw",
      description = "Only the output of programs, byte by byte: what stands between the packets.")
  boolean raw;

  @Option(
      names = "--files",
      paramLabel = "DIR",
      description =
          "Write each attachment into a folder of its test below this one instead, with a file"
              + " test.json that says how the test ended.")
  @Nullable Path files;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  boolean help;

  StreamCatCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public ExitCode call() throws IOException {
    PrintStream out = invocation.console().out();
    TestTally tally = new TestTally(0);
    StreamSink counted = StreamSink.ofEvents(tally::accept);
    Path folder = files;
    if (folder != null) {
      AttachmentFiles written = new AttachmentFiles(invocation.directory().resolve(folder));
      CommandFailure cut =
          source.streams().readInto(invocation, selected(new Tee(counted, written)));
      out.println(
          Wording.count(written.tests(), "test")
              + ", "
              + Wording.count(written.files(), "file")
              + " in "
              + folder);
      return StreamCommand.exitCode(tally, cut);
    }
    boolean terminal = invocation.console().terminal().live();
    LogText text =
        new LogText(out, new Style(invocation.console().terminal().coloursOnOut()), raw, terminal);
    StreamSink shown = new StreamText(text);
    CommandFailure cut =
        source.streams().readInto(invocation, selected(new Tee(counted, shown)), out::flush);
    return StreamCommand.exitCode(tally, cut);
  }

  private StreamSink selected(StreamSink sink) throws IOException {
    return selection.isAll() ? sink : Stages.keepTests(selection.condition(invocation)).into(sink);
  }
}
