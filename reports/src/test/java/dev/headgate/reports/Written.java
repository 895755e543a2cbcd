package dev.headgate.reports;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.headgate.subunit.Bytes;
import dev.headgate.subunit.Event;
import dev.headgate.subunit.Status;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Events for a writer, and what it made of them. */
final class Written {
  static final Instant START = Instant.parse("2026-01-02T03:04:05Z");

  private final List<Event> events = new ArrayList<>();

  /** A test that took a second. */
  Written test(String id, Status status, String... filesAndTexts) {
    return attempt(null, id, status, List.of(), filesAndTexts);
  }

  Written attempt(
      String route, String id, Status status, List<String> tags, String... filesAndTexts) {
    add(Event.test(id, Status.INPROGRESS).routeCode(route).timestamp(START));
    for (int i = 0; i < filesAndTexts.length; i += 2) {
      add(
          Event.test(id, Status.NONE)
              .routeCode(route)
              .file(filesAndTexts[i], Bytes.ofUtf8(filesAndTexts[i + 1]))
              .mimeType("text/plain")
              .eof(true));
    }
    if (status != Status.INPROGRESS) {
      add(Event.test(id, status).routeCode(route).tags(tags).timestamp(START.plusSeconds(1)));
    }
    return this;
  }

  Written add(Event.Builder event) {
    events.add(event.build());
    return this;
  }

  Written addAll(List<Event> more) {
    events.addAll(more);
    return this;
  }

  String as(ReportFormat format) {
    return as(format, WriteSettings.defaults());
  }

  String as(ReportFormat format, WriteSettings settings) {
    return new String(bytes(format, settings), UTF_8);
  }

  byte[] bytes(ReportFormat format, WriteSettings settings) {
    try {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      ReportWriter writer = Reports.writer(format, settings, out);
      for (Event event : events) {
        writer.accept(event);
      }
      writer.end();
      return out.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
