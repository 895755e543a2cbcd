package dev.headgate.runner;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;

/**
 * The shell of a job: it leads a session and group of its own, and waits to be told to go, so that
 * it can be noted and watched before anything runs. If we die before that, it ends.
 */
final class JobProcess {
  /**
   * The command runs with {@code -e}, and with an empty standard input rather than ours, from which
   * it could wait for ever.
   */
  private static final String LAUNCHER =
      "IFS= read -r go && [ \"$go\" = go ] || exit 125\n"
          + "exec /bin/sh -e -c -- \"$1\" </dev/null";

  private final Process process;

  private JobProcess(Process process) {
    this.process = process;
  }

  /**
   * Starts the shell, with its output into the pipes of the folder, whose reading ends must be
   * open.
   *
   * @throws IOException if it cannot be started, with the reason in words
   */
  static JobProcess start(Command command, Mark mark, AttemptFolder folder) throws IOException {
    if (!Files.isDirectory(command.directory())) {
      throw new IOException("there is no folder " + command.directory() + " to run in");
    }
    ProcessBuilder builder =
        new ProcessBuilder("setsid", "/bin/sh", "-c", LAUNCHER, "headgate-job", command.run())
            .directory(command.directory().toFile())
            .redirectOutput(folder.stdout().toFile())
            .redirectError(folder.stderr().toFile());
    builder.environment().clear();
    try {
      builder.environment().putAll(command.environment());
      builder.environment().put(Mark.VARIABLE, mark.value());
      return new JobProcess(builder.start());
    } catch (IllegalArgumentException e) {
      throw new IOException("the environment cannot be set: " + e.getMessage(), e);
    }
  }

  long pid() {
    return process.pid();
  }

  /** Posts its end when it comes. */
  void report(Mailbox mailbox) {
    Thread.ofVirtual()
        .name("exit of " + pid())
        .start(() -> {
          try {
            mailbox.post(new Signal.Exited(process.waitFor()));
          } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts this wait", e);
          }
        });
  }

  /** Lets the command run. */
  void go() throws IOException {
    try (OutputStream in = process.getOutputStream()) {
      in.write("go\n".getBytes(UTF_8));
    }
  }
}
