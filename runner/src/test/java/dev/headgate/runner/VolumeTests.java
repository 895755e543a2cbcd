package dev.headgate.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headgate.model.AttemptEnd;
import dev.headgate.subunit.Event;
import dev.headgate.subunit.RawOutput;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A job that writes far more than memory holds. */
class VolumeTests {
  /** More than ten times the heap; {@code -Dheadgate.volume=1000000000} for the whole gigabyte. */
  private static final long BYTES = Long.getLong("headgate.volume", 200_000_000);

  private static final String SMALL_HEAP = "-Xmx16m";

  @TempDir Path folder;

  @Test
  void floodOfOutputRunsInASmallHeap() throws Exception {
    Path log = folder.resolve("log");
    Process flood =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                SMALL_HEAP,
                "-cp",
                System.getProperty("java.class.path"),
                Flood.class.getName(),
                folder.toString(),
                "head -c " + BYTES + " /dev/zero; echo; echo the end; echo quiet >&2")
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    assertThat(flood.waitFor(Recording.PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    long written = BYTES + "\nthe end\n".length();
    long kept = (31L << 20) + (1 << 20);
    assertThat(Files.readAllLines(log))
        .isEqualTo(
            List.of(
                "stdout " + kept,
                "stderr 6",
                "note 0",
                "dropped " + (written - kept),
                "last the end",
                "exit 0"));
  }

  /** Runs the job and prints what was kept of it, keeping only sums. */
  static final class Flood {
    private Flood() {}

    public static void main(String[] arguments) throws InterruptedException {
      Sums sums = new Sums();
      new Jobs(Path.of(arguments[0])).start(arguments[1], sums);
      AttemptEnd end = sums.end();
      System.out.println("stdout " + sums.stdout);
      System.out.println("stderr " + sums.stderr);
      System.out.println("note " + sums.stray);
      System.out.println("dropped " + sums.dropped);
      System.out.println("last " + sums.last.strip());
      System.out.println("exit " + end.exitStatus() + end.fault());
    }
  }

  private static final class Sums extends Recording {
    private long stdout;
    private long stderr;
    private long stray;
    private String dropped = "";
    private String last = "";

    @Override
    public synchronized void event(Event event) {
      switch (event.fileName()) {
        case RawOutput.STDOUT -> {
          stdout += event.fileContent().length();
          String text = event.fileContent().utf8();
          last = text.substring(Math.max(0, text.length() - 9));
        }
        case RawOutput.STDERR -> stderr += event.fileContent().length();
        case NOTE -> {
          String note = event.fileContent().utf8();
          if (note.contains("dropped")) {
            dropped = note.substring(0, note.indexOf(' '));
          }
        }
        case null, default -> stray++;
      }
    }
  }
}
