package dev.headgate.cli;

import dev.headgate.config.Problem;
import dev.headgate.sim.scenario.Difference;
import dev.headgate.sim.scenario.GateScenario;
import dev.headgate.sim.scenario.Replay;
import dev.headgate.sim.scenario.ScenarioFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code headgate simulate scenario}: whether the gate does what recorded histories say. */
@Command(
    name = "scenario",
    description = "Puts the gate through recorded histories and compares every step.",
    sortOptions = false)
final class ScenarioCommand implements Callable<ExitCode> {
  /** More than the reader takes: that much is read of a larger file, so that it can say so. */
  private static final int MAX_BYTES = (1 << 20) + 1;

  private final Invocation invocation;

  @Parameters(paramLabel = "FILE", arity = "1..*", description = "Files of scenarios.")
  List<String> files = List.of();

  @Option(
      names = "--reuse",
      paramLabel = "on|off",
      description =
          "Whether verdicts for the very same contents are kept; if so, only what landed, in which"
              + " order, and the verdicts are compared. Default: off.")
  Reuse reuse = Reuse.OFF;

  @Option(names = "--json", description = "One JSON document.")
  boolean json;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  boolean help;

  ScenarioCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  /** Whether a gate keeps verdicts. */
  enum Reuse {
    ON,
    OFF
  }

  /** One result and the file it is of. */
  private record Played(String file, Replay.Result result) {}

  @Override
  public ExitCode call() throws IOException {
    Map<String, List<GateScenario>> scenarios = read();
    Replay replay = new Replay(reuse == Reuse.ON);
    List<Played> played = new ArrayList<>();
    scenarios.forEach((file, ofFile) ->
        ofFile.forEach(scenario -> played.add(new Played(file, replay.of(scenario)))));
    long agreed = played.stream().filter(one -> one.result().agrees()).count();
    PrintStream out = invocation.console().out();
    if (json) {
      out.println(JsonText.of(document(played, agreed)));
    } else {
      print(out, played, agreed);
    }
    return agreed == played.size() ? ExitCode.SUCCESS : ExitCode.FAILED;
  }

  private Map<String, List<GateScenario>> read() throws IOException {
    Map<String, List<GateScenario>> scenarios = new LinkedHashMap<>();
    List<Problem> problems = new ArrayList<>();
    for (String file : files) {
      switch (ScenarioFile.parse(file, content(file))) {
        case ScenarioFile.Valid(List<GateScenario> read) -> scenarios.put(file, read);
        case ScenarioFile.Invalid(List<Problem> found) -> problems.addAll(found);
      }
    }
    if (!problems.isEmpty()) {
      List<String> lines = problems.stream().map(Problem::toString).toList();
      throw CommandFailure.usage(String.join("\n", lines), "");
    }
    return scenarios;
  }

  private byte[] content(String file) throws IOException {
    Path path = invocation.directory().resolve(file);
    if (!Files.exists(path) || Files.isDirectory(path)) {
      throw CommandFailure.usage(
          file + (Files.isDirectory(path) ? " is a folder" : " does not exist"),
          "name files of scenarios");
    }
    try (InputStream in = Files.newInputStream(path)) {
      return in.readNBytes(MAX_BYTES);
    }
  }

  private void print(PrintStream out, List<Played> played, long agreed) {
    Style style = new Style(invocation.console().terminal().coloursOnOut());
    for (Played one : played) {
      one.result().disagreement().ifPresent(found -> print(out, style, one, found));
    }
    String summary = agreed + " of " + Wording.count(played.size(), "scenario") + " agree";
    out.println(agreed == played.size() ? style.good(summary) : style.bad(summary));
  }

  private static void print(
      PrintStream out, Style style, Played one, Replay.Disagreement disagreement) {
    GateScenario scenario = one.result().scenario();
    out.println(
        one.file()
            + ":"
            + disagreement.line()
            + ": "
            + style.strong(Wording.printable(scenario.id()))
            + (disagreement.step() == 0 ? ", at the end" : ", step " + disagreement.step())
            + (scenario.name().isEmpty() ? "" : ": " + Wording.printable(scenario.name())));
    for (Difference difference : disagreement.differences()) {
      out.println("  " + difference.what());
      out.println("    expected " + Wording.printable(difference.expected()));
      out.println("    found    " + Wording.printable(difference.found()));
    }
  }

  /** The document of {@code --json} (docs/reference/scenarios.md), version 1. */
  private Map<String, Object> document(List<Played> played, long agreed) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("v", 1);
    tree.put("reuse", reuse == Reuse.ON);
    tree.put("agreed", agreed);
    tree.put("disagreed", played.size() - agreed);
    tree.put("scenarios", played.stream().map(ScenarioCommand::document).toList());
    return tree;
  }

  private static Map<String, Object> document(Played one) {
    GateScenario scenario = one.result().scenario();
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("file", one.file());
    tree.put("line", scenario.line());
    tree.put("id", scenario.id());
    tree.put("name", scenario.name());
    tree.put("agrees", one.result().agrees());
    one.result()
        .disagreement()
        .ifPresent(found -> {
          Map<String, Object> where = new LinkedHashMap<>();
          where.put("step", found.step());
          where.put("line", found.line());
          where.put(
              "differences", found.differences().stream().map(ScenarioCommand::document).toList());
          tree.put("disagreement", where);
        });
    return tree;
  }

  private static Map<String, Object> document(Difference difference) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("what", difference.what());
    tree.put("expected", difference.expected());
    tree.put("found", difference.found());
    return tree;
  }
}
