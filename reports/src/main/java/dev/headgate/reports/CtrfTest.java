package dev.headgate.reports;

import dev.headgate.subunit.Bytes;
import dev.headgate.subunit.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What one test object of a CTRF report says, as events. */
final class CtrfTest {
  private static final int MAX_ATTEMPTS = 100;

  private final Findings findings;
  private final ReadSettings settings;
  private final ReportClock clock;
  private final TestNames names = new TestNames();

  CtrfTest(Findings findings, ReadSettings settings) {
    this.findings = findings;
    this.settings = settings;
    clock = new ReportClock(settings.start());
  }

  /** Tells the test; false if it has no name. */
  boolean tell(JsonValue test) {
    TestEvents events = events(test);
    if (events == null) {
      return false;
    }
    Status status = status(test);
    if (status == Status.EXISTS) {
      events.status(status, List.of(), null);
      return true;
    }
    List<JsonValue> earlier = earlierAttempts(test);
    for (JsonValue attempt : earlier) {
      attempt(events, attempt, Status.FAIL);
    }
    long untold = retries(test) - earlier.size();
    for (long i = 0; i < Math.min(untold, MAX_ATTEMPTS) && earlier.isEmpty(); i++) {
      events.begin(null);
      events.status(Status.FAIL, List.of(), null);
    }
    attempt(events, test, status);
    return true;
  }

  /** Tells of a test whose object is not complete: it began, and if it says so, it failed. */
  void cutOff(JsonValue test) {
    TestEvents events = events(test);
    if (events != null) {
      events.begin(null);
      if (status(test).isFailure()) {
        files(events, test, Status.FAIL);
        events.status(Status.FAIL, List.of(), null);
      }
    }
  }

  private @Nullable TestEvents events(JsonValue test) {
    String name = test.text("name");
    if (name == null) {
      return null;
    }
    List<String> suites = texts(test, "suite");
    String id;
    if (suites.size() > 1) {
      suites.add(name);
      id = String.join(" > ", suites);
    } else {
      id = CaseName.id(suites.isEmpty() ? "" : suites.getFirst(), name);
    }
    return new TestEvents(findings, names.unique(id.isEmpty() ? "unnamed" : id), true);
  }

  private static List<String> texts(JsonValue value, String name) {
    List<String> texts = new ArrayList<>();
    for (JsonValue item : value.items(name)) {
      String text = item.asText();
      if (text != null && !text.isEmpty()) {
        texts.add(text);
      }
    }
    return texts;
  }

  private static long retries(JsonValue test) {
    String text = test.text("retries");
    long said = text != null && text.matches("\\d{1,9}") ? Long.parseLong(text) : 0;
    return said == 0 && test.isTrue("flaky") ? 1 : said;
  }

  /** The attempts before the last; some tools list the last one too. */
  private static List<JsonValue> earlierAttempts(JsonValue test) {
    List<JsonValue> listed = test.items("retryAttempts");
    if (listed.isEmpty()) {
      return listed;
    }
    String last = listed.getLast().text("status");
    boolean withLast =
        test.text("retries") != null ? listed.size() > retries(test) : "passed".equals(last);
    int earlier = Math.min(MAX_ATTEMPTS, withLast ? listed.size() - 1 : listed.size());
    return listed.subList(0, earlier);
  }

  private void attempt(TestEvents events, JsonValue attempt, Status otherwise) {
    Status status = attempt.text("status") == null ? otherwise : status(attempt);
    Duration taken = ReportTimes.millis(attempt.text("duration"));
    Instant start = time(attempt, "start");
    Instant began = start == null ? clock.begin(taken) : start;
    events.begin(began);
    files(events, attempt, status);
    if (status != Status.INPROGRESS) {
      events.status(status, texts(attempt, "tags"), ended(attempt, start, taken));
    }
  }

  private @Nullable Instant ended(
      JsonValue attempt, @Nullable Instant start, @Nullable Duration taken) {
    if (start == null) {
      return clock.end(taken);
    }
    return taken == null ? time(attempt, "stop") : start.plus(taken);
  }

  /** A time in milliseconds; 0 is what tools write that do not know it. */
  private @Nullable Instant time(JsonValue value, String name) {
    String text = value.text(name);
    if (text == null || !text.matches("\\d{1,15}(\\.\\d{1,9})?")) {
      return ReportTimes.instant(text, settings.zone());
    }
    Duration since = ReportTimes.millis(text.length() > 15 ? text.substring(0, 15) : text);
    Instant time = Instant.ofEpochMilli((long) Double.parseDouble(text));
    return since != null && since.isZero() ? null : Findings.sayable(time);
  }

  /** The status; what a tool or our writer called it decides where CTRF has no word of its own. */
  private static Status status(JsonValue test) {
    String said = test.text("status");
    String raw = test.text("rawStatus");
    String word = raw == null ? "" : raw.toLowerCase(Locale.ROOT);
    switch (word) {
      case "xfail", "expectedfailure", "expected_failure" -> {
        return "failed".equals(said) ? Status.FAIL : Status.XFAIL;
      }
      case "uxsuccess", "unexpectedsuccess" -> {
        return Status.UXSUCCESS;
      }
      case "inprogress" -> {
        return Status.INPROGRESS;
      }
      case "exists" -> {
        return Status.EXISTS;
      }
      default -> {}
    }
    return switch (said == null ? "" : said.toLowerCase(Locale.ROOT)) {
      case "passed", "pass", "success" -> Status.SUCCESS;
      case "failed", "fail", "error", "broken" -> Status.FAIL;
      case "skipped", "skip", "pending" -> Status.SKIP;
      default -> isBad(word) ? Status.FAIL : Status.SKIP;
    };
  }

  private static boolean isBad(String word) {
    return word.contains("fail")
        || word.contains("error")
        || word.contains("timed")
        || word.contains("interrupt")
        || word.contains("crash")
        || word.contains("broken");
  }

  private static void files(TestEvents events, JsonValue test, Status status) {
    boolean skipped = status == Status.SKIP || status == Status.XFAIL;
    events.file(skipped ? FileNames.REASON : FileNames.MESSAGE, test.text("message"));
    events.file(FileNames.TRACEBACK, test.text("trace"));
    events.file("snippet", test.text("snippet"));
    events.file(FileNames.STDOUT, lines(test, "stdout"));
    events.file(FileNames.STDERR, lines(test, "stderr"));
    String path = test.text("filePath");
    String line = test.text("line");
    events.file(FileNames.LOCATION, path == null || line == null ? path : path + ":" + line);
    events.file(FileNames.PROPERTIES, parameters(test));
    screenshot(events, test.text("screenshot"));
    for (JsonValue attachment : test.items("attachments")) {
      events.file(FileNames.ATTACHMENT, FileNames.URI_LIST, attachment.text("path"));
    }
  }

  private static @Nullable String lines(JsonValue test, String name) {
    List<String> lines = texts(test, name);
    return lines.isEmpty() ? null : String.join("\n", lines);
  }

  private static @Nullable String parameters(JsonValue test) {
    if (!(test.member("parameters") instanceof JsonValue.Members members)) {
      return null;
    }
    StringBuilder lines = new StringBuilder();
    members
        .values()
        .forEach((name, value) -> {
          String text = value.asText();
          lines.append(PropertyText.line(name, text == null ? "" : text));
        });
    return lines.toString();
  }

  private static void screenshot(TestEvents events, @Nullable String base64) {
    if (base64 != null && !base64.isBlank()) {
      try {
        byte[] image = Base64.getMimeDecoder().decode(base64);
        events.bytes("screenshot", "image/png", Bytes.copyOf(image));
      } catch (IllegalArgumentException e) {
        events.file("screenshot", base64);
      }
    }
  }
}
