package dev.headgate.cli;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Map;

/**
 * What surrounds one call of the command; commands take everything from here, so that a test can
 * call them within its own process.
 *
 * @param in standard input; not closed by commands
 * @param console where output goes
 * @param directory the absolute folder it was called in
 * @param environment the variables it was called with
 * @param interruption tells when it should end early
 */
record Invocation(
    InputStream in,
    Console console,
    Path directory,
    Map<String, String> environment,
    Interruption interruption) {
  Invocation {
    environment = Map.copyOf(environment);
  }

  /** The invocation that this process is. */
  static Invocation ofProcess() {
    Map<String, String> environment = System.getenv();
    return new Invocation(
        new FileInputStream(FileDescriptor.in),
        Console.ofProcess(environment),
        Path.of("").toAbsolutePath(),
        environment,
        Interruption.ofProcess());
  }
}
