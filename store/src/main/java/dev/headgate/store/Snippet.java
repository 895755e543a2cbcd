package dev.headgate.store;

import dev.headgate.subunit.Attachment;
import dev.headgate.subunit.TestResult;

/** What a list of failures shows of a test's attachments: the beginning and the end of its text. */
final class Snippet {
  /** In characters: the message and the first frames of a stack trace. */
  static final int HEAD = 1_500;

  /** In characters: the last frames of a trace and the last lines of a log. */
  static final int TAIL = 2_500;

  private Snippet() {}

  static String of(TestResult test) {
    StringBuilder text = new StringBuilder();
    for (Attachment attachment : test.attachments()) {
      if (!isText(attachment)) {
        continue;
      }
      if (test.attachments().size() > 1) {
        text.append(attachment.name()).append(":\n");
      }
      text.append(attachment.text());
      if (!text.isEmpty() && text.charAt(text.length() - 1) != '\n') {
        text.append('\n');
      }
    }
    return cut(text.toString().strip());
  }

  private static boolean isText(Attachment attachment) {
    String type = attachment.mimeType();
    if (type != null && !type.isEmpty()) {
      return type.startsWith("text/") || type.startsWith("application/json");
    }
    return attachment.head().indexOf((byte) 0, 0) < 0;
  }

  static String cut(String text) {
    if (text.length() <= HEAD + TAIL) {
      return text;
    }
    int headEnd = text.lastIndexOf('\n', HEAD) + 1;
    int tailStart = text.indexOf('\n', text.length() - TAIL) + 1;
    if (headEnd == 0) {
      headEnd = wholeCharacters(text, HEAD);
    }
    if (tailStart == 0 || tailStart == text.length()) {
      tailStart = wholeCharacters(text, text.length() - TAIL);
    }
    return text.substring(0, headEnd).stripTrailing() + "\n[...]\n" + text.substring(tailStart);
  }

  /** An index at or just after the given one that does not cut a pair of surrogates. */
  private static int wholeCharacters(String text, int index) {
    return Character.isLowSurrogate(text.charAt(index)) ? index + 1 : index;
  }
}
