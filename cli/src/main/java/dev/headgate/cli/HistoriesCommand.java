package dev.headgate.cli;

import dev.headgate.sim.Histories;
import dev.headgate.sim.Seeds;
import dev.headgate.sim.machine.MachineHistories;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code headgate simulate histories}: whether any random history breaks an invariant. */
@Command(
    name = "histories",
    description =
        "Puts the gate through random histories, with crashes and answers that are late, lost or"
            + " repeated, and checks its invariants after every step.",
    sortOptions = false)
final class HistoriesCommand implements Callable<ExitCode> {
  /**
   * Of ten histories one goes through the conductor and its store, which takes most of the time.
   */
  private static final int CONDUCTED_OF = 10;

  private final Invocation invocation;

  @Option(
      names = "--count",
      paramLabel = "N",
      description = "How many. Default: ${DEFAULT-VALUE}.",
      defaultValue = "10000")
  long count;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "The seed of the first; each has the next one. Default: ${DEFAULT-VALUE}.",
      defaultValue = "1")
  long seed;

  @Option(
      names = "--folder",
      paramLabel = "DIR",
      description =
          "Where histories that break are written to, with the fewest decisions that break them;"
              + " 'simulate scenario' plays them. Default: the present folder.",
      defaultValue = ".")
  Path folder = Path.of(".");

  @Option(names = "--json", description = "One JSON document.")
  boolean json;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  boolean help;

  HistoriesCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public ExitCode call() throws IOException, InterruptedException {
    if (count < 1) {
      throw CommandFailure.usage(
          "--count " + count + " is no number of histories", "give 1 or more");
    }
    int threads = Runtime.getRuntime().availableProcessors();
    long conducted = (count + CONDUCTED_OF - 1) / CONDUCTED_OF;
    Seeds.Summary<String> whole = Histories.seeds().play(seed, conducted, threads);
    Seeds.Summary<MachineHistories.Broken> machine =
        MachineHistories.seeds().play(seed, count - conducted, threads);
    Map<Path, MachineHistories.Broken> written = written(machine);
    PrintStream out = invocation.console().out();
    if (json) {
      out.println(JsonText.of(document(whole, machine, written)));
    } else {
      print(out, whole, machine, written);
    }
    return whole.broken().isEmpty() && written.isEmpty() ? ExitCode.SUCCESS : ExitCode.FAILED;
  }

  private Map<Path, MachineHistories.Broken> written(Seeds.Summary<MachineHistories.Broken> summary)
      throws IOException {
    Map<Path, MachineHistories.Broken> files = new LinkedHashMap<>();
    for (MachineHistories.Broken broken : summary.broken()) {
      Path file = folder.resolve("history-" + broken.seed() + ".yaml");
      Path whole = invocation.directory().resolve(file);
      Files.createDirectories(whole.toAbsolutePath().getParent());
      Files.writeString(whole, broken.file());
      files.put(file, broken);
    }
    return files;
  }

  private void print(
      PrintStream out,
      Seeds.Summary<String> whole,
      Seeds.Summary<MachineHistories.Broken> machine,
      Map<Path, MachineHistories.Broken> written) {
    out.println("Through the conductor and its store, the machine as one part:");
    out.print(whole.text());
    whole.broken().forEach(out::println);
    out.println();
    out.println("The machine alone, every manager, setting and event:");
    out.print(machine.text());
    written.forEach((file, broken) ->
        out.println(file + ": " + Wording.printable(broken.how().lines().findFirst().orElse(""))));
  }

  /** The document of {@code --json} (docs/reference/scenarios.md), version 1. */
  private static Map<String, Object> document(
      Seeds.Summary<String> whole,
      Seeds.Summary<MachineHistories.Broken> machine,
      Map<Path, MachineHistories.Broken> written) {
    Map<String, Object> broken = new LinkedHashMap<>();
    written.forEach((file, history) -> broken.put(file.toString(), history.how()));
    Map<String, Object> conductor = new LinkedHashMap<>();
    conductor.put("histories", whole.histories());
    conductor.put("millis", whole.took().toMillis());
    conductor.put("counts", whole.counts());
    conductor.put("broken", whole.broken());
    Map<String, Object> alone = new LinkedHashMap<>();
    alone.put("histories", machine.histories());
    alone.put("millis", machine.took().toMillis());
    alone.put("counts", machine.counts());
    alone.put("broken", broken);
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("v", 1);
    tree.put("conductor", conductor);
    tree.put("machine", alone);
    return tree;
  }
}
