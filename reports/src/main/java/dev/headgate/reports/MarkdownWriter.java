package dev.headgate.reports;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Writes a summary for people: counts, failures with their details folded, flaky tests, the
 * slowest. Failures are shown until the limit is reached; those that are not are counted.
 */
final class MarkdownWriter implements TestTaker {
  private static final int SLOWEST = 10;

  /** The most characters of one failure's details: beginning and end of a traceback. */
  private static final int MAX_DETAILS = 4000;

  /** The most characters of a name or a message. */
  private static final int MAX_TEXT = 300;

  /** Room for what comes beside failures and flaky tests: counts and the slowest tests. */
  private static final int RESERVED = 800;

  private record Slow(String id, Duration taken) {}

  private final WriteSettings settings;
  private final ReportOutput out;
  private final StringBuilder failures = new StringBuilder();
  private final StringBuilder flaky = new StringBuilder();
  private final PriorityQueue<Slow> slowest =
      new PriorityQueue<>(Comparator.comparing(Slow::taken));
  private long passed;
  private long failed;
  private long skipped;
  private long lost;
  private long flakes;
  private long omitted;
  private Duration taken = Duration.ZERO;

  MarkdownWriter(WriteSettings settings, OutputStream out) {
    this.settings = settings;
    this.out = new ReportOutput(out);
  }

  @Override
  public void test(AssembledTest test) {
    switch (test.last().status()) {
      case SUCCESS, XFAIL -> passed++;
      case FAIL, UXSUCCESS -> failed++;
      case SKIP -> skipped++;
      case INPROGRESS -> lost++;
      case NONE, EXISTS -> {}
    }
    for (Attempt attempt : test.attempts()) {
      slow(test, attempt.duration());
    }
    if (test.last().isBad()) {
      String failure = failure(test);
      if (fits(failure)) {
        failures.append(failure);
      } else {
        omitted++;
      }
    } else if (test.isFlaky()) {
      flakes++;
      String line =
          "- " + code(test.id()) + ", attempt " + test.number(test.attempts().size() - 1) + "\n";
      if (fits(line)) {
        flaky.append(line);
      }
    }
  }

  private void slow(AssembledTest test, @Nullable Duration duration) {
    if (duration != null && !duration.isZero()) {
      taken = taken.plus(duration);
      slowest.add(new Slow(test.id(), duration));
      if (slowest.size() > SLOWEST) {
        slowest.remove();
      }
    }
  }

  private boolean fits(String text) {
    return failures.length() + flaky.length() + text.length() + RESERVED <= settings.limit();
  }

  private static String failure(AssembledTest test) {
    Attempt attempt = test.last();
    String summary = oneLine(attempt.summary());
    StringBuilder text = new StringBuilder("<details><summary><code>");
    text.append(html(shortened(oneLine(test.id())))).append("</code>");
    if (!summary.isEmpty()) {
      text.append(": ").append(html(shortened(summary)));
    }
    text.append("</summary>\n\n");
    String details = FailureText.whole(attempt).strip();
    if (!details.isEmpty() && (!details.equals(summary) || summary.length() > MAX_TEXT)) {
      String shown = middleCut(printable(details));
      String fence = fence(shown);
      text.append(fence).append("text\n").append(shown).append('\n').append(fence).append("\n\n");
    }
    return text.append("</details>\n\n").toString();
  }

  private static String shortened(String text) {
    return text.length() > MAX_TEXT ? Findings.cut(text, MAX_TEXT) + "…" : text;
  }

  private static String middleCut(String text) {
    if (text.length() <= MAX_DETAILS) {
      return text;
    }
    int half = MAX_DETAILS / 2;
    int cut = text.length() - 2 * half;
    int end = text.length() - half;
    if (Character.isLowSurrogate(text.charAt(end))) {
      end++;
    }
    return Findings.cut(text, half) + "\n[" + cut + " characters left out]\n" + text.substring(end);
  }

  /** A fence longer than any run of backticks in the text. */
  private static String fence(String text) {
    int longest = 2;
    int run = 0;
    for (int i = 0; i < text.length(); i++) {
      run = text.charAt(i) == '`' ? run + 1 : 0;
      longest = Math.max(longest, run);
    }
    return "`".repeat(longest + 1);
  }

  private static String printable(String text) {
    StringBuilder printable = new StringBuilder(text.length());
    text.codePoints()
        .map(c -> c < ' ' && c != '\n' && c != '\t' ? 0xFFFD : c)
        .forEach(printable::appendCodePoint);
    return printable.toString();
  }

  private static String oneLine(String text) {
    int end = text.indexOf('\n');
    return printable(end < 0 ? text : text.substring(0, end)).strip();
  }

  private static String html(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  /** A name as code, also within a table: as HTML, in which no character is Markdown's. */
  private static String code(String text) {
    String safe = html(shortened(oneLine(text))).replace("|", "&#124;").replace("`", "&#96;");
    return "<code>" + safe + "</code>";
  }

  @Override
  public void end() throws IOException {
    StringBuilder text = new StringBuilder("## ").append(html(oneLine(settings.title())));
    boolean bad = failed + lost > 0;
    text.append(bad ? ": failed" : ": passed").append("\n\n");
    text.append("| passed | failed | lost | skipped | flaky | time |\n");
    text.append("|---:|---:|---:|---:|---:|---:|\n");
    text.append("| ").append(passed).append(" | ").append(failed).append(" | ").append(lost);
    text.append(" | ").append(skipped).append(" | ").append(flakes);
    text.append(" | ").append(seconds(taken)).append(" |\n\n");
    if (bad) {
      text.append("### Failures\n\n").append(failures);
      if (omitted > 0) {
        text.append("and ").append(omitted).append(" more.\n\n");
      }
    }
    if (!flaky.isEmpty()) {
      text.append("### Flaky\n\n").append(flaky).append('\n');
    }
    slowest(text);
    out.write(text);
    out.flush();
  }

  private void slowest(StringBuilder text) {
    StringBuilder lines = new StringBuilder();
    while (!slowest.isEmpty()) {
      Slow slow = slowest.remove();
      lines.insert(0, "| " + code(slow.id) + " | " + seconds(slow.taken) + " |\n");
    }
    String table = "### Slowest\n\n| test | time |\n|---|---:|\n" + lines;
    if (!lines.isEmpty() && text.length() + table.length() <= settings.limit()) {
      text.append(table);
    }
  }

  private static String seconds(Duration duration) {
    return ReportTimes.asSeconds(Duration.ofMillis(duration.toMillis())) + " s";
  }
}
