package dev.headgate.cli;

import dev.headgate.subunit.Status;
import dev.headgate.subunit.TestTally;
import java.io.IOException;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * {@code headgate stream stats}: how the tests of a stream ended. It is described by calls ({@link
 * RootCommand}): its start is a third of its time.
 */
final class StreamStatsCommand implements Callable<ExitCode> {
  private final Invocation invocation;
  private final SourceOptions source = new SourceOptions();
  private final OptionSpec slowest =
      OptionSpec.builder("--slowest")
          .paramLabel("N")
          .type(int.class)
          .initialValue(5)
          .description("How many of the slowest tests to show. Default: 5.")
          .build();

  private final OptionSpec json =
      OptionSpec.builder("--json")
          .type(boolean.class)
          .initialValue(false)
          .description("One JSON document.")
          .build();

  StreamStatsCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  /** The command as its parser sees it. */
  static CommandSpec describe(Invocation invocation) {
    StreamStatsCommand command = new StreamStatsCommand(invocation);
    CommandSpec spec =
        CommandSpec.wrapWithoutInspection(command)
            .name("stats")
            .addMixin("source", command.source.describe())
            .addOption(command.slowest)
            .addOption(command.json)
            .addOption(RootCommand.help());
    spec.usageMessage().description("Counts how the tests of a stream ended.").sortOptions(false);
    return spec;
  }

  @Override
  public ExitCode call() throws IOException {
    int kept = slowest.getValue();
    if (kept < 0) {
      throw CommandFailure.usage("--slowest must be at least 0, got " + kept, "");
    }
    StreamStats stats = new StreamStats(kept);
    CommandFailure cut = source.streams().readInto(invocation, _ -> stats.taker(source.format()));
    PrintStream out = invocation.console().out();
    if (json.<Boolean>getValue()) {
      out.println(JsonText.of(document(stats)));
    } else {
      print(out, new Style(invocation.console().terminal().coloursOnOut()), stats);
    }
    if (stats.tally().events() == 0 && stats.textBytes() + stats.damageBytes() > 0) {
      invocation.console().err().println("headgate: there is no test result in it");
    }
    return StreamCommand.exitCode(stats.tally(), cut);
  }

  private static void print(PrintStream out, Style style, StreamStats stats) {
    TestTally tally = stats.tally();
    out.println(line(tally.attempts(), "run"));
    out.println(style.good(line(tally.count(Status.SUCCESS), "passed")));
    print(
        out, line(tally.count(Status.XFAIL), "failed as expected"), tally.count(Status.XFAIL) > 0);
    bad(out, style, tally.count(Status.FAIL), "failed", true);
    bad(out, style, tally.count(Status.UXSUCCESS), "passed unexpectedly", false);
    bad(out, style, tally.count(Status.INPROGRESS), "hung or lost", false);
    out.println(line(tally.count(Status.SKIP), "skipped"));
    print(out, line(tally.count(Status.EXISTS), "listed"), tally.count(Status.EXISTS) > 0);
    print(out, line(tally.reruns(), "of those run were run again"), tally.reruns() > 0);
    tally
        .span()
        .ifPresent(span ->
            out.println(
                "in "
                    + Wording.elapsed(span)
                    + ", "
                    + Wording.elapsed(tally.inTests())
                    + " of tests"));
    names(out, "routes", tally.routes());
    names(out, "tags", tally.tags());
    print(out, Wording.count(stats.textBytes(), "byte") + " of text", stats.textBytes() > 0);
    if (stats.damageBytes() > 0) {
      out.println(
          style.warning(
              Wording.count(stats.damageBytes(), "byte")
                  + " of damaged packets; `headgate stream verify` shows where"));
    }
    for (TestTally.Slow slow : tally.slowest()) {
      out.println(
          "%12s  %s"
              .formatted(StreamLsCommand.seconds(slow.taken()), Wording.printable(slow.testId())));
    }
  }

  private static void print(PrintStream out, String line, boolean wanted) {
    if (wanted) {
      out.println(line);
    }
  }

  private static void bad(PrintStream out, Style style, long count, String what, boolean always) {
    if (count > 0) {
      out.println(style.bad(line(count, what)));
    } else if (always) {
      out.println(line(count, what));
    }
  }

  private static String line(long count, String what) {
    return "%8d  %s".formatted(count, what);
  }

  /** At most a dozen by name: a line is for reading. */
  private static void names(PrintStream out, String what, java.util.Set<String> names) {
    if (names.isEmpty()) {
      return;
    }
    List<String> shown = names.stream().limit(12).map(Wording::printable).toList();
    String more = names.size() > shown.size() ? ", … (" + names.size() + ")" : "";
    out.println(what + " " + String.join(", ", shown) + more);
  }

  /** The document of {@code --json}, version 1. */
  private static Map<String, Object> document(StreamStats stats) {
    TestTally tally = stats.tally();
    Map<String, Object> byStatus = new LinkedHashMap<>();
    for (Status status : Status.values()) {
      if (status != Status.NONE) {
        byStatus.put(status.word(), tally.count(status));
      }
    }
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("v", 1);
    tree.put("run", tally.attempts());
    tree.put("reruns", tally.reruns());
    tree.put("by-status", byStatus);
    tree.put("good", !tally.isBad());
    tally.span().ifPresent(span -> tree.put("span-micros", span.toNanos() / 1_000));
    tree.put("test-micros", tally.inTests().toNanos() / 1_000);
    tree.put("events", tally.events());
    tree.put("text-bytes", stats.textBytes());
    tree.put("damage-bytes", stats.damageBytes());
    tree.put("routes", List.copyOf(tally.routes()));
    tree.put("tags", List.copyOf(tally.tags()));
    tree.put("slowest", tally.slowest().stream().map(StreamStatsCommand::document).toList());
    return tree;
  }

  private static Map<String, Object> document(TestTally.Slow slow) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("test", slow.testId());
    entry.put("route", slow.route());
    entry.put("micros", slow.taken().toNanos() / 1_000);
    return entry;
  }
}
