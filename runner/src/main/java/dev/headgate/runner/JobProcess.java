package dev.headgate.runner;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.util.Map;

/**
 * The shell of a job: it leads a session and group of its own, and waits to be told what to run, so
 * that it can be noted and watched before anything runs. If we die before that, it ends.
 */
final class JobProcess {
  /**
   * Reads a script up to a line that equals its first argument, and executes it; does nothing if
   * that line does not come. Its variables are none that a job could know.
   */
  private static final String LAUNCHER =
      """
      headgate_script=
      while IFS= read -r headgate_line && [ "$headgate_line" != "$1" ]; do
        headgate_script="$headgate_script$headgate_line
      "
      done
      [ "$headgate_line" = "$1" ] || exit 125
      eval "$headgate_script"
      """;

  private final Process process;
  private final Mark mark;
  private final String script;

  private JobProcess(Process process, Mark mark, String script) {
    this.process = process;
    this.mark = mark;
    this.script = script;
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
        new ProcessBuilder("setsid", "/bin/sh", "-c", LAUNCHER, "headgate-job", mark.value())
            .directory(command.directory().toFile())
            .redirectOutput(folder.stdout().toFile())
            .redirectError(folder.stderr().toFile());
    builder.environment().clear();
    try {
      builder.environment().putAll(command.environment());
      builder.environment().put(Mark.VARIABLE, mark.value());
      return new JobProcess(builder.start(), mark, script(command));
    } catch (IllegalArgumentException e) {
      throw new IOException("the environment cannot be set: " + e.getMessage(), e);
    }
  }

  /**
   * What the shell is to do. The text of the job, and values outside ASCII, go this way because the
   * JDK passes arguments and environments in the encoding of the locale, and in the locale C writes
   * a question mark for each such character.
   *
   * <p>The job runs with {@code -e}, and with an empty standard input rather than ours, from which
   * it could wait for ever.
   */
  static String script(Command command) {
    StringBuilder script = new StringBuilder();
    for (Map.Entry<String, String> variable : command.environment().entrySet()) {
      boolean ascii = variable.getValue().chars().allMatch(c -> c < 0x80);
      if (!ascii && variable.getKey().matches("[A-Za-z_][A-Za-z_0-9]*")) {
        script
            .append("export ")
            .append(variable.getKey())
            .append('=')
            .append(quoted(variable.getValue()))
            .append('\n');
      }
    }
    return script
        .append("exec /bin/sh -e -c -- ")
        .append(quoted(command.run()))
        .append(" </dev/null\n")
        .toString();
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
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
      in.write((script + mark.value() + "\n").getBytes(UTF_8));
    }
  }
}
