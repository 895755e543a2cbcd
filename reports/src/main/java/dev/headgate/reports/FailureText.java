package dev.headgate.reports;

import java.util.ArrayList;
import java.util.List;

/**
 * What shows a failure in full: the traceback or what stands for it; else the message; and if there
 * is neither, all that the test left, whatever it is called.
 *
 * <p>Of several attachments each stands under its name. Those that are no text are named with their
 * size. What has a place and a meaning of its own (type, location, properties, paths) is none.
 */
final class FailureText {
  /** No failure's text is longer, in characters, but for the last attachment that still began. */
  private static final int MAX_TEXT = 1 << 18;

  private FailureText() {}

  /** True if there is neither traceback nor message, so that all attachments stand for them. */
  static boolean isOfAttachments(Attempt attempt) {
    return attempt.trace().isEmpty() && attempt.message().isEmpty();
  }

  /** The whole text; empty if the test left nothing. */
  static String whole(Attempt attempt) {
    String message = attempt.trace().isEmpty() ? attempt.message() : "";
    return message.isEmpty() ? beside(attempt) : message;
  }

  /** The text where the message has a place of its own, and is not said again. */
  static String beside(Attempt attempt) {
    String trace = attempt.trace();
    return trace.isEmpty() && isOfAttachments(attempt)
        ? attachments(attempt.files().stream().filter(FailureText::isShown).toList())
        : trace;
  }

  /** True if {@link #beside} has the file. */
  static boolean shows(Attempt attempt, KeptFile file) {
    return isOfAttachments(attempt) ? isShown(file) : attempt.isOfTrace(file);
  }

  /** The text where message and output have places of their own. */
  static String besideOutput(Attempt attempt) {
    return isOfAttachments(attempt)
        ? attachments(
            attempt.files().stream().filter(file -> isShown(file) && !isOutput(file)).toList())
        : attempt.trace();
  }

  /** The one line that says most; empty if there is none. */
  static String telling(Attempt attempt) {
    if (!isOfAttachments(attempt)) {
      return Locations.firstTelling(attempt.trace());
    }
    for (KeptFile file : attempt.files()) {
      String line = isShown(file) ? Locations.firstTelling(content(file)) : "";
      if (!line.isEmpty()) {
        return line;
      }
    }
    return "";
  }

  private static boolean isOutput(KeptFile file) {
    return file.name().equals(FileNames.STDOUT) || file.name().equals(FileNames.STDERR);
  }

  private static boolean isShown(KeptFile file) {
    return switch (file.name()) {
      case FileNames.TYPE, FileNames.LOCATION, FileNames.PROPERTIES, FileNames.ATTACHMENT -> false;
      default -> file.length() > 0;
    };
  }

  private static String attachments(List<KeptFile> files) {
    List<KeptFile> telling = new ArrayList<>(files);
    telling.removeIf(file -> content(file).isBlank());
    if (telling.size() == 1) {
      return content(telling.getFirst());
    }
    StringBuilder text = new StringBuilder();
    int shown = 0;
    while (shown < telling.size() && text.length() < MAX_TEXT) {
      section(telling.get(shown++), text);
    }
    if (shown < telling.size()) {
      text.append('[').append(telling.size() - shown).append(" more attachments not shown]\n");
    }
    return text.toString();
  }

  /** Adds an attachment under its name, on lines of its own. */
  static void section(KeptFile file, StringBuilder text) {
    separate(text).append("--- ").append(file.name()).append(" ---\n");
    separate(text.append(file.isText() ? file.text() : size(file)));
  }

  /** Ends the last line of a text if it is not ended. */
  static StringBuilder separate(StringBuilder text) {
    boolean open = !text.isEmpty() && text.charAt(text.length() - 1) != '\n';
    return open ? text.append('\n') : text;
  }

  private static String content(KeptFile file) {
    return file.isText() ? file.text() : file.name() + ": " + size(file);
  }

  private static String size(KeptFile file) {
    return file.length() + " bytes of " + file.mimeType();
  }
}
