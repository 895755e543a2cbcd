package dev.headgate.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headgate.sim.machine.MachineFingerprints;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The same seed gives the same history in two processes: in each, sets and identities have another
 * order.
 */
final class TwoProcessesTests {
  private static final long SEEDS = 40;

  /** One line for each seed and kind of history. */
  static List<String> fingerprints() {
    List<String> lines = new ArrayList<>();
    for (long seed = 0; seed < SEEDS; seed++) {
      Result result = Simulation.run(seed, true, Twist.NONE);
      lines.add(
          "%d %x %x %s"
              .formatted(
                  seed,
                  result.fingerprint(),
                  MachineFingerprints.of(seed),
                  result.tally().byName()));
    }
    return lines;
  }

  /** What the other process does. */
  public static void main(String[] arguments) {
    fingerprints().forEach(System.out::println);
  }

  @Test
  void theSameSeedGivesTheSameHistoryInTwoProcesses() throws IOException, InterruptedException {
    List<String> here = fingerprints();
    assertThat(inAnotherProcess()).hasSize((int) SEEDS).isEqualTo(here);
    assertThat(fingerprints()).as("again in one process").isEqualTo(here);
  }

  private static List<String> inAnotherProcess() throws IOException, InterruptedException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Process process =
        new ProcessBuilder(java, "-cp", everything(), TwoProcessesTests.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    process.getOutputStream().close();
    List<String> lines =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
            .lines()
            .toList();
    assertThat(process.waitFor()).isZero();
    return lines;
  }

  /** Modules and classes alike, as a class path. */
  private static String everything() {
    List<String> parts = new ArrayList<>();
    for (String property : List.of("jdk.module.path", "java.class.path")) {
      String path = System.getProperty(property, "");
      if (!path.isEmpty()) {
        parts.add(path);
      }
    }
    parts.add(
        Path.of(
                TwoProcessesTests.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .getPath())
            .toString());
    parts.add(Path.of("target", "test-classes").toString());
    return String.join(File.pathSeparator, parts);
  }
}
