package dev.headgate.reports;

import dev.headgate.subunit.Bytes;
import dev.headgate.subunit.Event;
import org.jspecify.annotations.Nullable;

/**
 * One attachment that is being read, given on in pieces of a fixed size, so that neither the size
 * of the text nor the pieces in which the report comes are to be seen in the events.
 *
 * <p>A text of white space alone makes no file, and more of it than a screenful before the first
 * other character is dropped.
 */
final class FileText implements TextTarget {
  /** What is held back at most, in characters. */
  private static final int PIECE = 1 << 13;

  /** White space before the first other character, beyond which it is dropped. */
  private static final int MAX_BLANK = 1 << 10;

  static final String TEXT = "text/plain;charset=utf8";

  private final Findings findings;
  private final @Nullable String testId;
  private final boolean runnable;
  private final String name;
  private final String mimeType;
  private final StringBuilder held = new StringBuilder();
  private boolean begun;
  private boolean written;

  /**
   * @param testId null for a file of the run as a whole
   */
  FileText(
      Findings findings, @Nullable String testId, boolean runnable, String name, String mimeType) {
    this.findings = findings;
    this.runnable = runnable;
    this.testId = testId;
    this.name = name;
    this.mimeType = mimeType;
  }

  @Override
  public void add(CharSequence text) {
    int from = 0;
    while (from < text.length()) {
      int to = Math.min(text.length(), from + PIECE - held.length());
      held.append(text, from, to);
      from = to;
      if (!begun) {
        skipBlank();
      }
      if (held.length() >= PIECE) {
        flush(false);
      }
    }
  }

  @Override
  public void end() {
    if (begun) {
      flush(true);
    }
    held.setLength(0);
    begun = false;
    written = false;
  }

  @Override
  public void abandon() {
    if (begun && !held.isEmpty()) {
      flush(false);
    }
    held.setLength(0);
    begun = false;
    written = false;
  }

  private void skipBlank() {
    begun = !held.chars().allMatch(Character::isWhitespace);
    if (!begun && held.length() > MAX_BLANK) {
      held.setLength(0);
    }
  }

  private void flush(boolean end) {
    int length = held.length();
    boolean half = !end && Character.isHighSurrogate(held.charAt(length - 1));
    String piece = held.substring(0, half ? length - 1 : length);
    held.delete(0, piece.length());
    findings.event(
        Event.builder()
            .testId(testId)
            .runnable(runnable)
            .file(name, Bytes.ofUtf8(piece))
            .mimeType(written ? null : mimeType)
            .eof(end)
            .build());
    written = true;
  }
}
