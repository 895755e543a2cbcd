package dev.headgate.cli;

import dev.headgate.subunit.Event;
import dev.headgate.subunit.TestResult;
import dev.headgate.subunit.TestTally;
import dev.headgate.subunit.stream.Assembler;
import dev.headgate.subunit.stream.Stages;
import dev.headgate.subunit.stream.StreamSink;
import dev.headgate.subunit.stream.Tee;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** {@code headgate stream ls}: the ids of the tests of a stream. */
@Command(
    name = "ls",
    description =
        "Lists the tests of a stream, each once, in the order in which they are heard of.",
    sortOptions = false)
final class StreamLsCommand implements Callable<ExitCode> {
  private final Invocation invocation;

  private final SourceOptions source = new SourceOptions();

  @Mixin CommandSpec sourceOptions = source.describe();
  @Mixin TestSelection selection = new TestSelection();

  @Option(
      names = "--times",
      description =
          "With status and duration, one line for each attempt, in the order of their ends.")
  boolean times;

  @Option(names = "--routes", description = "With the route that each comes from.")
  boolean routes;

  @Option(
      names = {"-0", "--null"},
      description = "Ids as they are, each ended by a NUL instead of a line's end.")
  boolean nul;

  @Option(names = "--json", description = "JSON lines, one for each attempt.")
  boolean json;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  boolean help;

  StreamLsCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public ExitCode call() throws IOException {
    PrintStream out = invocation.console().out();
    StreamSink lines =
        times || json
            ? new Assembler(Assembler.Limits.PROMPT, result -> print(out, result))
            : Stages.list().into(StreamSink.ofEvents(event -> print(out, event)));
    TestTally tally = new TestTally(0);
    StreamSink both = new Tee(StreamSink.ofEvents(tally::accept), lines);
    StreamSink selected =
        selection.isAll() ? both : Stages.keepTests(selection.condition(invocation)).into(both);
    CommandFailure cut = source.streams().readInto(invocation, selected, out::flush);
    return StreamCommand.exitCode(tally, cut);
  }

  private void print(PrintStream out, Event event) {
    line(out, "", event.routeCode(), String.valueOf(event.testId()));
  }

  private void print(PrintStream out, TestResult result) {
    if (json) {
      out.println(JsonText.of(document(result)));
      return;
    }
    String time = result.duration().map(StreamLsCommand::seconds).orElse("-");
    line(
        out,
        "%10s  %-10s  ".formatted(time, result.status().word()),
        result.key().route(),
        result.key().testId());
  }

  private void line(PrintStream out, String before, @Nullable String route, String id) {
    String from = routes ? (route == null || route.isEmpty() ? "-" : route) + "\t" : "";
    if (nul) {
      out.print(before + from + id + '\0');
    } else {
      out.println(
          before + Wording.printable(from).strip() + (routes ? "  " : "") + Wording.printable(id));
    }
  }

  static String seconds(Duration duration) {
    return "%.3f s".formatted(duration.toNanos() / 1e9);
  }

  /** One line of {@code --json}, version 1. */
  static Map<String, Object> document(TestResult result) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("v", 1);
    line.put("test", result.key().testId());
    line.put("route", result.key().route());
    line.put("attempt", result.key().attempt());
    line.put("status", result.status().word());
    line.put("tags", result.tags());
    result.duration().ifPresent(taken -> line.put("micros", taken.toNanos() / 1_000));
    return line;
  }
}
