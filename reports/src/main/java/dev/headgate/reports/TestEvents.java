package dev.headgate.reports;

import dev.headgate.subunit.Bytes;
import dev.headgate.subunit.Event;
import dev.headgate.subunit.Status;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Says what is known of one test. */
final class TestEvents {
  private final Findings findings;
  private final String id;
  private final boolean runnable;

  /**
   * @param runnable false for what only stands for a failure: a suite, a package, a plan
   */
  TestEvents(Findings findings, String id, boolean runnable) {
    this.findings = findings;
    this.id = Findings.name(id);
    this.runnable = runnable;
  }

  /** The id, as it can be encoded. */
  String id() {
    return id;
  }

  /** The test, or its next attempt, began. */
  void begin(@Nullable Instant time) {
    status(Status.INPROGRESS, List.of(), time);
  }

  /** The test is in this state. */
  void status(Status status, List<String> tags, @Nullable Instant time) {
    List<String> sayable = tags.stream().map(Findings::name).filter(tag -> !tag.isEmpty()).toList();
    findings.event(
        Event.builder()
            .testId(id)
            .status(status)
            .runnable(runnable)
            .tags(sayable)
            .timestamp(Findings.sayable(time))
            .build());
  }

  /** Attaches a whole text; an absent or blank one makes no file. */
  void file(String name, @Nullable String text) {
    file(name, FileText.TEXT, text);
  }

  /** Attaches a whole text; an absent or blank one makes no file. */
  void file(String name, String mimeType, @Nullable String text) {
    if (text != null && !text.isBlank()) {
      FileText file = open(name, mimeType);
      file.add(text);
      file.end();
    }
  }

  /** Attaches whole bytes. */
  void bytes(String name, String mimeType, Bytes content) {
    findings.event(
        Event.builder()
            .testId(id)
            .runnable(runnable)
            .file(Findings.name(name), content)
            .mimeType(Findings.name(mimeType))
            .eof(true)
            .build());
  }

  /** A text to attach as it comes. */
  FileText open(String name, String mimeType) {
    return new FileText(findings, id, runnable, Findings.name(name), Findings.name(mimeType));
  }
}
