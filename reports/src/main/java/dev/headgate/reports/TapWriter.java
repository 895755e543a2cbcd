package dev.headgate.reports;

import dev.headgate.subunit.Status;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Writes TAP 14, one point for each test, told by its last attempt; the plan comes last. What TAP
 * has no word for is a failed point.
 */
final class TapWriter implements TestTaker {
  private final ReportOutput out;
  private long number;

  TapWriter(OutputStream out) {
    this.out = new ReportOutput(out);
  }

  @Override
  public void test(AssembledTest test) throws IOException {
    begin();
    Attempt last = test.last();
    StringBuilder point = new StringBuilder(isOk(last.status()) ? "ok " : "not ok ");
    point.append(++number).append(" - ").append(description(test.id()));
    point.append(directive(last)).append('\n');
    diagnostics(test, point);
    out.write(point);
  }

  private void begin() throws IOException {
    if (number == 0) {
      out.write("TAP version 14\n");
    }
  }

  private static boolean isOk(Status status) {
    return switch (status) {
      case SUCCESS, UXSUCCESS, SKIP, EXISTS -> true;
      case NONE, INPROGRESS, FAIL, XFAIL -> false;
    };
  }

  private static String directive(Attempt attempt) {
    String reason = oneLine(attempt.firstText(FileNames.REASON));
    String word =
        switch (attempt.status()) {
          case SKIP -> " # SKIP";
          case EXISTS -> " # SKIP listed, and not run";
          case XFAIL, UXSUCCESS -> " # TODO";
          case NONE, INPROGRESS, SUCCESS, FAIL -> "";
        };
    return word.isEmpty() || reason.isEmpty() ? word : word + " " + reason;
  }

  private static String description(String id) {
    return oneLine(id).replace("\\", "\\\\").replace("#", "\\#");
  }

  private static String oneLine(String text) {
    StringBuilder line = new StringBuilder(text.length());
    text.strip().codePoints().forEach(c -> line.appendCodePoint(c < ' ' || c == 0x7F ? ' ' : c));
    return line.toString();
  }

  private static void diagnostics(AssembledTest test, StringBuilder point) {
    Attempt attempt = test.last();
    String whole = attempt.firstText(FileNames.DIAGNOSTICS);
    StringBuilder block = new StringBuilder();
    if (whole.isEmpty() || whole.lines().anyMatch(line -> line.strip().equals("..."))) {
      scalars(test).forEach((key, value) -> YamlText.scalar(block, key, value));
    } else {
      whole.lines().forEach(line -> block.append("  ").append(YamlText.safe(line)).append('\n'));
    }
    if (!block.isEmpty()) {
      point.append("  ---\n").append(block).append("  ...\n");
    }
  }

  private static Map<String, String> scalars(AssembledTest test) {
    Attempt attempt = test.last();
    Map<String, String> scalars = new LinkedHashMap<>();
    if (attempt.isBad() || attempt.status() == Status.XFAIL) {
      boolean said = attempt.status() == Status.FAIL;
      String message = said ? attempt.message() : attempt.firstText(FileNames.MESSAGE);
      put(scalars, "message", attempt.isUnfinished() ? attempt.summary() : message);
      put(scalars, "traceback", FailureText.besideOutput(attempt));
      put(scalars, "stdout", attempt.firstText(FileNames.STDOUT));
      put(scalars, "stderr", attempt.firstText(FileNames.STDERR));
      put(scalars, "location", attempt.firstText(FileNames.LOCATION).strip());
    }
    Duration duration = attempt.duration();
    if (duration != null) {
      scalars.put("duration_ms", ReportTimes.asSeconds(duration.multipliedBy(1000)));
    }
    return scalars;
  }

  private static void put(Map<String, String> scalars, String key, String value) {
    if (!value.isBlank()) {
      scalars.put(key, value);
    }
  }

  @Override
  public void end() throws IOException {
    begin();
    out.write("1.." + number + "\n");
    out.flush();
  }
}
