package dev.headgate.reports;

import dev.headgate.reports.Problem.Kind;
import dev.headgate.subunit.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the JSON lines of Rust's libtest ({@code library/test/src/formatters/json.rs}), and those
 * that cargo-nextest makes in its likeness.
 *
 * <p>The format knows durations and no times: every test of a suite begins at the suite's start,
 * and suites follow each other. A test that nextest ran several times ends under the name {@code
 * test#N}; the attempts before the last had failed.
 */
final class LibtestReader extends LineReader {
  private static final int MAX_OPEN = 1 << 14;

  /** The most characters of the names of those. */
  private static final int MAX_CHARACTERS = 1 << 23;

  /** More attempts than anybody allows. */
  private static final int MAX_ATTEMPTS = 100;

  private final TestNames names = new TestNames();
  private final Map<String, TestEvents> open = new LinkedHashMap<>();
  private Instant clock;
  private int suites;
  private long openCharacters;
  private long failed;
  private boolean anyEvent;

  LibtestReader(ReadSettings settings, ReportSink sink) {
    super(sink);
    clock = settings.start();
  }

  @Override
  public void line(String line) {
    JsonValue value = line.stripLeading().startsWith("{") ? JsonTree.parse(line) : null;
    String type = value == null ? null : value.text("type");
    if (value == null || (type == null && value.text("reason") == null)) {
      plain(line);
    } else if (type == null) {
      cargo(value);
    } else {
      anyEvent = true;
      String event = value.text("event");
      switch (type) {
        case "suite" -> suite(event == null ? "" : event, value);
        case "test" -> test(event == null ? "" : event, value);
        case "bench" -> bench(value);
        default -> {}
      }
    }
  }

  private void plain(String line) {
    if (anyEvent || !line.isBlank()) {
      text(line);
    }
    if (line.startsWith("{\"type\"") || line.startsWith("{ \"type\"")) {
      problem(Kind.MALFORMED, "a line that is no whole JSON object");
    }
  }

  /** A message of cargo's own, whose text is for people. */
  private void cargo(JsonValue value) {
    JsonValue message = value.member("message");
    String rendered = message == null ? null : message.text("rendered");
    if (rendered != null) {
      output(rendered);
    }
  }

  private void suite(String event, JsonValue value) {
    if (event.equals("started")) {
      suites++;
      failed = 0;
      return;
    }
    suites = Math.max(0, suites - 1);
    Duration taken = ReportTimes.seconds(value.text("exec_time"));
    if (taken != null && clock.isBefore(Instant.ofEpochSecond(1L << 40))) {
      clock = clock.plus(taken);
    }
    String said = value.text("failed");
    if (said != null && said.matches("\\d{1,9}") && Long.parseLong(said) > failed) {
      problem(
          Kind.INCONSISTENT, "the suite says that " + said + " tests failed, and has " + failed);
    }
    if (!open.isEmpty()) {
      String first = open.keySet().iterator().next();
      problem(Kind.INCONSISTENT, "the suite ended while tests ran: " + Findings.cut(first, 1000));
      open.clear();
      openCharacters = 0;
    }
  }

  private void test(String event, JsonValue value) {
    String name = value.text("name");
    if (name == null) {
      problem(Kind.MALFORMED, "a test without a name");
      return;
    }
    switch (event) {
      case "started" -> begin(name, names.unique(name));
      case "ok" -> end(name, value, Status.SUCCESS);
      case "failed" -> end(name, value, Status.FAIL);
      case "ignored" -> end(name, value, Status.SKIP);
      case "allowed_failure" -> end(name, value, Status.XFAIL);
      default -> {}
    }
  }

  private TestEvents begin(String name, String id) {
    flushOutput();
    TestEvents events = new TestEvents(findings(), id, true);
    if (open.size() < MAX_OPEN && openCharacters + name.length() <= MAX_CHARACTERS) {
      openCharacters += open.put(name, events) == null ? name.length() : 0;
    } else {
      problem(Kind.LIMIT, "more than " + MAX_OPEN + " tests at once");
    }
    events.begin(clock);
    return events;
  }

  private @Nullable TestEvents close(String name) {
    TestEvents events = open.remove(name);
    openCharacters -= events == null ? 0 : name.length();
    return events;
  }

  private void end(String name, JsonValue value, Status status) {
    flushOutput();
    TestEvents events = close(name);
    if (events == null) {
      events = afterRetries(name);
    }
    if (events == null) {
      events = begin(name, names.unique(name));
      close(name);
    }
    events.file(FileNames.STDOUT, value.text("stdout"));
    events.file(FileNames.STDERR, value.text("stderr"));
    String message = value.text("message");
    events.file(
        status == Status.SKIP ? FileNames.REASON : FileNames.MESSAGE,
        message == null ? value.text("reason") : message);
    failed += status == Status.FAIL ? 1 : 0;
    Duration taken = ReportTimes.seconds(value.text("exec_time"));
    events.status(status, List.of(), taken == null ? null : clock.plus(taken));
  }

  /** The test that a name like {@code test#3} belongs to, with its earlier attempts told. */
  private @Nullable TestEvents afterRetries(String name) {
    int hash = name.lastIndexOf('#');
    if (hash < 0 || !name.substring(hash + 1).matches("[1-9]\\d{0,3}")) {
      return null;
    }
    TestEvents events = close(name.substring(0, hash));
    int attempts = Math.min(MAX_ATTEMPTS, Integer.parseInt(name.substring(hash + 1)));
    for (int i = 1; i < attempts && events != null; i++) {
      events.status(Status.FAIL, List.of(), null);
      events.begin(clock);
    }
    return events;
  }

  private void bench(JsonValue value) {
    String name = value.text("name");
    if (name == null) {
      problem(Kind.MALFORMED, "a benchmark without a name");
      return;
    }
    flushOutput();
    TestEvents events = close(name);
    if (events == null) {
      events = begin(name, names.unique(name));
      close(name);
    }
    String median = value.text("median");
    String deviation = value.text("deviation");
    if (median != null) {
      events.file(FileNames.MESSAGE, median + " ns/iter (+/- " + deviation + ")");
    }
    events.status(Status.SUCCESS, List.of(), null);
  }

  @Override
  void finish() {
    if (!anyEvent) {
      foreign("no line is an event of libtest");
    } else if (suites > 0 || !open.isEmpty()) {
      String first = open.isEmpty() ? "its suite" : open.keySet().iterator().next();
      problem(Kind.TRUNCATED, "the report ends before " + Findings.cut(first, 1000) + " does");
    }
  }
}
