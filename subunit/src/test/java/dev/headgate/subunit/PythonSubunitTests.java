package dev.headgate.subunit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** python-subunit reads what we write, and we read what it writes; left out where it is missing. */
class PythonSubunitTests {
  private static final int EVENTS = 400;

  @TempDir Path directory;

  /** Whichever is found first, and the distribution's, which alone sees its packages. */
  private static final List<String> INTERPRETERS = List.of("python3", "/usr/bin/python3");

  private static String interpreter;

  @BeforeAll
  static void pythonSubunitIsInstalled() throws Exception {
    interpreter = null;
    for (String candidate : INTERPRETERS) {
      if (interpreter == null && succeeds(candidate, "-c", "import subunit.v2, testtools")) {
        interpreter = candidate;
      }
    }
    assumeTrue(
        interpreter != null, "left out: python3 cannot import subunit (Debian: python3-subunit)");
  }

  private static boolean succeeds(String... command) throws Exception {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(30, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  private void python(String script, Path in, Path out) throws Exception {
    Path errors = directory.resolve("errors");
    Process process =
        new ProcessBuilder(interpreter, "-c", script)
            .redirectInput(in.toFile())
            .redirectOutput(out.toFile())
            .redirectError(errors.toFile())
            .start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("python ends").isTrue();
    assertThat(process.exitValue()).as("%s", Files.readString(errors)).isZero();
  }

  /** What both sides can say: microseconds, and MIME type and end only with a file. */
  private static List<Event> events(long seed) {
    RandomStreams streams = new RandomStreams(seed);
    List<Event> events = new ArrayList<>();
    for (int i = 0; i < EVENTS; i++) {
      Event event = streams.event(70_000);
      Instant time = event.timestamp();
      events.add(
          time == null
              ? event
              : event.withTimestamp(
                  Instant.ofEpochSecond(time.getEpochSecond(), time.getNano() / 1000 * 1000L)));
    }
    return events;
  }

  private static Map<String, Object> plain(Event event) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("id", event.testId());
    fields.put("status", event.status() == Status.NONE ? null : event.status().word());
    fields.put("tags", event.tags().stream().sorted().toList());
    fields.put("runnable", event.runnable());
    fields.put("name", event.fileName());
    fields.put("content", event.hasFile() ? event.fileContent().hex() : null);
    fields.put("eof", event.eof());
    fields.put("mime", event.mimeType());
    fields.put("route", event.routeCode());
    fields.put("micros", micros(event.timestamp()));
    return fields;
  }

  private static Long micros(Instant time) {
    return time == null ? null : time.getEpochSecond() * 1_000_000 + time.getNano() / 1000;
  }

  @Test
  void pythonReadsWhatWeWrite() throws Exception {
    List<Event> events = events(1);
    PacketEncoder encoder = new PacketEncoder();
    events.forEach(encoder::append);
    Path stream = Files.write(directory.resolve("stream"), encoder.take().toByteArray());
    Path read = directory.resolve("read");
    python(
        """
        import datetime, json, sys, subunit.v2
        epoch = datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc)
        class Lines:
            def status(self, test_id=None, test_status=None, test_tags=None, runnable=True,
                       file_name=None, file_bytes=None, eof=False, mime_type=None,
                       route_code=None, timestamp=None):
                micros = None if timestamp is None else (
                    (timestamp - epoch) // datetime.timedelta(microseconds=1))
                print(json.dumps({
                    "id": test_id, "status": test_status,
                    "tags": sorted(test_tags or [], key=lambda t: t.encode("utf-16-be")),
                    "runnable": runnable, "name": file_name,
                    "content": None if file_bytes is None else bytes(file_bytes).hex(),
                    "eof": eof, "mime": mime_type, "route": route_code, "micros": micros}))
        subunit.v2.ByteStreamToStreamResult(sys.stdin.buffer).run(Lines())
        """,
        stream,
        read);
    List<Object> lines = new ArrayList<>();
    for (String line : Files.readAllLines(read)) {
      lines.add(Json.read(new ByteArrayInputStream(line.getBytes(UTF_8))));
    }
    assertThat(lines).isEqualTo(events.stream().map(PythonSubunitTests::plain).toList());
  }

  @Test
  void weReadWhatPythonWrites() throws Exception {
    List<Event> events = events(2);
    StringBuilder lines = new StringBuilder();
    for (Event event : events) {
      List<String> fields = new ArrayList<>();
      fields.add(hex(event.testId()));
      fields.add(event.status() == Status.NONE ? "-" : event.status().word());
      fields.add(event.runnable() ? "1" : "0");
      fields.add(hex(event.fileName()));
      fields.add(event.hasFile() ? "=" + event.fileContent().hex() : "-");
      fields.add(event.eof() ? "1" : "0");
      fields.add(hex(event.mimeType()));
      fields.add(hex(event.routeCode()));
      fields.add(event.timestamp() == null ? "-" : micros(event.timestamp()).toString());
      event.tags().forEach(tag -> fields.add(hex(tag)));
      lines.append(String.join(" ", fields)).append('\n');
    }
    Path described = Files.writeString(directory.resolve("described"), lines);
    Path stream = directory.resolve("stream");
    python(
        """
        import datetime, sys, subunit.v2
        epoch = datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc)
        out = subunit.v2.StreamResultToBytes(sys.stdout.buffer)
        text = lambda field: None if field == "-" else bytes.fromhex(field[1:]).decode("utf8")
        for line in sys.stdin:
            id, status, runnable, name, content, eof, mime, route, micros, *tags = line.split()
            out.status(
                test_id=text(id), test_status=None if status == "-" else status,
                test_tags=set(map(text, tags)) or None, runnable=runnable == "1",
                file_name=text(name),
                file_bytes=None if content == "-" else bytes.fromhex(content[1:]),
                eof=eof == "1", mime_type=text(mime), route_code=text(route),
                timestamp=None if micros == "-" else
                    epoch + datetime.timedelta(microseconds=int(micros)))
        """,
        described,
        stream);
    Decoded decoded = Decoded.of(Files.readAllBytes(stream));
    assertThat(decoded.bytesOf(PacketDecoder.Next.TEXT)).isZero();
    assertThat(decoded.bytesOf(PacketDecoder.Next.DAMAGE)).isZero();
    assertThat(decoded.events().stream().map(PythonSubunitTests::plain).toList())
        .isEqualTo(events.stream().map(PythonSubunitTests::plain).toList());
  }

  private static String hex(String text) {
    return text == null ? "-" : "=" + HexFormat.of().formatHex(text.getBytes(UTF_8));
  }
}
