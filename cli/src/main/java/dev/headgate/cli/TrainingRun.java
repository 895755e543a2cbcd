package dev.headgate.cli;

import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What the launcher records to make the AOT cache: the ways through the program that a command
 * takes before it does its own work. It changes nothing and prints nothing.
 */
final class TrainingRun {
  private static final List<List<String>> CALLS =
      List.of(List.of("--version"), List.of("--help"), List.of("--no-such-option"), List.of());

  private TrainingRun() {}

  /** Runs each call in this process; the arguments are ignored. */
  public static void main(String[] args) {
    Interruption interruption = Interruption.ofProcess();
    for (List<String> call : CALLS) {
      OutputStream nowhere = OutputStream.nullOutputStream();
      Console console = new Console(nowhere, nowhere, Terminal.none());
      Invocation invocation =
          new Invocation(console, Path.of("").toAbsolutePath(), Map.of(), interruption);
      new Main(Commands.ALL, invocation).run(call.toArray(String[]::new));
    }
    interruption.commandEnded(ExitCode.SUCCESS);
  }
}
