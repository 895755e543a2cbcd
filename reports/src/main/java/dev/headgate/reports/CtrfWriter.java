package dev.headgate.reports;

import dev.headgate.subunit.Status;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes CTRF; the tests come before the summary, whose counts are known at the end. */
final class CtrfWriter implements TestTaker {
  private final WriteSettings settings;
  private final ReportOutput out;
  private boolean begun;
  private long tests;
  private long passed;
  private long failed;
  private long skipped;
  private long pending;
  private long other;
  private long flaky;
  private @Nullable Instant start;
  private @Nullable Instant stop;

  CtrfWriter(WriteSettings settings, OutputStream out) {
    this.settings = settings;
    this.out = new ReportOutput(out);
  }

  @Override
  public void test(AssembledTest test) throws IOException {
    begin();
    count(test);
    StringBuilder json = new StringBuilder(tests == 1 ? "" : ",\n");
    CaseName name = CaseName.of(test.id());
    json.append('{');
    JsonText.member(json, "name", name.name());
    outcome(json, test.last());
    if (!name.group().isEmpty()) {
      array(json, "suite", List.of(name.group()));
    }
    array(json, "tags", test.last().tags());
    if (!test.route().isEmpty()) {
      JsonText.member(json, "threadId", test.route());
    }
    retries(json, test);
    JsonText.close(json, '}');
    out.write(json);
  }

  private void begin() throws IOException {
    if (!begun) {
      begun = true;
      StringBuilder head = new StringBuilder("{");
      JsonText.member(head, "reportFormat", "CTRF");
      JsonText.member(head, "specVersion", "0.0.0");
      head.append("\"results\":{\"tool\":{");
      JsonText.member(head, "name", settings.title());
      JsonText.close(head, '}');
      out.write(head.append(",\"tests\":[\n"));
    }
  }

  private static void retries(StringBuilder json, AssembledTest test) {
    List<Attempt> attempts = test.attempts();
    if (attempts.size() == 1) {
      return;
    }
    JsonText.member(json, "retries", attempts.size() - 1);
    json.append("\"flaky\":").append(test.isFlaky()).append(',');
    json.append("\"retryAttempts\":[");
    for (int i = 0; i < attempts.size() - 1; i++) {
      json.append('{');
      JsonText.member(json, "attempt", test.number(i));
      outcome(json, attempts.get(i));
      JsonText.close(json, '}');
      json.append(',');
    }
    JsonText.close(json, ']');
    json.append(',');
  }

  private static void outcome(StringBuilder json, Attempt attempt) {
    JsonText.member(json, "status", status(attempt.status()));
    JsonText.member(json, "rawStatus", attempt.status().word());
    Duration duration = attempt.duration();
    JsonText.member(json, "duration", duration == null ? 0 : duration.toMillis());
    Instant began = attempt.began();
    Instant ended = attempt.ended();
    if (began != null) {
      JsonText.member(json, "start", began.toEpochMilli());
    }
    if (ended != null) {
      JsonText.member(json, "stop", ended.toEpochMilli());
    }
    optional(json, "message", message(attempt));
    optional(json, "trace", attempt.isBad() ? FailureText.besideOutput(attempt) : attempt.trace());
    optional(json, "snippet", attempt.firstText("snippet"));
    Locations.named(attempt.firstText(FileNames.LOCATION))
        .ifPresent(place -> {
          JsonText.member(json, "filePath", place.file());
          JsonText.member(json, "line", place.line());
        });
    lines(json, "stdout", attempt.firstText(FileNames.STDOUT));
    lines(json, "stderr", attempt.firstText(FileNames.STDERR));
    attachments(json, attempt);
  }

  private static String message(Attempt attempt) {
    return attempt.isUnfinished()
        ? attempt.summary()
        : attempt.firstText(FileNames.MESSAGE, FileNames.REASON);
  }

  private static void optional(StringBuilder json, String name, String text) {
    if (!text.isEmpty()) {
      JsonText.member(json, name, text);
    }
  }

  private static void lines(StringBuilder json, String name, String text) {
    if (!text.isEmpty()) {
      array(json, name, text.lines().toList());
    }
  }

  private static void array(StringBuilder json, String name, List<String> texts) {
    if (!texts.isEmpty()) {
      JsonText.text(json, name);
      json.append(":[");
      for (String text : texts) {
        JsonText.text(json, text);
        json.append(',');
      }
      JsonText.close(json, ']');
      json.append(',');
    }
  }

  /** Only files that have a path: CTRF carries no content. */
  private static void attachments(StringBuilder json, Attempt attempt) {
    List<KeptFile> files =
        attempt.files().stream().filter(file -> file.name().equals(FileNames.ATTACHMENT)).toList();
    if (files.isEmpty()) {
      return;
    }
    json.append("\"attachments\":[");
    for (KeptFile file : files) {
      String path = file.text().strip();
      json.append('{');
      JsonText.member(json, "name", path.substring(path.lastIndexOf('/') + 1));
      JsonText.member(json, "contentType", "application/octet-stream");
      JsonText.member(json, "path", path);
      JsonText.close(json, '}');
      json.append(',');
    }
    JsonText.close(json, ']');
    json.append(',');
  }

  private static String status(Status status) {
    return switch (status) {
      case SUCCESS, XFAIL -> "passed";
      case FAIL, UXSUCCESS -> "failed";
      case SKIP -> "skipped";
      case EXISTS -> "pending";
      case NONE, INPROGRESS -> "other";
    };
  }

  private void count(AssembledTest test) {
    tests++;
    flaky += test.isFlaky() ? 1 : 0;
    switch (test.last().status()) {
      case SUCCESS, XFAIL -> passed++;
      case FAIL, UXSUCCESS -> failed++;
      case SKIP -> skipped++;
      case EXISTS -> pending++;
      case NONE, INPROGRESS -> other++;
    }
    for (Attempt attempt : test.attempts()) {
      Instant began = attempt.began();
      Instant ended = attempt.ended();
      start = began != null && (start == null || began.isBefore(start)) ? began : start;
      stop = ended != null && (stop == null || ended.isAfter(stop)) ? ended : stop;
    }
  }

  @Override
  public void end() throws IOException {
    begin();
    StringBuilder summary = new StringBuilder("\n],\"summary\":{");
    JsonText.member(summary, "tests", tests);
    JsonText.member(summary, "passed", passed);
    JsonText.member(summary, "failed", failed);
    JsonText.member(summary, "skipped", skipped);
    JsonText.member(summary, "pending", pending);
    JsonText.member(summary, "other", other);
    JsonText.member(summary, "flaky", flaky);
    JsonText.member(summary, "start", start == null ? 0 : start.toEpochMilli());
    JsonText.member(summary, "stop", stop == null ? 0 : stop.toEpochMilli());
    JsonText.close(summary, '}');
    out.write(summary.append("}}\n"));
    out.flush();
  }
}
