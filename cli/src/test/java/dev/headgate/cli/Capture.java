package dev.headgate.cli;

import java.io.ByteArrayInputStream;
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

  private byte[] in = new byte[0];

  Capture() {
    this(Terminal.none());
  }

  Capture(Terminal terminal) {
    this.terminal = terminal;
  }

  /** What the command finds on its standard input. */
  Capture in(byte[] bytes) {
    in = bytes;
    return this;
  }

  /** The bytes on standard output. */
  byte[] outBytes() {
    return out.toByteArray();
  }

  /** Runs the command in the given folder of commands. */
  ExitCode run(List<Commands.Subcommand> subcommands, String... args) {
    Console console = new Console(out, err, terminal);
    Path here = Path.of("").toAbsolutePath();
    Invocation invocation =
        new Invocation(new ByteArrayInputStream(in), console, here, Map.of(), interruption);
    return new Main(new Commands(subcommands), invocation).run(args);
  }

  String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  String err() {
    return err.toString(StandardCharsets.UTF_8);
  }
}
