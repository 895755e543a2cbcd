package dev.headgate.reports;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.headgate.subunit.Status;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A {@code testsuite} element while its test cases come. */
final class JUnitSuite {
  private final String name;
  private final String route;

  /** What is complete, in UTF-8: half as large as characters, and never copied to grow. */
  private final List<byte[]> complete = new ArrayList<>();

  private int length;

  /** The element that is being written. */
  private final StringBuilder body = new StringBuilder();

  private int tests;
  private int failures;
  private int errors;
  private int skipped;
  private Duration taken = Duration.ZERO;
  private @Nullable Instant began;

  JUnitSuite(String name, String route) {
    this.name = name;
    this.route = route;
  }

  /** How many bytes are held back. */
  int length() {
    return length;
  }

  /** Adds a test. */
  void add(AssembledTest test, CaseName split) {
    Attempt last = test.last();
    Attempt shown = last.status().isFailure() ? firstFailure(test) : last;
    tests++;
    body.append("    <testcase");
    XmlText.attribute(body, "classname", split.group());
    XmlText.attribute(body, "name", split.name());
    times(shown);
    String location = shown.firstText(FileNames.LOCATION);
    Locations.named(location)
        .ifPresent(place -> {
          XmlText.attribute(body, "file", place.file());
          XmlText.attribute(body, "line", Integer.toString(place.line()));
        });
    body.append(">\n");
    outcome(shown);
    for (Attempt attempt : test.attempts()) {
      if (attempt != shown && attempt.status().isFailure()) {
        rerun(attempt, last.status().isFailure() ? "rerun" : "flaky");
      }
    }
    outputs(shown, "      ");
    body.append("    </testcase>\n");
    completed();
  }

  private void completed() {
    byte[] bytes = body.toString().getBytes(UTF_8);
    complete.add(bytes);
    length += bytes.length;
    body.setLength(0);
  }

  private static Attempt firstFailure(AssembledTest test) {
    return test.attempts().stream()
        .filter(attempt -> attempt.status().isFailure())
        .findFirst()
        .orElse(test.last());
  }

  private void times(Attempt attempt) {
    Duration duration = attempt.duration();
    if (duration != null) {
      XmlText.attribute(body, "time", ReportTimes.asSeconds(duration));
      taken = taken.plus(duration);
    }
    Instant start = attempt.began();
    if (start != null) {
      XmlText.attribute(body, "timestamp", start.toString());
      began = began == null || start.isBefore(began) ? start : began;
    }
  }

  private void outcome(Attempt attempt) {
    switch (attempt.status()) {
      case SUCCESS, NONE -> {}
      case FAIL -> failure(attempt);
      case UXSUCCESS -> {
        failures++;
        element(
            "failure", attempt, JUnitTrouble.UNEXPECTED_SUCCESS_TYPE, FailureText.beside(attempt));
      }
      case SKIP -> skip(attempt, "");
      case XFAIL -> skip(attempt, JUnitTrouble.XFAIL_TYPE);
      case EXISTS -> {
        skipped++;
        own("skipped", JUnitTrouble.EXISTS_TYPE, "listed, and not run");
      }
      case INPROGRESS -> {
        errors++;
        own("error", JUnitTrouble.UNFINISHED_TYPE, attempt.summary());
      }
    }
  }

  private void failure(Attempt attempt) {
    boolean error = attempt.tags().contains(FileNames.ERROR_TAG);
    failures += error ? 0 : 1;
    errors += error ? 1 : 0;
    String type = attempt.firstText(FileNames.TYPE);
    element(error ? "error" : "failure", attempt, type, FailureText.beside(attempt));
  }

  private void skip(Attempt attempt, String type) {
    skipped++;
    body.append("      <skipped");
    String reason = attempt.firstText(FileNames.REASON, FileNames.MESSAGE);
    if (!type.isEmpty()) {
      XmlText.attribute(body, "type", type);
    }
    if (!reason.isEmpty()) {
      XmlText.attribute(body, "message", reason);
    }
    close("skipped", attempt.firstText(FileNames.DETAILS, FileNames.TRACEBACK));
  }

  private void own(String element, String type, String message) {
    body.append("      <").append(element);
    XmlText.attribute(body, "type", type);
    XmlText.attribute(body, "message", message);
    body.append("/>\n");
  }

  private void element(String element, Attempt attempt, String type, String content) {
    begin(element, attempt, type);
    close(element, content);
  }

  private void begin(String element, Attempt attempt, String type) {
    body.append("      <").append(element);
    String message = attempt.message();
    if (!message.isEmpty()) {
      XmlText.attribute(body, "message", message);
    }
    XmlText.attribute(body, "type", type.strip());
  }

  private void close(String element, String content) {
    if (content.isEmpty()) {
      body.append("/>\n");
    } else {
      body.append('>');
      XmlText.content(body, content);
      body.append("</").append(element).append(">\n");
    }
  }

  private void rerun(Attempt attempt, String prefix) {
    boolean error = attempt.tags().contains(FileNames.ERROR_TAG);
    String element = prefix + (error ? "Error" : "Failure");
    begin(element, attempt, attempt.firstText(FileNames.TYPE));
    Duration duration = attempt.duration();
    if (duration != null) {
      XmlText.attribute(body, "time", ReportTimes.asSeconds(duration));
    }
    body.append(">\n");
    String trace = FailureText.beside(attempt);
    if (!trace.isEmpty()) {
      body.append("        <stackTrace>");
      XmlText.content(body, trace);
      body.append("</stackTrace>\n");
    }
    outputs(attempt, "        ");
    body.append("      </").append(element).append(">\n");
  }

  /** What a test wrote, and every file that has no place of its own. */
  private void outputs(Attempt attempt, String indent) {
    properties(attempt, indent);
    StringBuilder written = new StringBuilder(attempt.firstText(FileNames.STDOUT));
    for (KeptFile file : attempt.files()) {
      other(file, attempt, written);
    }
    text("system-out", written.toString(), indent);
    text("system-err", attempt.firstText(FileNames.STDERR), indent);
  }

  private static void other(KeptFile file, Attempt attempt, StringBuilder written) {
    boolean failed = attempt.status().isFailure();
    if (failed && FailureText.shows(attempt, file)) {
      return;
    }
    switch (file.name()) {
      case FileNames.MESSAGE,
          FileNames.TYPE,
          FileNames.REASON,
          FileNames.STDOUT,
          FileNames.STDERR,
          FileNames.PROPERTIES,
          FileNames.LOCATION -> {}
      case FileNames.TRACEBACK, FileNames.DETAILS -> {
        if (!isSkipped(attempt)) {
          FailureText.section(file, written);
        }
      }
      case FileNames.ATTACHMENT -> {
        String line = "[[ATTACHMENT|" + file.text().strip() + "]]";
        if (written.indexOf(line) < 0) {
          FailureText.separate(written).append(line).append('\n');
        }
      }
      default -> FailureText.section(file, written);
    }
  }

  /** What else is said of those stands in the element that says so. */
  private static boolean isSkipped(Attempt attempt) {
    return attempt.status() == Status.SKIP || attempt.status() == Status.XFAIL;
  }

  private void properties(Attempt attempt, String indent) {
    String lines = attempt.firstText(FileNames.PROPERTIES);
    List<String[]> pairs = PropertyText.pairs(lines);
    if (pairs.isEmpty()) {
      return;
    }
    body.append(indent).append("<properties>\n");
    for (String[] pair : pairs) {
      body.append(indent).append("  <property");
      XmlText.attribute(body, "name", pair[0]);
      XmlText.attribute(body, "value", pair[1]);
      body.append("/>\n");
    }
    body.append(indent).append("</properties>\n");
  }

  private void text(String element, String content, String indent) {
    if (!content.isEmpty()) {
      body.append(indent).append('<').append(element).append('>');
      XmlText.content(body, content);
      body.append("</").append(element).append(">\n");
    }
  }

  /** Output of a run as a whole. */
  void output(KeptFile file) {
    boolean error = file.name().equals(FileNames.STDERR);
    StringBuilder written = new StringBuilder();
    if (error || file.name().equals(FileNames.STDOUT)) {
      written.append(file.text());
    } else {
      FailureText.section(file, written);
    }
    text(error ? "system-err" : "system-out", written.toString(), "    ");
    completed();
  }

  /** Writes the whole element. */
  void writeTo(ReportOutput out) throws IOException {
    StringBuilder element = new StringBuilder("  <testsuite");
    XmlText.attribute(element, "name", name);
    XmlText.attribute(element, "tests", Integer.toString(tests));
    XmlText.attribute(element, "failures", Integer.toString(failures));
    XmlText.attribute(element, "errors", Integer.toString(errors));
    XmlText.attribute(element, "skipped", Integer.toString(skipped));
    XmlText.attribute(element, "time", ReportTimes.asSeconds(taken));
    if (began != null) {
      XmlText.attribute(element, "timestamp", began.toString());
    }
    if (!route.isEmpty()) {
      XmlText.attribute(element, "hostname", route);
    }
    out.write(element.append(">\n"));
    for (byte[] bytes : complete) {
      out.write(bytes);
    }
    out.write("  </testsuite>\n");
  }
}
