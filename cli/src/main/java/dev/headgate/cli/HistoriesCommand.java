package dev.headgate.cli;

import dev.headgate.sim.Histories;
import dev.headgate.sim.Seeds;
import dev.headgate.sim.machine.HistoryFile;
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
    Seeds.Summary<Histories.Broken> whole = Histories.seeds().play(seed, conducted, threads);
    Seeds.Summary<MachineHistories.Broken> machine =
        MachineHistories.seeds().play(seed, count - conducted, threads);
    Map<String, String> wholes = writtenWhole(whole);
    Map<String, String> machines = writtenMachine(machine);
    PrintStream out = invocation.console().out();
    if (json) {
      out.println(JsonText.of(document(whole, wholes, machine, machines)));
    } else {
      out.println("Through the conductor and its store, the machine as one part:");
      print(out, whole, wholes);
      out.println();
      out.println("The machine alone, every manager, setting and event:");
      print(out, machine, machines);
    }
    return wholes.isEmpty() && machines.isEmpty() ? ExitCode.SUCCESS : ExitCode.FAILED;
  }

  /** How each broke, by its file; by its seed if it does not end and no file can hold it. */
  private Map<String, String> writtenWhole(Seeds.Summary<Histories.Broken> summary)
      throws IOException {
    Map<String, String> files = new LinkedHashMap<>();
    for (Histories.Broken broken : summary.broken()) {
      if (broken.thrown().isEmpty()) {
        files.put("seed " + broken.seed(), broken.how());
      } else {
        Path file = folder.resolve("conducted-" + broken.seed() + ".yaml");
        write(file, HistoryFile.written(broken));
        files.put(file.toString(), broken.how());
      }
    }
    return files;
  }

  private Map<String, String> writtenMachine(Seeds.Summary<MachineHistories.Broken> summary)
      throws IOException {
    Map<String, String> files = new LinkedHashMap<>();
    for (MachineHistories.Broken broken : summary.broken()) {
      Path file = folder.resolve("history-" + broken.seed() + ".yaml");
      write(file, broken.file());
      files.put(file.toString(), broken.how());
    }
    return files;
  }

  private void write(Path file, String text) throws IOException {
    Path whole = invocation.directory().resolve(file);
    Files.createDirectories(whole.toAbsolutePath().getParent());
    Files.writeString(whole, text);
  }

  private static void print(PrintStream out, Seeds.Summary<?> summary, Map<String, String> broken) {
    out.print(summary.text());
    broken.forEach((file, how) ->
        out.println(file + ": " + Wording.printable(how.lines().findFirst().orElse(""))));
  }

  /** The document of {@code --json} (docs/reference/scenarios.md), version 1. */
  private static Map<String, Object> document(
      Seeds.Summary<?> whole,
      Map<String, String> wholes,
      Seeds.Summary<?> machine,
      Map<String, String> machines) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("v", 1);
    tree.put("conductor", document(whole, wholes));
    tree.put("machine", document(machine, machines));
    return tree;
  }

  private static Map<String, Object> document(
      Seeds.Summary<?> summary, Map<String, String> broken) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("histories", summary.histories());
    tree.put("millis", summary.took().toMillis());
    tree.put("counts", summary.counts());
    tree.put("broken", broken);
    return tree;
  }
}
