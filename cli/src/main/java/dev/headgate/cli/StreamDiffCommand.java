package dev.headgate.cli;

import dev.headgate.subunit.reader.Format;
import dev.headgate.subunit.stream.Assembler;
import dev.headgate.subunit.stream.Comparison;
import dev.headgate.subunit.stream.Comparison.Change;
import dev.headgate.subunit.stream.Comparison.Observed;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code headgate stream diff}: what differs between two runs. */
@Command(
    name = "diff",
    description =
        "Compares two streams: tests that are fixed, broken, new, gone, slower or faster.",
    footer = {"", "Exit code 1 if a test is broken, or new and bad."},
    sortOptions = false)
final class StreamDiffCommand implements Callable<ExitCode> {
  private final Invocation invocation;

  @Parameters(index = "0", paramLabel = "BEFORE", description = "The earlier stream.")
  String before = "";

  @Parameters(index = "1", paramLabel = "AFTER", description = "The later stream.")
  String after = "";

  @Option(
      names = "--ratio",
      paramLabel = "N",
      description = "Slower is at least so many times as long. Default: ${DEFAULT-VALUE}.")
  double ratio = Comparison.Rules.USUAL.ratio();

  @Option(
      names = "--floor",
      paramLabel = "MILLIS",
      description = "And at least so many milliseconds longer. Default: ${DEFAULT-VALUE}.")
  long floor = Comparison.Rules.USUAL.floor().toMillis();

  @Option(names = "--routes", description = "A test on another route is another test.")
  boolean routes;

  @Option(names = "--json", description = "One JSON document.")
  boolean json;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  boolean help;

  StreamDiffCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public ExitCode call() throws IOException {
    if (!(ratio > 1) || floor < 0) {
      throw CommandFailure.usage(
          "--ratio must be more than 1 and --floor at least 0, got " + ratio + " and " + floor, "");
    }
    Comparison comparison =
        new Comparison(new Comparison.Rules(ratio, Duration.ofMillis(floor), routes));
    CommandFailure cut = read(before, new Assembler(Assembler.Limits.PROMPT, comparison::before));
    if (cut == null) {
      cut = read(after, new Assembler(Assembler.Limits.PROMPT, comparison::after));
    }
    if (cut != null) {
      throw cut;
    }
    List<Change> changes = comparison.changes();
    PrintStream out = invocation.console().out();
    if (json) {
      out.println(JsonText.of(document(changes)));
    } else {
      print(out, changes);
    }
    if (comparison.isPartial()) {
      invocation.console().err().println("headgate: there were more tests than can be compared");
    }
    return changes.stream().anyMatch(StreamDiffCommand::isWorse)
        ? ExitCode.FAILED
        : ExitCode.SUCCESS;
  }

  private @Nullable CommandFailure read(String name, Assembler results) throws IOException {
    return new StreamSource(List.of(name), Format.AUTO).readInto(invocation, results);
  }

  private static boolean isWorse(Change change) {
    return change instanceof Change.Broken
        || (change instanceof Change.New added && added.after().outcome().isBad());
  }

  private void print(PrintStream out, List<Change> changes) {
    Style style = new Style(invocation.console().terminal().coloursOnOut());
    Map<String, List<String>> kinds = new LinkedHashMap<>();
    for (String kind : List.of("broken", "fixed", "new", "gone", "changed", "slower", "faster")) {
      kinds.put(kind, new ArrayList<>());
    }
    for (Change change : changes) {
      String test = Wording.printable(change.testId());
      String route = change.route().isEmpty() ? "" : " on " + Wording.printable(change.route());
      kinds
          .computeIfAbsent(kind(change), kind -> new ArrayList<>())
          .add(test + route + how(change));
    }
    kinds.forEach((kind, lines) -> {
      if (!lines.isEmpty()) {
        String title = kind + " (" + lines.size() + ")";
        out.println(
            kind.equals("broken")
                ? style.bad(title)
                : kind.equals("fixed") ? style.good(title) : style.strong(title));
        lines.forEach(line -> out.println("  " + line));
      }
    });
    if (changes.isEmpty()) {
      out.println("no test differs");
    }
  }

  private static String kind(Change change) {
    return switch (change) {
      case Change.Fixed c -> "fixed";
      case Change.Broken c -> "broken";
      case Change.Changed c -> "changed";
      case Change.New c -> "new";
      case Change.Gone c -> "gone";
      case Change.Slower c -> "slower";
      case Change.Faster c -> "faster";
    };
  }

  private static String how(Change change) {
    return switch (change) {
      case Change.Fixed c -> "";
      case Change.Broken c ->
          c.after().outcome() == Comparison.Outcome.FAILED ? "" : ": " + word(c.after());
      case Change.Changed c -> ": " + word(c.before()) + ", now " + word(c.after());
      case Change.New c -> ": " + word(c.after());
      case Change.Gone c -> ": was " + word(c.before());
      case Change.Slower c -> times(c.before(), c.after());
      case Change.Faster c -> times(c.before(), c.after());
    };
  }

  private static String word(Observed observed) {
    return switch (observed.outcome()) {
      case PASSED -> "passed";
      case SKIPPED -> "skipped";
      case UNFINISHED -> "hung or lost";
      case FAILED -> "failed";
    };
  }

  private static String times(Duration before, Duration after) {
    return ": %s, now %s"
        .formatted(StreamLsCommand.seconds(before), StreamLsCommand.seconds(after));
  }

  /** The document of {@code --json}, version 1. */
  private static Map<String, Object> document(List<Change> changes) {
    List<Map<String, Object>> list = new ArrayList<>();
    for (Change change : changes) {
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("kind", kind(change));
      entry.put("test", change.testId());
      entry.put("route", change.route());
      switch (change) {
        case Change.Fixed c -> both(entry, c.before(), c.after());
        case Change.Broken c -> both(entry, c.before(), c.after());
        case Change.Changed c -> both(entry, c.before(), c.after());
        case Change.New c -> side(entry, "after", c.after());
        case Change.Gone c -> side(entry, "before", c.before());
        case Change.Slower c -> micros(entry, c.before(), c.after());
        case Change.Faster c -> micros(entry, c.before(), c.after());
      }
      list.add(entry);
    }
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("v", 1);
    tree.put("changes", list);
    return tree;
  }

  private static void both(Map<String, Object> entry, Observed before, Observed after) {
    side(entry, "before", before);
    side(entry, "after", after);
  }

  private static void side(Map<String, Object> entry, String side, Observed observed) {
    entry.put(side, observed.outcome().name().toLowerCase(Locale.ROOT));
    observed.taken().ifPresent(taken -> entry.put(side + "-micros", taken.toNanos() / 1_000));
  }

  private static void micros(Map<String, Object> entry, Duration before, Duration after) {
    entry.put("before-micros", before.toNanos() / 1_000);
    entry.put("after-micros", after.toNanos() / 1_000);
  }
}
