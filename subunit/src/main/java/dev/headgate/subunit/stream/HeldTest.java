package dev.headgate.subunit.stream;

import dev.headgate.subunit.Attachment;
import dev.headgate.subunit.Bytes;
import dev.headgate.subunit.Event;
import dev.headgate.subunit.Status;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An attempt whose events are held back until it is known whether it is wanted. */
final class HeldTest implements TestSoFar {
  /** What an event weighs beside its texts and content. */
  private static final int EVENT_WEIGHT = 128;

  private final Name name;
  private final List<Event> events = new ArrayList<>();
  private List<String> tags;
  private Status status = Status.NONE;
  private boolean ended;
  private long omitted;
  private int omittedAt;
  private long weight;

  HeldTest(Name name, List<String> tags) {
    this.name = name;
    this.tags = tags;
    this.weight = EVENT_WEIGHT + 2L * name.length();
  }

  /** Puts before its events what is none of its own: the status it has is not this one's. */
  void part(Event parting) {
    add(parting);
  }

  /** Takes the next event; leaves its content out if it is longer than there is room for. */
  void hold(Event event, long room) {
    see(event);
    Bytes content = event.fileContent();
    if (content.length() + EVENT_WEIGHT <= room) {
      add(
          event.hasFile()
              ? event.toBuilder().file(event.fileName(), content.compact()).build()
              : event);
      return;
    }
    if (omitted == 0) {
      omittedAt = events.size();
    }
    omitted += content.length();
    if (saysMoreThanContent(event)) {
      add(event.toBuilder().file(event.fileName(), Bytes.EMPTY).build());
    }
  }

  private static boolean saysMoreThanContent(Event event) {
    return event.status() != Status.NONE || !event.tags().isEmpty() || event.eof();
  }

  private void add(Event event) {
    events.add(event);
    weight += EVENT_WEIGHT + event.fileContent().length();
    weight += RecentTests.weightOf(event.tags());
    weight += 2L * (lengthOf(event.fileName()) + lengthOf(event.mimeType()));
  }

  private static int lengthOf(@Nullable String text) {
    return text == null ? 0 : text.length();
  }

  private void see(Event event) {
    Status next = event.status();
    if (next.isFinal()) {
      status = status.isFailure() && next != Status.FAIL ? status : next;
      ended = true;
    } else if (next.code() > status.code()) {
      status = next;
    }
    if (!event.tags().isEmpty()) {
      tags = event.tags();
    }
  }

  /** Nothing more comes. */
  void finish() {
    ended = true;
  }

  /** Passes on what was held, with a note of what was not. */
  void releaseTo(StreamSink sink) {
    for (int i = 0; i <= events.size(); i++) {
      if (omitted > 0 && i == omittedAt) {
        sink.event(note());
      }
      if (i < events.size()) {
        sink.event(events.get(i));
      }
    }
  }

  private Event note() {
    String text = omitted + " bytes of attachments were not kept while this test ran\n";
    return Event.builder()
        .testId(name.testId())
        .routeCode(name.route().isEmpty() ? null : name.route())
        .mimeType("text/plain;charset=utf8")
        .file(TestFilter.OMITTED_FILE, Bytes.ofUtf8(text))
        .eof(true)
        .build();
  }

  Name name() {
    return name;
  }

  /** Roughly how many bytes of memory are in use. */
  long weight() {
    return weight;
  }

  @Override
  public String route() {
    return name.route();
  }

  @Override
  public String testId() {
    return name.testId();
  }

  @Override
  public Status status() {
    return status;
  }

  @Override
  public List<String> tags() {
    return tags;
  }

  @Override
  public List<Attachment> attachments() {
    FileKeeper files = new FileKeeper(Integer.MAX_VALUE);
    for (Event event : events) {
      files.accept(event, Long.MAX_VALUE);
    }
    return files.attachments();
  }

  @Override
  public boolean ended() {
    return ended;
  }
}
