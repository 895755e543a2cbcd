package dev.headgate.reports;

import dev.headgate.subunit.Bytes;
import dev.headgate.subunit.Event;
import org.jspecify.annotations.Nullable;

/** Output, given on exactly and in order with what happens between its lines. */
final class RawText {
  private static final int PIECE = 1 << 13;

  private final Findings findings;
  private final @Nullable String testId;
  private final String name;
  private final StringBuilder held = new StringBuilder();
  private boolean begun;

  /**
   * @param testId null for output of the run as a whole
   */
  RawText(Findings findings, @Nullable String testId, String name) {
    this.findings = findings;
    this.testId = testId;
    this.name = name;
  }

  void add(String text) {
    int from = 0;
    while (from < text.length()) {
      int to = Math.min(text.length(), from + PIECE - held.length());
      held.append(text, from, to);
      from = to;
      if (held.length() >= PIECE) {
        flush();
      }
    }
  }

  /** Gives on what is held. */
  void flush() {
    int length = held.length();
    if (length > 0) {
      boolean half = length > 1 && Character.isHighSurrogate(held.charAt(length - 1));
      String piece = held.substring(0, half ? length - 1 : length);
      held.delete(0, piece.length());
      give(piece, false);
    }
  }

  /** Gives on what is held as the end of the file, if there is one. */
  void end() {
    if (begun || !held.isEmpty()) {
      give(held.toString(), true);
      held.setLength(0);
      begun = false;
    }
  }

  private void give(String text, boolean end) {
    findings.event(
        Event.builder()
            .testId(testId)
            .runnable(testId != null)
            .file(name, Bytes.ofUtf8(text))
            .mimeType(begun ? null : FileText.TEXT)
            .eof(end)
            .build());
    begun = true;
  }
}
