package dev.headgate.reports;

import dev.headgate.subunit.Event;
import dev.headgate.subunit.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a writer knows of one execution of a test. */
final class Attempt {
  private static final int MAX_FILES = 64;

  private static final String[] STANDING_FOR_TRACEBACK = {
    FileNames.COMMENTS, FileNames.DIAGNOSTICS, FileNames.DETAILS
  };

  private final List<KeptFile> files = new ArrayList<>();
  private Status status = Status.NONE;
  private @Nullable Instant began;
  private @Nullable Instant ended;
  private List<String> tags = List.of();

  /** What {@link #tracebacks} last said, while no more has come. */
  private @Nullable String tracebacks;

  /** Takes the next event of this attempt; returns how many more bytes are kept. */
  int accept(Event event, boolean room) {
    tracebacks = null;
    Status next = event.status();
    if (next.isFinal()) {
      // A failure is never taken back.
      if (!status.isFailure() || next == Status.FAIL) {
        status = next;
        ended = event.timestamp();
      }
    } else if (next.code() > status.code()) {
      status = next;
      began = next == Status.INPROGRESS ? event.timestamp() : began;
    }
    if (!event.tags().isEmpty()) {
      tags = event.tags();
    }
    return keep(event, room);
  }

  private int keep(Event event, boolean room) {
    String name = event.fileName();
    if (name == null) {
      return 0;
    }
    KeptFile file = current(name);
    if (file == null || file.isComplete()) {
      boolean repeatedEnd = file != null && event.fileContent().isEmpty();
      if (repeatedEnd || files.size() == MAX_FILES) {
        return 0;
      }
      file = new KeptFile(name, event.mimeType());
      files.add(file);
    }
    int before = file.kept();
    file.add(event.fileContent(), room);
    if (event.eof()) {
      file.complete();
    }
    return file.kept() - before;
  }

  private @Nullable KeptFile current(String name) {
    for (KeptFile file : files.reversed()) {
      if (file.name().equals(name)) {
        return file;
      }
    }
    return null;
  }

  /** The last known status; {@code INPROGRESS} for what never ended. */
  Status status() {
    return status;
  }

  /** True if it began and did not end. */
  boolean isUnfinished() {
    return status == Status.INPROGRESS;
  }

  /** True if it must not let anything pass: it failed, passed unexpectedly or never ended. */
  boolean isBad() {
    return status.isFailure() || isUnfinished();
  }

  List<String> tags() {
    return tags;
  }

  @Nullable Instant began() {
    return began;
  }

  @Nullable Instant ended() {
    return ended;
  }

  /** How long it took; null if that is not known. */
  @Nullable Duration duration() {
    if (began == null || ended == null) {
      return null;
    }
    Duration taken = Duration.between(began, ended);
    return taken.isNegative() ? Duration.ZERO : taken;
  }

  List<KeptFile> files() {
    return files;
  }

  /** All files of that name as one text; null if there is none. */
  @Nullable String text(String name) {
    StringBuilder text = null;
    for (KeptFile file : files) {
      if (file.name().equals(name)) {
        text = text == null ? new StringBuilder() : text.append('\n');
        text.append(file.text());
      }
    }
    return text == null ? null : text.toString();
  }

  /** The first of the files of these names that there is; empty if there is none. */
  String firstText(String... names) {
    for (String name : names) {
      String text = text(name);
      if (text != null && !text.isBlank()) {
        return text;
      }
    }
    return "";
  }

  /** What went wrong in one text, for people: the message, else the first line that says it. */
  String summary() {
    if (isUnfinished()) {
      return "began and did not end: hung or lost";
    }
    String message = message();
    if (!message.isEmpty()) {
      return message.strip();
    }
    String telling = FailureText.telling(this);
    boolean unexpected = telling.isEmpty() && status == Status.UXSUCCESS;
    return unexpected ? "passed, and was expected to fail" : telling;
  }

  /** What the test, or its tool, says of its outcome; empty if there is nothing. */
  String message() {
    return firstText(FileNames.MESSAGE, FileNames.REASON);
  }

  /** The traceback, or what stands for it; empty if there is nothing. */
  String trace() {
    String traceback = tracebacks();
    return traceback.isBlank() ? firstText(STANDING_FOR_TRACEBACK) : traceback;
  }

  /** True if the file is part of {@link #trace}. */
  boolean isOfTrace(KeptFile file) {
    if (!tracebacks().isBlank()) {
      return file.isTraceback();
    }
    for (String name : STANDING_FOR_TRACEBACK) {
      if (!firstText(name).isEmpty()) {
        return file.name().equals(name);
      }
    }
    return false;
  }

  /** All tracebacks as one text: Python's tools number them, and some are known by type alone. */
  private String tracebacks() {
    String known = tracebacks;
    if (known != null) {
      return known;
    }
    StringBuilder text = new StringBuilder();
    for (KeptFile file : files) {
      if (file.isTraceback()) {
        text.append(text.isEmpty() ? "" : "\n").append(file.text());
      }
    }
    String all = text.toString();
    tracebacks = all;
    return all;
  }
}
