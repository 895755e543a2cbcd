package dev.headgate.cli;

import dev.headgate.gate.Row;
import dev.headgate.subunit.Bytes;
import dev.headgate.subunit.Event;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A build as the board knows it: its row, and what its stream has said so far. Confined to the
 * board.
 */
final class BuildView {
  /** The end of the output shown when a build fails without a failed test. */
  private static final int LINES_KEPT = 12;

  /** A longer line is cut: it is data, not a message. */
  private static final int LINE_LENGTH = 400;

  /** What is kept of a running test's attachments; a trace is rarely longer. */
  private static final int DETAIL_BYTES = 16 * 1024;

  /**
   * Tests in progress whose attachments are kept at once; a stream with more than that is no normal
   * one.
   */
  private static final int TESTS_TRACKED = 1_000;

  private Row.Build row;
  private final Instant createdAt;
  private long passed;
  private long failed;
  private long skipped;
  private final Map<String, StringBuilder> running = new LinkedHashMap<>();
  private final Deque<String> lines = new ArrayDeque<>();
  private final StringBuilder openLine = new StringBuilder();

  /** A test that has just ended; {@code lines} say why it failed and are empty if it did not. */
  record TestEnd(String test, String status, boolean failed, List<String> lines) {}

  BuildView(Row.Build row) {
    this.row = row;
    this.createdAt = row.changedAt();
  }

  Row.Build row() {
    return row;
  }

  void set(Row.Build newer) {
    row = newer;
  }

  long passedTests() {
    return passed;
  }

  long failedTests() {
    return failed;
  }

  long skippedTests() {
    return skipped;
  }

  /** The test that has been running longest, null if none is. */
  @Nullable String testInProgress() {
    return running.isEmpty() ? null : running.keySet().iterator().next();
  }

  Duration elapsed(Instant now) {
    return Duration.between(createdAt, now);
  }

  /** The last lines of its output that are not blank. */
  List<String> lastLines() {
    List<String> all = new ArrayList<>(lines);
    if (!openLine.toString().isBlank()) {
      all.add(openLine.toString());
    }
    return all;
  }

  /** Takes an event of its stream; the end of a test if it brought one, else null. */
  @Nullable TestEnd take(Event event) {
    String test = event.testId();
    if (test == null) {
      if (event.hasFile()) {
        text(event.fileContent());
      }
      return null;
    }
    StringBuilder detail = running.get(test);
    if (detail == null && (event.status().isFinal() || running.size() < TESTS_TRACKED)) {
      detail = new StringBuilder();
      running.put(test, detail);
    }
    if (detail != null && event.hasFile() && isText(event.mimeType())) {
      append(detail, event.fileContent());
    }
    if (!event.status().isFinal()) {
      return null;
    }
    running.remove(test);
    count(event);
    return new TestEnd(
        test,
        event.status().word(),
        event.status().isFailure(),
        event.status().isFailure() && detail != null
            ? FailureLines.of(detail.toString())
            : List.of());
  }

  private void count(Event event) {
    switch (event.status()) {
      case SUCCESS, XFAIL -> passed++;
      case FAIL, UXSUCCESS -> failed++;
      case SKIP -> skipped++;
      case NONE, EXISTS, INPROGRESS -> {}
    }
  }

  private static boolean isText(@Nullable String mimeType) {
    return mimeType == null || mimeType.startsWith("text/") || mimeType.contains("traceback");
  }

  private static void append(StringBuilder detail, Bytes content) {
    int room = DETAIL_BYTES - detail.length();
    if (room > 0) {
      String text = content.slice(0, Math.min(content.length(), DETAIL_BYTES)).utf8();
      detail.append(text, 0, Math.min(room, text.length()));
    }
  }

  private void text(Bytes content) {
    String text = content.utf8();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\n' || c == '\r') {
        endLine();
      } else if (openLine.length() < LINE_LENGTH) {
        openLine.append(c);
      }
    }
  }

  private void endLine() {
    if (!openLine.toString().isBlank()) {
      lines.addLast(openLine.toString());
      if (lines.size() > LINES_KEPT) {
        lines.removeFirst();
      }
    }
    openLine.setLength(0);
  }
}
