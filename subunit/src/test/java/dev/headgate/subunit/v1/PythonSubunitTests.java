package dev.headgate.subunit.v1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.headgate.subunit.Bytes;
import dev.headgate.subunit.Event;
import dev.headgate.subunit.SeededStreams;
import dev.headgate.subunit.Status;
import dev.headgate.subunit.TestResult;
import dev.headgate.subunit.stream.StreamWriter;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What python-subunit makes of the same streams, where it is installed. */
@Tag("slow")
class PythonSubunitTests {
  /** A result in the words both sides have; tags as a set, attachments by name, without types. */
  private static String words(TestResult result) {
    String files =
        result.attachments().stream()
            // They drop a file without content on the way to version 1.
            .filter(file -> file.length() > 0)
            .map(file -> file.name() + "=" + file.head().hex() + file.tail().hex())
            .sorted()
            .toList()
            .toString();
    return result.key().testId()
        + " "
        + result.status().word()
        + " "
        + new TreeSet<>(result.tags().stream().filter(tag -> !tag.equals("error")).toList())
        + " "
        + result.began()
        + " "
        + result.ended()
        + " "
        + files;
  }

  private static List<String> words(List<Event> events) {
    return V1PropertyTests.results(events).stream().map(PythonSubunitTests::words).toList();
  }

  private static boolean isInstalled(String command) {
    for (String directory : System.getenv("PATH").split(File.pathSeparator, -1)) {
      if (Files.isExecutable(Path.of(directory, command))) {
        return true;
      }
    }
    return false;
  }

  private static Bytes run(Path directory, String command, Bytes input)
      throws IOException, InterruptedException {
    Path in = Files.write(directory.resolve("in"), input.toByteArray());
    Path out = directory.resolve("out");
    Path err = directory.resolve("err");
    Process process =
        new ProcessBuilder(command)
            .redirectInput(in.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    int exit = process.waitFor();
    assertThat(exit).as(() -> command + " said " + text(err)).isZero();
    return Bytes.copyOf(Files.readAllBytes(out));
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void version1IsReadAlike(@TempDir Path directory) throws Exception {
    assumeTrue(isInstalled("subunit-1to2"), "subunit-1to2 (python3-subunit) is not installed");
    List<Bytes> all = new ArrayList<>();
    for (int seed = 0; seed < 12; seed++) {
      Bytes ours = new V1Streams(seed, true).stream(60);
      Bytes theirs = run(directory, "subunit-1to2", ours);
      assertThat(words(V1Read.of(ours).events()))
          .as("seed %d", seed)
          .isEqualTo(words(SeededStreams.eventsOf(theirs)));
      all.add(theirs);
    }
    assertThat(SeededStreams.eventsOf(Bytes.concat(all)).size()).isGreaterThan(600);
  }

  @Test
  void whatWeWriteAsVersion1IsReadAlike(@TempDir Path directory) throws Exception {
    assumeTrue(isInstalled("subunit-1to2"), "subunit-1to2 (python3-subunit) is not installed");
    for (int seed = 0; seed < 5; seed++) {
      List<Event> events = V1Read.of(new V1Streams(seed, true).stream(60)).events();
      V1Encoder encoder = new V1Encoder();
      events.forEach(encoder::event);
      encoder.end();
      Bytes theirs = run(directory, "subunit-1to2", encoder.take());
      assertThat(words(SeededStreams.eventsOf(theirs)))
          .as("seed %d", seed)
          .isEqualTo(words(events));
    }
  }

  @Test
  void whatTheyWriteAsVersion1HasTheSameOutcomes(@TempDir Path directory) throws Exception {
    assumeTrue(isInstalled("subunit-2to1"), "subunit-2to1 (python3-subunit) is not installed");
    for (int seed = 0; seed < 5; seed++) {
      List<Event> events =
          V1Read.of(new V1Streams(seed, true).stream(60)).events().stream()
              .filter(event -> event.status() != Status.NONE || event.hasFile())
              .toList();
      StreamWriter writer = new StreamWriter();
      events.forEach(writer::event);
      Bytes theirs = run(directory, "subunit-2to1", writer.take());
      assertThat(words(V1Read.of(theirs).events())).as("seed %d", seed).isEqualTo(words(events));
    }
  }
}
