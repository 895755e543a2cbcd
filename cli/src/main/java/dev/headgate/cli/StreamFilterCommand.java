package dev.headgate.cli;

import dev.headgate.subunit.Routes;
import dev.headgate.subunit.TestTally;
import dev.headgate.subunit.stream.Stage;
import dev.headgate.subunit.stream.Stages;
import dev.headgate.subunit.stream.StreamSink;
import dev.headgate.subunit.stream.StreamWriter;
import dev.headgate.subunit.stream.Tee;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** {@code headgate stream filter}: the part of a stream that is about some tests. */
@Command(
    name = "filter",
    description = "Writes the part of a stream that is about the selected tests.",
    footer = {"", "The exit code is that of what is written: 1 if a failure is left in it."},
    sortOptions = false)
final class StreamFilterCommand implements Callable<ExitCode> {
  private final Invocation invocation;

  private final SourceOptions source = new SourceOptions();

  @Mixin CommandSpec sourceOptions = source.describe();
  @Mixin TestSelection selection = new TestSelection();

  @Option(
      names = "--no-text",
      description =
          "Leave out bytes that are no packets, and files of no test: output of programs.")
  boolean noText;

  @Option(
      names = "--rename",
      paramLabel = "REGEX=TEXT",
      description =
          "Replace in test ids, after the selection; $1 is what the first group found. May be repeated.")
  List<String> renames = new ArrayList<>();

  @Option(
      names = "--expect-failures",
      paramLabel = "FILE",
      description =
          "The tests whose ids stand in this file, one a line, are known to fail: a failure becomes"
              + " xfail, a success uxsuccess.")
  List<String> known = new ArrayList<>();

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  boolean help;

  StreamFilterCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public ExitCode call() throws IOException {
    PrintStream out = invocation.console().out();
    StreamWriter writer = new StreamWriter();
    TestTally tally = new TestTally(0);
    StreamSink written = new Tee(StreamSink.ofEvents(tally::accept), writer);
    StreamSink sink = Stages.inOrder(stages()).into(written);
    CommandFailure cut = source.streams().readInto(invocation, sink, () -> flush(writer, out));
    return StreamCommand.exitCode(tally, cut);
  }

  static void flush(StreamWriter writer, PrintStream out) throws IOException {
    writer.writeTo(out);
    out.flush();
  }

  private List<Stage> stages() throws IOException {
    List<Stage> stages = new ArrayList<>();
    if (noText) {
      stages.add(Stages.withoutText());
      stages.add(Stages.keepEvents(event -> event.testId() != null || !event.hasFile()));
    }
    // Known failures first: they are selected as what they are then.
    for (String file : known) {
      Set<String> ids = TestSelection.ids(invocation, file);
      stages.add(Stages.expectFailures(ids::contains));
    }
    if (!selection.isAll()) {
      stages.add(Stages.keepTests(selection.condition(invocation)));
    }
    if (!selection.routes.isEmpty()) {
      stages.add(
          Stages.keepEvents(event ->
              event.testId() != null
                  || selection.routes.stream()
                      .anyMatch(route -> Routes.isUnder(route, event.routeCode()))));
    }
    renames.forEach(rename -> stages.add(rename(rename)));
    return stages;
  }

  private static Stage rename(String rename) {
    int at = rename.indexOf('=');
    if (at <= 0) {
      throw CommandFailure.usage(
          "--rename " + rename + " says not what to replace by what",
          "write --rename 'REGEX=TEXT'");
    }
    String text = rename.substring(at + 1);
    var pattern = TestSelection.pattern("--rename", rename.substring(0, at));
    return Stages.renameTests(id -> {
      try {
        return pattern.matcher(id).replaceAll(text);
      } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
        throw CommandFailure.usage(
            "--rename " + rename + " cannot be done: " + e.getMessage(),
            "$1 is the first group of the expression; write \\$ for a dollar sign");
      }
    });
  }
}
