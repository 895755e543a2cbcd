package dev.headgate.cli;

import dev.headgate.runner.OutputSink;
import dev.headgate.subunit.Event;
import java.io.IOException;
import java.io.PrintStream;
import java.util.regex.Pattern;

/** A build's stream as text: its output as it came, and a line for each test that ended. */
final class LogText {
  /** A build's own route has two steps, its job and its slot. */
  private static final Pattern REPORTED = Pattern.compile("[^/]+/[^/]+/" + OutputSink.REPORT + "/");

  private final PrintStream out;
  private final Style style;
  private final boolean raw;
  private final boolean terminal;
  private boolean inLine;

  /**
   * Writes to the given stream.
   *
   * @param raw only the job's own bytes, unchanged
   * @param terminal whether a person's terminal must be kept from what the bytes may do to it
   */
  LogText(PrintStream out, Style style, boolean raw, boolean terminal) {
    this.out = out;
    this.style = style;
    this.raw = raw;
    this.terminal = terminal;
  }

  void take(Event event) throws IOException {
    boolean ofJob = event.testId() == null && event.hasFile();
    if (raw) {
      if (ofJob && !OutputSink.NOTE.equals(event.fileName()) && !isReported(event)) {
        event.fileContent().writeTo(out);
      }
      return;
    }
    if (ofJob) {
      text(event);
    } else if (event.testId() != null) {
      test(event);
    }
  }

  /** Whether a report file of the job says it: the bytes are not the job's output. */
  private static boolean isReported(Event event) {
    String route = event.routeCode();
    return route != null && REPORTED.matcher(route).lookingAt();
  }

  private void text(Event event) throws IOException {
    if (OutputSink.NOTE.equals(event.fileName())) {
      endLine();
      event
          .fileContent()
          .utf8()
          .lines()
          .forEach(line -> out.println(style.warning("headgate: " + line)));
      return;
    }
    if (terminal) {
      out.print(harmless(event.fileContent().utf8()));
    } else {
      event.fileContent().writeTo(out);
    }
    if (!event.fileContent().isEmpty()) {
      inLine = event.fileContent().at(event.fileContent().length() - 1) != '\n';
    }
  }

  private void test(Event event) {
    if (event.status().isFinal()) {
      endLine();
      String word = event.status().word();
      out.println(
          (event.status().isFailure() ? style.bad(word) : style.good(word))
              + " "
              + Wording.printable(String.valueOf(event.testId())));
    }
    if (event.hasFile() && !event.fileContent().isEmpty() && isText(event)) {
      endLine();
      event
          .fileContent()
          .utf8()
          .lines()
          .forEach(line -> out.println(style.faint("    | ") + Wording.printable(line)));
    }
  }

  private static boolean isText(Event event) {
    String type = event.mimeType();
    return type == null || type.startsWith("text/") || type.contains("traceback");
  }

  void endLine() {
    if (inLine) {
      out.println();
      inLine = false;
    }
  }

  /** Colours are let through, everything else that could steer the terminal is not. */
  static String harmless(String text) {
    StringBuilder safe = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean plain = c == '\n' || c == '\t' || !Character.isISOControl(c);
      safe.append(plain || startsColour(text, i) ? c : c == '\r' ? ' ' : '\uFFFD');
    }
    return safe.toString();
  }

  private static boolean startsColour(String text, int at) {
    if (text.charAt(at) != '\u001b' || at + 1 >= text.length() || text.charAt(at + 1) != '[') {
      return false;
    }
    int end = at + 2;
    while (end < text.length()
        && (Character.isDigit(text.charAt(end)) || text.charAt(end) == ';')) {
      end++;
    }
    return end < text.length() && text.charAt(end) == 'm';
  }
}
