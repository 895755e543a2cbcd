package dev.headgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headgate.subunit.Bytes;
import dev.headgate.subunit.Event;
import dev.headgate.subunit.PacketEncoder;
import dev.headgate.subunit.Status;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** 64 MiB of heap suffice for a stream of 150,000 tests with large attachments, by each command. */
@Tag("slow")
final class StreamMemoryTests {
  private static final int TESTS = 150_000;

  /** Every so many-th test fails and says so at length. */
  private static final int FAILS_EACH = 5_000;

  private static final int ATTACHMENT = 3 << 20;

  @TempDir static Path folder;
  private static Path stream = Path.of("");

  @BeforeAll
  static void write() throws IOException {
    stream = folder.resolve("stream");
    Bytes text = Bytes.ofUtf8("it was expected to be otherwise\n".repeat(ATTACHMENT / 32));
    Instant time = Instant.parse("2026-01-01T00:00:00Z");
    try (OutputStream out = Files.newOutputStream(stream)) {
      PacketEncoder encoder = new PacketEncoder();
      for (int i = 0; i < TESTS; i++) {
        String id = "package.module.SomeClass.test_number_" + i;
        String route = "worker-" + i % 8;
        Event.Builder event = Event.test(id, Status.INPROGRESS).routeCode(route);
        encoder.append(event.timestamp(time).build());
        time = time.plusNanos(1_234_567);
        event.timestamp(time);
        boolean fails = i % FAILS_EACH == 0;
        if (fails) {
          encoder.append(event.status(Status.NONE).file("log", text).build());
        }
        encoder.append(
            event.file(null, Bytes.EMPTY).status(fails ? Status.FAIL : Status.SUCCESS).build());
        encoder.writeTo(out);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "stats",
        "ls --times",
        "filter --failing",
        "tag --add x",
        "convert --to junit",
        "convert --to v1",
        "trace",
        "cat",
        "verify",
        "mux a=",
        "diff"
      })
  void aSmallHeapSuffices(String command) throws IOException, InterruptedException {
    Path output = folder.resolve("output");
    Path errors = folder.resolve("errors");
    Process process =
        new ProcessBuilder(arguments(command))
            .redirectOutput(output.toFile())
            .redirectError(errors.toFile())
            .start();
    process.getOutputStream().close();
    int status = process.waitFor();
    assertThat(Files.readString(errors, StandardCharsets.UTF_8)).isEmpty();
    assertThat(status).isEqualTo(command.equals("diff") ? 0 : 1);
    assertThat(Files.size(output)).isPositive();
  }

  private static List<String> arguments(String command) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "stream"));
    arguments.addAll(List.of(command.split(" ", -1)));
    String last = arguments.removeLast();
    if (last.endsWith("=")) {
      arguments.add(last + stream);
    } else {
      arguments.add(last);
      arguments.add(stream.toString());
    }
    if (command.equals("diff")) {
      arguments.add(stream.toString());
    }
    return arguments;
  }
}
