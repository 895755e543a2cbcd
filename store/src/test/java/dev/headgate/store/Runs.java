package dev.headgate.store;

import dev.headgate.model.TestCounts;
import dev.headgate.subunit.Bytes;
import dev.headgate.subunit.Event;
import dev.headgate.subunit.PacketDecoder;
import dev.headgate.subunit.RawOutput;
import dev.headgate.subunit.Status;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Runs and events for tests. */
final class Runs {
  static final Instant NOON = Instant.parse("2026-05-04T12:00:00.123456789Z");

  private Runs() {}

  static RunHeader header(String runId) {
    return header(runId, 7, "unit", "topic/a");
  }

  static RunHeader header(String runId, long buildId, String job, String change) {
    return new RunHeader(
        runId,
        buildId,
        job,
        change,
        "item 3",
        "0123456789abcdef",
        "main + topic/z",
        1,
        NOON.plusSeconds(buildId),
        "{\"run\": \"mvn verify\"}");
  }

  static RunEnd end(String conclusion, TestCounts counts) {
    return new RunEnd(NOON.plusSeconds(90), conclusion, "2 tests failed", counts);
  }

  static Event test(String id, Status status, int second) {
    return Event.test(id, status).timestamp(NOON.plusSeconds(second)).routeCode("unit/w0").build();
  }

  static Event attachment(String id, String name, String text) {
    return Event.builder()
        .testId(id)
        .mimeType("text/plain;charset=utf8")
        .file(name, Bytes.ofUtf8(text))
        .routeCode("unit/w0")
        .build();
  }

  static Event output(String route, String text) {
    return new RawOutput(route, RawOutput.STDOUT).wrap(Bytes.ofUtf8(text));
  }

  /** A run with a pass, a failure that passes when run again, a hung test and some output. */
  static List<Event> smallRun() {
    return List.of(
        Event.test("a.Listed", Status.EXISTS).routeCode("unit/w0").build(),
        test("a.Passes", Status.INPROGRESS, 0),
        output("unit", "compiling\nrunning "),
        attachment("a.Passes", "log", "not worth keeping\n"),
        test("a.Passes", Status.SUCCESS, 2),
        test("a.Fails", Status.INPROGRESS, 2),
        attachment("a.Fails", "traceback", "expected 1\n  but was 2\n"),
        test("a.Fails", Status.FAIL, 3),
        output("unit", "tests\n"),
        test("a.Fails", Status.INPROGRESS, 4),
        test("a.Fails", Status.SUCCESS, 5),
        test("a.Hangs", Status.INPROGRESS, 5),
        attachment("a.Hangs", "stdout", "waiting for a lock"));
  }

  static List<Event> events(InputStream stream) throws IOException {
    List<Event> events = new ArrayList<>();
    PacketDecoder decoder = new PacketDecoder();
    try (stream) {
      decoder.offer(stream.readAllBytes());
    }
    decoder.end();
    while (decoder.next() != PacketDecoder.Next.END) {
      if (decoder.current() != PacketDecoder.Next.EVENT) {
        throw new AssertionError("a recorded stream holds " + decoder.current());
      }
      events.add(decoder.event());
    }
    return events;
  }
}
