package dev.headgate.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.headgate.model.TestCounts;
import dev.headgate.subunit.Event;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The run repository with real processes, real kills and a real full disk. */
class RunProcessTests {
  @TempDir Path folder;

  private Path database() {
    return folder.resolve("headgate.db");
  }

  static Event numbered(int number) {
    return Runs.output("unit", "line " + number + " " + "x".repeat(number * 37 % 2000) + "\n");
  }

  /** Records for ever, naming the number of lines that are in the file. */
  static final class Recorder {
    private static int written;

    public static void main(String[] arguments) {
      Path folder = Path.of(arguments[0]);
      RunRepository runs = RunRepository.open(folder, folder.resolve("headgate.db"));
      RunWriter writer =
          runs.begin(
              Runs.header(runs.freshRunId(7)),
              events -> {
                written += events.size();
                System.out.println(written);
              });
      for (int number = 1; ; number++) {
        writer.append(numbered(number));
        if (number % 50 == 0) {
          writer.flush();
        }
      }
    }
  }

  /** Records until the disk is full, says so, and clears up when there is space again. */
  static final class Filler {
    public static void main(String[] arguments) throws IOException {
      Path folder = Path.of(arguments[0]);
      Path filler = Files.write(folder.resolve("filler"), new byte[1 << 20]);
      try (RunRepository runs = RunRepository.open(folder, folder.resolve("headgate.db"))) {
        RunWriter writer = runs.begin(Runs.header("7"));
        Random random = new Random(1);
        byte[] noise = new byte[1000];
        try {
          while (true) {
            random.nextBytes(noise);
            writer.append(Runs.output("unit", java.util.HexFormat.of().formatHex(noise) + "\n"));
          }
        } catch (StoreException e) {
          System.out.println(e.getMessage());
        }
        try {
          writer.seal(Runs.end("passed", TestCounts.NONE));
        } catch (StoreException e) {
          System.out.println("not sealed");
        }
      }
      Files.delete(filler);
      try (RunRepository runs = RunRepository.open(folder, folder.resolve("headgate.db"))) {
        RecordedRun run = runs.find("7").orElseThrow();
        System.out.println(run.end().orElseThrow().conclusion());
        System.out.println(Runs.events(runs.open("7")).size() > 100 ? "readable" : "empty");
      }
    }
  }

  @Test
  void whatWasWrittenSurvivesKillsInTheMiddleOfASegment() throws Exception {
    long seed = 3;
    Random random = new Random(seed);
    for (int kill = 1; kill <= 4; kill++) {
      String runId = kill == 1 ? "7" : "7-" + kill;
      int written = 0;
      try (ChildJvm child = ChildJvm.start(Recorder.class, folder)) {
        for (int lines = 5 + random.nextInt(40); lines > 0; lines--) {
          written = Integer.parseInt(child.readLine());
        }
        try (RunRepository reader = RunRepository.openReadOnly(folder, database())) {
          assertThat(Runs.events(reader.open(runId))).hasSizeGreaterThanOrEqualTo(written);
        }
        child.kill();
        for (String line : child.remainingLines()) {
          written = Integer.parseInt(line);
        }
      }
      try (RunRepository runs = RunRepository.open(folder, database())) {
        RecordedRun run = runs.find(runId).orElseThrow();
        assertThat(run.end().map(RunEnd::conclusion)).contains(RunEnd.INTERRUPTED);
        List<Event> events = Runs.events(runs.open(runId));
        assertThat(events)
            .as("seed %d kill %d", seed, kill)
            .hasSizeGreaterThanOrEqualTo(written)
            .hasSizeLessThanOrEqualTo(written + 200);
        for (int i = 0; i < events.size(); i++) {
          assertThat(events.get(i)).isEqualTo(numbered(i + 1));
        }
      }
    }
    try (Stream<Path> sessions = Files.list(folder.resolve("runs/open"))) {
      assertThat(sessions).isEmpty();
    }
  }

  @Test
  void fullDiskEndsTheRecordingAndLosesNothingThatWasWritten() throws Exception {
    List<String> smallDisk =
        List.of(
            "unshare",
            "--mount",
            "sh",
            "-c",
            "mount -t tmpfs -o size=3m tmpfs \"$0\" && exec \"$@\"",
            folder.toString());
    Process probe =
        new ProcessBuilder(Stream.concat(smallDisk.stream(), Stream.of("true")).toList()).start();
    assumeThat(probe.waitFor()).as("a file system of our own can be mounted").isZero();
    try (ChildJvm child = ChildJvm.start(smallDisk, List.of(), Filler.class, folder)) {
      assertThat(child.readLine())
          .startsWith("cannot record run 7 in " + folder)
          .contains("free some space");
      assertThat(child.remainingLines()).containsExactly("not sealed", "interrupted", "readable");
      assertThat(child.exitCode()).isZero();
    }
  }
}
