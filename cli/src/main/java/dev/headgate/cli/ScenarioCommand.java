package dev.headgate.cli;

import dev.headgate.config.Problem;
import dev.headgate.sim.machine.HistoryFile;
import dev.headgate.sim.machine.SavedHistory;
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
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
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

  @Parameters(
      paramLabel = "FILE",
      arity = "1..*",
      description = "Files of scenarios, or of histories.")
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

  /** What came of one scenario, or of one history. */
  private record Played(
      String file, int line, String id, String name, Optional<Replay.Disagreement> disagreement) {
    private boolean agrees() {
      return disagreement.isEmpty();
    }
  }

  @Override
  public ExitCode call() throws IOException {
    List<Played> played = read().stream().map(Supplier::get).toList();
    long agreed = played.stream().filter(Played::agrees).count();
    PrintStream out = invocation.console().out();
    if (json) {
      out.println(JsonText.of(document(played, agreed)));
    } else {
      print(out, played, agreed);
    }
    return agreed == played.size() ? ExitCode.SUCCESS : ExitCode.FAILED;
  }

  /** What there is to play; nothing is played before every file is known to be of use. */
  private List<Supplier<Played>> read() throws IOException {
    Replay replay = new Replay(reuse == Reuse.ON);
    List<Supplier<Played>> plays = new ArrayList<>();
    List<Problem> problems = new ArrayList<>();
    for (String file : files) {
      byte[] content = content(file);
      if (HistoryFile.isClaimedBy(content)) {
        switch (HistoryFile.parse(file, content)) {
          case HistoryFile.Valid(SavedHistory history) -> plays.add(() -> played(file, history));
          case HistoryFile.Invalid(List<Problem> found) -> problems.addAll(found);
        }
      } else {
        switch (ScenarioFile.parse(file, content)) {
          case ScenarioFile.Valid(List<GateScenario> read) ->
              read.forEach(scenario -> plays.add(() -> played(file, replay.of(scenario))));
          case ScenarioFile.Invalid(List<Problem> found) -> problems.addAll(found);
        }
      }
    }
    if (!problems.isEmpty()) {
      List<String> lines = problems.stream().map(Problem::toString).toList();
      throw CommandFailure.usage(String.join("\n", lines), "");
    }
    return plays;
  }

  private static Played played(String file, Replay.Result result) {
    GateScenario scenario = result.scenario();
    return new Played(file, scenario.line(), scenario.id(), scenario.name(), result.disagreement());
  }

  /** A history agrees if no invariant breaks. */
  private static Played played(String file, SavedHistory history) {
    Optional<Replay.Disagreement> disagreement =
        history
            .play()
            .broken()
            .map(how -> new Difference("invariants", "every one holds", how))
            .map(difference -> new Replay.Disagreement(0, 1, List.of(difference)));
    return new Played(file, 1, "seed " + history.seed(), history.formerlyBroken(), disagreement);
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
      one.disagreement().ifPresent(found -> print(out, style, one, found));
    }
    String summary = agreed + " of " + Wording.count(played.size(), "scenario") + " agree";
    out.println(agreed == played.size() ? style.good(summary) : style.bad(summary));
  }

  private static void print(
      PrintStream out, Style style, Played one, Replay.Disagreement disagreement) {
    out.println(
        one.file()
            + ":"
            + disagreement.line()
            + ": "
            + style.strong(Wording.printable(one.id()))
            + (disagreement.step() == 0 ? ", at the end" : ", step " + disagreement.step())
            + (one.name().isEmpty() ? "" : ": " + Wording.printable(one.name())));
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
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("file", one.file());
    tree.put("line", one.line());
    tree.put("id", one.id());
    tree.put("name", one.name());
    tree.put("agrees", one.agrees());
    one.disagreement()
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
