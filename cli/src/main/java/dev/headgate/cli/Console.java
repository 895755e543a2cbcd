package dev.headgate.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.ColorScheme;

/**
 * Where a command writes: results to {@link #out}, everything about how it goes to {@link #err},
 * both in UTF-8 and buffered until {@link #flush} or the end.
 *
 * <p>The two streams are thread-safe, one line of {@code println} at a time.
 */
final class Console {
  /** The system property in which the launcher names the descriptors (1, 2) that are terminals. */
  static final String TERMINALS_PROPERTY = "headgate.terminals";

  private final LatchedOutput outBytes;
  private final PrintStream out;
  private final PrintStream err;
  private final Terminal terminal;

  Console(OutputStream out, OutputStream err, Terminal terminal) {
    this.outBytes = new LatchedOutput(out);
    this.out = new PrintStream(outBytes, false, StandardCharsets.UTF_8);
    this.err = new PrintStream(err, true, StandardCharsets.UTF_8);
    this.terminal = terminal;
  }

  /** The console of this process. */
  static Console ofProcess(Map<String, String> environment) {
    return new Console(
        new FileOutputStream(FileDescriptor.out),
        new FileOutputStream(FileDescriptor.err),
        Terminal.of(System.getProperty(TERMINALS_PROPERTY), environment));
  }

  /** Results: what a caller would pipe on. */
  PrintStream out() {
    return out;
  }

  /** Whether nobody reads the results any more, so that a command may stop making them. */
  boolean readerLeft() {
    return outBytes.readerLeft();
  }

  /** Progress, warnings and failures. */
  PrintStream err() {
    return err;
  }

  /** What is known of the terminal, if there is one. */
  Terminal terminal() {
    return terminal;
  }

  /** The columns that a line may have. */
  int width() {
    return terminal.columns();
  }

  /** How help is coloured on {@link #out}. */
  ColorScheme scheme() {
    return Help.defaultColorScheme(terminal.coloursOnOut() ? Ansi.ON : Ansi.OFF);
  }

  /** How help is coloured on {@link #err}. */
  ColorScheme errScheme() {
    return Help.defaultColorScheme(terminal.coloursOnErr() ? Ansi.ON : Ansi.OFF);
  }

  /** Hands what was written to the reader. */
  void flush() {
    out.flush();
    err.flush();
  }

  /**
   * Hands the rest to the reader; {@link ExitCode#ENVIRONMENT} if results were lost. A reader that
   * left early (a pipe into {@code head}) has lost nothing that it wanted.
   */
  ExitCode close() {
    flush();
    String fault = outBytes.fault();
    if (fault.isEmpty()) {
      return ExitCode.SUCCESS;
    }
    err.println("headgate: standard output cannot be written: " + fault);
    err.flush();
    return ExitCode.ENVIRONMENT;
  }
}
