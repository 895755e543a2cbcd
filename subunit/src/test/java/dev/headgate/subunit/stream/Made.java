package dev.headgate.subunit.stream;

import dev.headgate.subunit.Bytes;
import dev.headgate.subunit.Event;
import dev.headgate.subunit.Status;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Events made for tests. */
final class Made {
  private static final Status[] FINAL = {
    Status.SUCCESS, Status.UXSUCCESS, Status.SKIP, Status.FAIL, Status.XFAIL
  };

  private Made() {}

  static Event began(String id) {
    return Event.test(id, Status.INPROGRESS).build();
  }

  static Event of(String id, Status status, String... tags) {
    return Event.test(id, status).tags(tags).build();
  }

  static Event at(Event event, int second) {
    return event.withTimestamp(Instant.ofEpochSecond(second));
  }

  static Event file(String id, String name, String content) {
    return Event.test(id, Status.NONE).file(name, Bytes.ofUtf8(content)).eof(true).build();
  }

  /** A run of tests that overlap, some of them again, some without an end. */
  static List<Event> run(long seed, int length) {
    Random random = new Random(seed);
    List<Event> events = new ArrayList<>();
    for (int i = 0; i < length; i++) {
      String id = "t" + random.nextInt(6);
      Event.Builder event =
          Event.test(id, Status.NONE)
              .routeCode(random.nextInt(3) == 0 ? null : "w" + random.nextInt(2))
              .timestamp(random.nextInt(4) == 0 ? null : Instant.ofEpochSecond(i));
      switch (random.nextInt(9)) {
        case 0, 1, 2 -> event.status(Status.INPROGRESS);
        case 3, 4 -> event.status(FINAL[random.nextInt(FINAL.length)]);
        case 5 -> event.status(Status.EXISTS);
        case 6 -> event.testId(null).file("stdout", Bytes.ofUtf8("out")).runnable(false);
        default ->
            event.file("f" + random.nextInt(2), Bytes.ofUtf8("c" + i)).eof(random.nextBoolean());
      }
      if (random.nextInt(4) == 0) {
        event.tags("tag" + random.nextInt(3));
      }
      events.add(event.build());
    }
    return events;
  }
}
