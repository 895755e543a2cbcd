package dev.headgate.reports;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes comma-separated values (RFC 4180), a line for each attempt.
 *
 * <p>A spreadsheet takes a cell that begins with {@code = + - @}, a tab or a carriage return for a
 * formula, which can do harm; unless told otherwise, such a cell gets an apostrophe before it,
 * which spreadsheets do not show (OWASP, "CSV Injection").
 */
final class CsvWriter implements TestTaker {
  private static final String HEADER =
      "test,route,attempt,status,started,ended,seconds,tags,message,attachments";

  private static final String FORMULA = "=+-@\t\r";

  private final boolean guard;
  private final ReportOutput out;
  private boolean begun;

  CsvWriter(WriteSettings settings, OutputStream out) {
    guard = settings.guardFormulas();
    this.out = new ReportOutput(out);
  }

  @Override
  public void test(AssembledTest test) throws IOException {
    begin();
    for (int i = 0; i < test.attempts().size(); i++) {
      line(test, test.attempts().get(i), test.number(i));
    }
  }

  private void begin() throws IOException {
    if (!begun) {
      begun = true;
      out.write(HEADER + "\r\n");
    }
  }

  private void line(AssembledTest test, Attempt attempt, int number) throws IOException {
    Duration duration = attempt.duration();
    List<String> files = new ArrayList<>();
    attempt.files().forEach(file -> files.add(file.name()));
    List<String> cells =
        List.of(
            guarded(test.id()),
            guarded(test.route()),
            Integer.toString(number),
            attempt.status().word(),
            attempt.began() == null ? "" : attempt.began().toString(),
            attempt.ended() == null ? "" : attempt.ended().toString(),
            duration == null ? "" : ReportTimes.asSeconds(duration),
            guarded(String.join(" ", attempt.tags())),
            guarded(attempt.isBad() || !attempt.files().isEmpty() ? attempt.summary() : ""),
            guarded(String.join(" ", files)));
    List<String> quoted = cells.stream().map(CsvWriter::quoted).toList();
    out.write(String.join(",", quoted) + "\r\n");
  }

  private String guarded(String text) {
    return guard && !text.isEmpty() && FORMULA.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
  }

  private static String quoted(String cell) {
    boolean plain = cell.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    String safe = cell.replace('\0', '\uFFFD');
    return plain ? safe : "\"" + safe.replace("\"", "\"\"") + "\"";
  }

  @Override
  public void end() throws IOException {
    begin();
    out.flush();
  }
}
