package dev.headgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** The command as a process of its own, which a test can read, signal and kill. */
final class ChildCommand implements AutoCloseable {
  /** Far more than anything here takes; a child that hangs must not hang the suite. */
  private static final long PATIENCE_SECONDS = 60;

  /** How often a condition is looked at. */
  private static final long LOOK_MILLIS = 20;

  private final Process process;
  private final Path errors;
  private final BufferedReader output;
  private final StringBuilder read = new StringBuilder();

  private ChildCommand(Process process, Path errors) {
    this.process = process;
    this.errors = errors;
    this.output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  /**
   * Starts it.
   *
   * @param environment its whole environment
   * @param wrapper words before the command, such as a program that changes the user
   */
  static ChildCommand start(
      Path folder, Map<String, String> environment, List<String> wrapper, String... arguments) {
    return start(folder, environment, wrapper, List.of(), arguments);
  }

  static ChildCommand start(
      Path folder,
      Map<String, String> environment,
      List<String> wrapper,
      List<String> jvmOptions,
      String... arguments) {
    List<String> command = new ArrayList<>(wrapper);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto"));
    command.addAll(jvmOptions);
    command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-cp"));
    command.add(System.getProperty("java.class.path"));
    command.add(Main.class.getName());
    command.addAll(List.of(arguments));
    try {
      Path errors = Files.createTempFile("headgate-child", ".err");
      errors.toFile().deleteOnExit();
      ProcessBuilder builder =
          new ProcessBuilder(command).directory(folder.toFile()).redirectError(errors.toFile());
      builder.environment().clear();
      builder.environment().putAll(environment);
      return new ChildCommand(builder.start(), errors);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  long pid() {
    return process.pid();
  }

  /** Reads its output up to the first line that holds the words, which is returned. */
  String awaitLine(String words) {
    try {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        read.append(line).append('\n');
        if (line.contains(words)) {
          return line;
        }
      }
      throw new AssertionError("it never said '" + words + "':\n" + read + errors());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits while it runs until something is so. */
  void awaitThat(BooleanSupplier condition) throws InterruptedException {
    while (!condition.getAsBoolean()) {
      if (process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
        throw new AssertionError("it has ended:\n" + read + errors());
      }
    }
  }

  void awaitFile(Path file) throws InterruptedException {
    awaitThat(() -> Files.exists(file));
  }

  /**
   * The interrupt of a terminal's Ctrl-C; a child of a background job ignores that, and gets the
   * other signal that is heard alike.
   */
  void interrupt() throws IOException, InterruptedException {
    String signal = ignoresInterrupts() ? "TERM" : "INT";
    new ProcessBuilder("kill", "-s", signal, Long.toString(pid())).start().waitFor();
  }

  private boolean ignoresInterrupts() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/" + pid() + "/status"))) {
      if (line.startsWith("SigIgn:")) {
        return (Long.parseUnsignedLong(line.substring(7).strip(), 16) & 2) != 0;
      }
    }
    return false;
  }

  /** {@code kill -9}. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Reads to its end and waits for it. */
  GatedProject.Called end() throws InterruptedException {
    try {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        read.append(line).append('\n');
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).as("it ends").isTrue();
    return new GatedProject.Called(exit(process.exitValue()), read.toString(), errors());
  }

  private static ExitCode exit(int status) {
    for (ExitCode code : ExitCode.values()) {
      if (code.status() == status) {
        return code;
      }
    }
    throw new AssertionError("an exit status that is none of ours: " + status);
  }

  private String errors() {
    try {
      return Files.readString(errors);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
