package dev.headgate.cli;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** One call of the command within this process, and what it printed. */
final class Capture {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final Interruption interruption = new Interruption(() -> {});
  private final Terminal terminal;

  Capture() {
    this(Terminal.none());
  }

  Capture(Terminal terminal) {
    this.terminal = terminal;
  }

  /** Runs the command in the given folder of commands. */
  ExitCode run(List<Commands.Subcommand> subcommands, String... args) {
    Console console = new Console(out, err, terminal);
    Path here = Path.of("").toAbsolutePath();
    Invocation invocation = new Invocation(console, here, Map.of(), interruption);
    return new Main(new Commands(subcommands), invocation).run(args);
  }

  String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  String err() {
    return err.toString(StandardCharsets.UTF_8);
  }
}
