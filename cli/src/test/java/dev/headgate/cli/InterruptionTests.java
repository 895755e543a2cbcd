package dev.headgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class InterruptionTests {
  /** Far more than a JVM needs to start and to end. */
  private static final long PATIENCE_SECONDS = 60;

  @Test
  void aRequestRunsTheLastActionGiven() {
    AtomicInteger first = new AtomicInteger();
    AtomicInteger second = new AtomicInteger();
    Interruption interruption = new Interruption(first::incrementAndGet);
    interruption.handleWith(second::incrementAndGet);
    assertThat(interruption.requested()).isFalse();
    interruption.request();
    assertThat(interruption.requested()).isTrue();
    assertThat(first).hasValue(0);
    assertThat(second).hasValue(1);
  }

  @Test
  void anActionThatComesTooLateRunsAtOnce() {
    AtomicInteger ran = new AtomicInteger();
    Interruption interruption = new Interruption(() -> {});
    interruption.request();
    interruption.handleWith(ran::incrementAndGet);
    assertThat(ran).hasValue(1);
  }

  @Test
  void aSignalEndsABlockedCommandWithFour() throws Exception {
    assertThat(signalled("blocked")).isEqualTo(ExitCode.INTERRUPTED.status());
  }

  @Test
  void aCommandThatPutsThingsInOrderSaysHowItEnded() throws Exception {
    assertThat(signalled("orderly")).isEqualTo(ExitCode.FAILED.status());
  }

  @Test
  void withoutASignalTheExitCodeIsTheCommands() throws Exception {
    Process process = start("quick");
    assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(ExitCode.FAILED.status());
  }

  private static int signalled(String kind) throws Exception {
    Process process = start(kind);
    try (BufferedReader output =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      assertThat(output.readLine()).isEqualTo("waiting");
      process.destroy();
      assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    return process.exitValue();
  }

  private static Process start(String kind) throws Exception {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    return new ProcessBuilder(
            java.toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            Waiting.class.getName(),
            kind)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  /** A process whose command waits for its signal. */
  static final class Waiting {
    private Waiting() {}

    public static void main(String[] args) {
      Interruption interruption = Interruption.ofProcess();
      ExitCode exitCode = command(args[0], interruption);
      interruption.commandEnded(exitCode);
      System.exit(exitCode.status());
    }

    private static ExitCode command(String kind, Interruption interruption) {
      CountDownLatch asked = new CountDownLatch(1);
      if (kind.equals("orderly")) {
        interruption.handleWith(asked::countDown);
      }
      if (kind.equals("quick")) {
        return ExitCode.FAILED;
      }
      System.out.println("waiting");
      try {
        asked.await();
        return ExitCode.FAILED;
      } catch (InterruptedException e) {
        return ExitCode.INTERRUPTED;
      }
    }
  }
}
