package dev.headgate.reports;

import dev.headgate.reports.Locations.Location;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;

/**
 * Writes lines that GitHub Actions shows as annotations: an error for each test that failed or was
 * lost, a warning for each flaky one (GitHub's "Workflow commands for GitHub Actions").
 */
final class GitHubWriter implements TestTaker {
  /** GitHub cuts longer messages. */
  private static final int MAX_MESSAGE = 4000;

  private static final int MAX_TITLE = 255;

  private final WriteSettings settings;
  private final ReportOutput out;

  GitHubWriter(WriteSettings settings, OutputStream out) {
    this.settings = settings;
    this.out = new ReportOutput(out);
  }

  @Override
  public void test(AssembledTest test) throws IOException {
    Attempt last = test.last();
    if (last.isBad()) {
      line("error", test, last, last.summary());
    } else if (test.isFlaky()) {
      for (Attempt attempt : test.attempts()) {
        if (attempt.status().isFailure()) {
          line("warning", test, attempt, "flaky: " + attempt.summary());
          return;
        }
      }
    }
  }

  private void line(String level, AssembledTest test, Attempt attempt, String summary)
      throws IOException {
    StringBuilder line = new StringBuilder("::").append(level).append(' ');
    Optional<Location> place = place(test.id(), attempt);
    place.ifPresent(found ->
        line.append("file=")
            .append(property(relative(found.file())))
            .append(",line=")
            .append(found.line())
            .append(','));
    line.append("title=").append(property(Findings.cut(test.id(), MAX_TITLE))).append("::");
    String message = message(summary, attempt);
    out.write(line.append(data(Findings.cut(message, MAX_MESSAGE))).append('\n'));
  }

  /** What the test says, or else the line that says most and all that it left. */
  private static String message(String summary, Attempt attempt) {
    String whole = attempt.message().isEmpty() ? FailureText.whole(attempt).strip() : "";
    if (summary.isEmpty()) {
      return whole.isEmpty() ? "failed" : whole;
    }
    return whole.isEmpty() || whole.equals(summary) ? summary : summary + "\n\n" + whole;
  }

  private static Optional<Location> place(String id, Attempt attempt) {
    return Locations.find(id, FailureText.beside(attempt))
        .or(() -> Locations.find(id, attempt.firstText(FileNames.COMMENTS)))
        .or(() -> Locations.find(id, attempt.firstText(FileNames.STDOUT)))
        .or(() -> Locations.find(id, attempt.firstText(FileNames.MESSAGE)))
        .or(() -> Locations.named(attempt.firstText(FileNames.LOCATION)));
  }

  private String relative(String file) {
    String path = file.replace('\\', '/');
    String root = settings.root();
    if (!root.isEmpty() && path.startsWith(root + "/")) {
      return path.substring(root.length() + 1);
    }
    return path.startsWith("./") ? path.substring(2) : path;
  }

  private static String data(String text) {
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A").replace('\0', ' ');
  }

  private static String property(String text) {
    return data(text).replace(":", "%3A").replace(",", "%2C");
  }

  @Override
  public void end() throws IOException {
    out.flush();
  }
}
