package dev.headgate.cli;

import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What the launcher records to make the AOT cache: the ways through the program that a command
 * takes before it does its own work. It changes nothing and prints nothing.
 */
final class TrainingRun {
  private TrainingRun() {}

  /** Makes each call in this process; the arguments are ignored. */
  public static void main(String[] args) {
    Interruption interruption = Interruption.ofProcess();
    for (List<String> call : calls()) {
      OutputStream nowhere = OutputStream.nullOutputStream();
      Console console = new Console(nowhere, nowhere, Terminal.of("", System.getenv()));
      Invocation invocation =
          new Invocation(
              InputStream.nullInputStream(),
              console,
              Path.of("").toAbsolutePath(),
              System.getenv(),
              interruption);
      new Main(Commands.ALL, invocation).run(call.toArray(String[]::new));
    }
    interruption.commandEnded(ExitCode.SUCCESS);
    // Not by returning: an exit looks for a logger, whose classes belong into the cache too.
    System.exit(0);
  }

  private static List<List<String>> calls() {
    List<List<String>> calls = new ArrayList<>();
    calls.add(List.of("--version"));
    calls.add(List.of("--help"));
    calls.add(List.of("--no-such-option"));
    Commands.ALL.names().forEach(name -> calls.add(List.of(name, "--help")));
    return calls;
  }
}
