package dev.headgate.subunit.v1;

import dev.headgate.subunit.Bytes;
import dev.headgate.subunit.Event;
import dev.headgate.subunit.Status;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The test that runs, with the tags and the time that hold; makes the events. */
final class V1Test {
  /** What a test that ended by {@code error} is tagged with. */
  static final String ERROR_TAG = "error";

  private @Nullable Bytes label;
  private String id = "";
  private List<String> globalTags = List.of();
  private List<String> tags = List.of();
  private @Nullable Instant time;
  private Directive outcome = Directive.SUCCESS;

  boolean isRunning() {
    return label != null;
  }

  Event begin(Bytes name) {
    label = name;
    id = text(name);
    tags = globalTags;
    return event().status(Status.INPROGRESS).build();
  }

  /** What follows the word of the line that began the test; null if none runs. */
  @Nullable Bytes label() {
    return label;
  }

  /** The outcome that {@link #end} gives. */
  void outcome(Directive directive) {
    outcome = directive;
  }

  Event end() {
    List<String> last = new ArrayList<>(tags);
    if (outcome == Directive.ERROR && !last.contains(ERROR_TAG)) {
      last.add(ERROR_TAG);
    }
    Event event = event().status(status(outcome)).tags(last).build();
    label = null;
    return event;
  }

  private static Status status(Directive outcome) {
    Status status = outcome.outcome();
    if (status == null) {
      throw new IllegalStateException(outcome + " is no outcome");
    }
    return status;
  }

  void changeTags(Bytes change) {
    String words = text(change);
    if (isRunning()) {
      tags = Tags.changed(tags, words);
    } else {
      globalTags = Tags.changed(globalTags, words);
    }
  }

  void time(Instant now) {
    time = now;
  }

  /** The tags of a test that will not end, which otherwise would come with its end. */
  Optional<Event> tagsOfLost() {
    return label == null || tags.isEmpty()
        ? Optional.empty()
        : Optional.of(event().tags(tags).build());
  }

  /** An event of the running test at the time that holds. */
  Event.Builder event() {
    return Event.test(id, Status.NONE).timestamp(time);
  }

  /** The text of bytes as a packet can carry it. */
  static String text(Bytes bytes) {
    return bytes.utf8().replace('\0', '\uFFFD');
  }
}
