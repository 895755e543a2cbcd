package dev.headgate.cli;

import dev.headgate.store.RecordedRun;
import dev.headgate.store.RecordedTest;
import dev.headgate.store.RunEnd;
import dev.headgate.store.RunFilter;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code headgate last}: the newest builds and what failed in them. */
@Command(
    name = "last",
    description = "Lists the newest builds and the tests that failed in them.",
    sortOptions = false)
final class LastCommand implements Callable<ExitCode> {
  /** A failed build may have thousands of failed tests; `headgate log` shows them all. */
  private static final int MOST_TESTS = 5;

  private final Invocation invocation;

  @Option(
      names = {"-n", "--limit"},
      paramLabel = "N",
      description = "At most so many builds; default: ${DEFAULT-VALUE}.")
  int limit = 20;

  @Option(names = "--change", paramLabel = "CHANGE", description = "Only builds of this change.")
  String change = "";

  @Option(names = "--job", paramLabel = "JOB", description = "Only builds of this job.")
  String job = "";

  @Option(names = "--json", description = "One JSON document.")
  boolean json;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  boolean help;

  LastCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public ExitCode call() {
    if (limit < 1) {
      throw CommandFailure.usage("--limit must be at least 1, got " + limit, "");
    }
    try (Site site = Site.look(invocation)) {
      List<RecordedRun> runs = site.runs().list(limit, RunFilter.ALL.ofChange(change).ofJob(job));
      PrintStream out = invocation.console().out();
      if (json) {
        out.println(JsonText.of(document(site, runs)));
      } else if (runs.isEmpty()) {
        out.println(
            "no build was recorded" + (change.isEmpty() && job.isEmpty() ? "" : " of those"));
      } else {
        print(out, site, runs.reversed());
      }
      return ExitCode.SUCCESS;
    }
  }

  private void print(PrintStream out, Site site, List<RecordedRun> runs) {
    Style style = new Style(invocation.console().terminal().coloursOnOut());
    int names = width(runs.stream().map(run -> run.header().change()).toList());
    int jobs = width(runs.stream().map(run -> run.header().job()).toList());
    for (RecordedRun run : runs) {
      String tests =
          run.end()
              .map(end -> Wording.tests(end.counts()))
              .filter(text -> !text.isEmpty())
              .orElse("");
      out.println(
          "%6d  %s  %s  %s  %s%s%s"
              .formatted(
                  run.header().buildId(),
                  style.faint(Times.local(run.header().startedAt())),
                  pad(run.header().change(), names),
                  pad(run.header().job(), jobs),
                  Runs.conclusion(run, style),
                  Runs.elapsed(run).isEmpty() ? "" : " in " + Runs.elapsed(run),
                  tests.isEmpty() ? "" : ", " + tests));
      if (run.end().map(RunEnd::conclusion).filter("failed"::equals).isPresent()) {
        failures(out, style, site, run);
      }
    }
    out.println(style.faint("`headgate log BUILD` shows the output of one"));
  }

  private static void failures(PrintStream out, Style style, Site site, RecordedRun run) {
    List<RecordedTest> failures = site.runs().failures(run.header().runId());
    for (RecordedTest test : failures.subList(0, Math.min(MOST_TESTS, failures.size()))) {
      out.println(
          "        "
              + style.bad(test.status().word())
              + " "
              + Wording.printable(test.key().testId()));
    }
    if (failures.size() > MOST_TESTS) {
      out.println("        and " + (failures.size() - MOST_TESTS) + " more");
    }
  }

  private static int width(List<String> texts) {
    return texts.stream().mapToInt(text -> Wording.printable(text).length()).max().orElse(0);
  }

  private static String pad(String text, int width) {
    String safe = Wording.printable(text);
    return safe + " ".repeat(Math.max(0, width - safe.length()));
  }

  private static Map<String, Object> document(Site site, List<RecordedRun> runs) {
    List<Map<String, Object>> builds = new ArrayList<>();
    for (RecordedRun run : runs) {
      Map<String, Object> build = new LinkedHashMap<>(Runs.document(run));
      build.put(
          "failed-tests",
          site.runs().failures(run.header().runId()).stream()
              .map(test -> test.key().testId())
              .toList());
      builds.add(build);
    }
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("v", 1);
    tree.put("builds", builds);
    return tree;
  }
}
