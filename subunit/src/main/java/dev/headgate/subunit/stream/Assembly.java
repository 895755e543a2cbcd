package dev.headgate.subunit.stream;

import dev.headgate.subunit.Attachment;
import dev.headgate.subunit.Event;
import dev.headgate.subunit.Status;
import dev.headgate.subunit.TestKey;
import dev.headgate.subunit.TestResult;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An attempt that is being put together. */
final class Assembly {
  /** What an attempt weighs beside its name and its files. */
  private static final int ATTEMPT_WEIGHT = 200;

  private final Name name;
  private final int attempt;
  private final @Nullable FileKeeper files;
  private Status status = Status.NONE;
  private @Nullable Instant began;
  private @Nullable Instant ended;
  private @Nullable Instant lastSeen;

  Assembly(Name name, int attempt, int maxFile) {
    this.name = name;
    this.attempt = attempt;
    this.files = maxFile == 0 ? null : new FileKeeper(maxFile);
  }

  void see(Event event, long room) {
    Instant time = event.timestamp();
    if (time != null) {
      lastSeen = time;
    }
    Status next = event.status();
    if (next.isFinal()) {
      // A failure is never taken back.
      if (!status.isFailure() || next == Status.FAIL) {
        status = next;
        ended = time;
      }
    } else if (next.code() > status.code()) {
      status = next;
      began = next == Status.INPROGRESS ? time : began;
    }
    if (files != null) {
      files.accept(event, room);
    }
  }

  Name name() {
    return name;
  }

  boolean isEnded() {
    return status.isFinal();
  }

  /** Roughly how many bytes of memory are in use. */
  long weight() {
    return ATTEMPT_WEIGHT + 2L * name.length() + (files == null ? 0 : files.weight());
  }

  TestResult result(List<String> tags) {
    TestKey key = new TestKey(name.route(), name.testId(), attempt);
    List<Attachment> attachments = files == null ? List.of() : files.attachments();
    int omitted = files == null ? 0 : files.omittedFiles();
    return new TestResult(key, status, tags, began, ended, lastSeen, attachments, omitted);
  }
}
