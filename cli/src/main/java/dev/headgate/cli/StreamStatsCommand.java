package dev.headgate.cli;

import dev.headgate.subunit.Status;
import dev.headgate.subunit.TestResult;
import java.io.IOException;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code headgate stream stats}: how the tests of a stream ended. */
@Command(
    name = "stats",
    description = "Counts how the tests of a stream ended.",
    sortOptions = false)
final class StreamStatsCommand implements Callable<ExitCode> {
  private final Invocation invocation;

  @Mixin StreamSource source = new StreamSource();

  @Option(
      names = "--slowest",
      paramLabel = "N",
      description = "How many of the slowest tests to show. Default: ${DEFAULT-VALUE}.")
  int slowest = 5;

  @Option(names = "--json", description = "One JSON document.")
  boolean json;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  boolean help;

  StreamStatsCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public ExitCode call() throws IOException {
    if (slowest < 0) {
      throw CommandFailure.usage("--slowest must be at least 0, got " + slowest, "");
    }
    StreamStats stats = new StreamStats(slowest);
    CommandFailure cut = source.readInto(invocation, stats);
    PrintStream out = invocation.console().out();
    if (json) {
      out.println(JsonText.of(document(stats)));
    } else {
      print(out, new Style(invocation.console().terminal().coloursOnOut()), stats);
    }
    if (stats.events() == 0 && stats.textBytes() + stats.damageBytes() > 0) {
      invocation.console().err().println("headgate: there is no test result in it");
    }
    return stats.tally().exitCode(cut);
  }

  private static void print(PrintStream out, Style style, StreamStats stats) {
    StreamTally tally = stats.tally();
    out.println(line(stats.attempts(), "run"));
    out.println(style.good(line(tally.count(Status.SUCCESS), "passed")));
    print(
        out, line(tally.count(Status.XFAIL), "failed as expected"), tally.count(Status.XFAIL) > 0);
    bad(out, style, tally.count(Status.FAIL), "failed", true);
    bad(out, style, tally.count(Status.UXSUCCESS), "passed unexpectedly", false);
    bad(out, style, tally.count(Status.INPROGRESS), "hung or lost", false);
    out.println(line(tally.count(Status.SKIP), "skipped"));
    print(out, line(tally.count(Status.EXISTS), "listed"), tally.count(Status.EXISTS) > 0);
    print(out, line(stats.reruns(), "of those run were run again"), stats.reruns() > 0);
    stats
        .span()
        .ifPresent(span ->
            out.println(
                "in "
                    + Wording.elapsed(span)
                    + ", "
                    + Wording.elapsed(stats.inTests())
                    + " of tests"));
    names(out, "routes", stats.routes());
    names(out, "tags", stats.tags());
    print(out, Wording.count(stats.textBytes(), "byte") + " of text", stats.textBytes() > 0);
    if (stats.damageBytes() > 0) {
      out.println(
          style.warning(
              Wording.count(stats.damageBytes(), "byte")
                  + " of damaged packets; `headgate stream verify` shows where"));
    }
    for (TestResult result : stats.slowest()) {
      out.println(
          "%12s  %s"
              .formatted(
                  result.duration().map(StreamLsCommand::seconds).orElse(""),
                  Wording.printable(result.key().testId())));
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
    Map<String, Object> byStatus = new LinkedHashMap<>();
    for (Status status : Status.values()) {
      if (status != Status.NONE) {
        byStatus.put(status.word(), stats.tally().count(status));
      }
    }
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("v", 1);
    tree.put("run", stats.attempts());
    tree.put("reruns", stats.reruns());
    tree.put("by-status", byStatus);
    tree.put("good", !stats.tally().isBad());
    stats.span().ifPresent(span -> tree.put("span-micros", span.toNanos() / 1_000));
    tree.put("test-micros", stats.inTests().toNanos() / 1_000);
    tree.put("events", stats.events());
    tree.put("text-bytes", stats.textBytes());
    tree.put("damage-bytes", stats.damageBytes());
    tree.put("routes", List.copyOf(stats.routes()));
    tree.put("tags", List.copyOf(stats.tags()));
    tree.put("slowest", stats.slowest().stream().map(StreamLsCommand::document).toList());
    return tree;
  }
}
