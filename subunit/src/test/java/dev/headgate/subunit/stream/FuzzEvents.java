package dev.headgate.subunit.stream;

import dev.headgate.subunit.Bytes;
import dev.headgate.subunit.Event;
import dev.headgate.subunit.Status;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Events of a few tests that overlap, as bytes say: three for each event. */
final class FuzzEvents {
  private static final int TESTS = 5;

  private FuzzEvents() {}

  static List<Event> of(byte[] input) {
    ByteBuffer bytes = ByteBuffer.wrap(input);
    List<Event> events = new ArrayList<>();
    while (bytes.remaining() >= 3) {
      events.add(event(bytes.get() & 0xFF, bytes.get() & 0xFF, bytes.get() & 0xFF, events.size()));
    }
    return events;
  }

  private static Event event(int which, int what, int file, int number) {
    Event.Builder event =
        Event.builder()
            .testId(which < 8 ? null : "t" + which % TESTS)
            .routeCode((which & 0x80) == 0 ? null : "w" + (which >>> 5 & 1))
            .status(Status.ofCode(what & 7))
            .runnable((what & 8) == 0)
            .timestamp((what & 16) == 0 ? null : Instant.ofEpochSecond(number));
    if ((what & 32) != 0) {
      event.tags("g" + (what >>> 6));
    }
    if ((file & 1) != 0) {
      // What each event carries is unlike what any other carries.
      String content = (number + ";").repeat(file >>> 4 & 3);
      event.file("f" + (file >>> 2 & 3), Bytes.ofUtf8(content)).eof((file & 2) != 0);
    }
    return event.build();
  }
}
