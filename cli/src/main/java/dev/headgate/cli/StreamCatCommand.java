package dev.headgate.cli;

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
import picocli.CommandLine.Option;

/** {@code headgate stream cat}: a stream as text, or its attachments as files. */
@Command(
    name = "cat",
    description =
        "Shows a stream as text: output as it came, how each test ended, its attachments.",
    sortOptions = false)
final class StreamCatCommand implements Callable<ExitCode> {
  private final Invocation invocation;

  @Mixin StreamSource source = new StreamSource();
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
    StreamTally tally = new StreamTally();
    Path folder = files;
    if (folder != null) {
      AttachmentFiles written = new AttachmentFiles(invocation.directory().resolve(folder));
      CommandFailure cut = source.readInto(invocation, selected(new Tee(tally, written)));
      out.println(
          Wording.count(written.tests(), "test")
              + ", "
              + Wording.count(written.files(), "file")
              + " in "
              + folder);
      return tally.exitCode(cut);
    }
    boolean terminal = invocation.console().terminal().live();
    LogText text =
        new LogText(out, new Style(invocation.console().terminal().coloursOnOut()), raw, terminal);
    StreamSink shown = new StreamText(text);
    CommandFailure cut = source.readInto(invocation, selected(new Tee(tally, shown)), out::flush);
    return tally.exitCode(cut);
  }

  private StreamSink selected(StreamSink sink) throws IOException {
    return selection.isAll() ? sink : Stages.keepTests(selection.condition(invocation)).into(sink);
  }
}
