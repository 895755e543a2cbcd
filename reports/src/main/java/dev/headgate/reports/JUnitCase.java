package dev.headgate.reports;

import dev.headgate.subunit.Status;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One test case while its elements come.
 *
 * <p>Surefire's elements of reruns are attempts. Beside a {@code failure} they came after it;
 * without one they came before the success that the case stands for (also {@code rerunFailure},
 * which others write where Surefire writes {@code flakyFailure}).
 */
final class JUnitCase {
  /** Files of one test that are pointed to; more are taken for noise. */
  private static final int MAX_ATTACHMENTS = 1000;

  private final TestEvents events;
  private final ReportClock clock;
  private final @Nullable Duration taken;
  private final Status byAttributes;

  /** Whether an attempt has begun that has not ended. */
  private boolean open;

  /** Whether any attempt has ended, and whether a failure stands for the case itself. */
  private boolean ended;

  private boolean failedItself;
  private Status evidence = Status.NONE;
  private boolean error;
  private boolean unfinished;
  private @Nullable Duration takenByAttempt;
  private int attachments;
  private int failures;

  JUnitCase(
      TestEvents events, ReportClock clock, @Nullable Duration taken, XmlAttributes attributes) {
    this.events = events;
    this.clock = clock;
    this.taken = taken;
    this.byAttributes = JUnitStatus.of(attributes);
  }

  /** The case continues an attempt that has ended: it has begun, and its end replaces the other. */
  void continueAttempt() {
    open = true;
    takenByAttempt = taken;
  }

  /** How many attempts have failed. */
  int failures() {
    return failures;
  }

  /** A text of the attempt to which what comes now belongs. */
  FileText open(String name, String mimeType) {
    if (!ended || !failedItself) {
      begin(taken);
    }
    return events.open(name, mimeType);
  }

  /** Output of the attempt to which what comes now belongs. */
  TextTarget output(String name) {
    return new OutputText(open(name, FileText.TEXT), this::attach);
  }

  private void attach(String path) {
    if (++attachments <= MAX_ATTACHMENTS) {
      events.file(FileNames.ATTACHMENT, FileNames.URI_LIST, path);
    }
  }

  /** Where the test stands in the sources. */
  void location(String file, String line) {
    if (!file.isBlank()) {
      begin(taken);
      events.file(FileNames.LOCATION, line.isBlank() ? file : file + ":" + line);
    }
  }

  /**
   * The test failed, or was skipped.
   *
   * @return where the element's text goes
   */
  TextTarget trouble(JUnitTrouble trouble, XmlAttributes attributes) {
    if (trouble.isAttempt()) {
      beginFailedAttempt(attributes);
    } else if (attributes.text("type").equals(JUnitTrouble.EXISTS_TYPE)) {
      // It never began, so its first event is the listing.
      open = true;
    } else {
      begin(taken);
    }
    String message = attributes.text("message");
    String type = attributes.text("type");
    see(trouble, type, message);
    boolean skipped = trouble == JUnitTrouble.SKIPPED;
    if (!type.startsWith(JUnitTrouble.OWN_TYPE)) {
      events.file(skipped ? FileNames.REASON : FileNames.MESSAGE, message);
      boolean said = skipped || type.equals(JUnitTrouble.UNEXPECTED_SUCCESS_TYPE);
      events.file(FileNames.TYPE, said ? null : type);
    }
    if (skipped) {
      return events.open(message.isBlank() ? FileNames.REASON : "details", FileText.TEXT);
    }
    return events.open(FileNames.TRACEBACK, FileText.TEXT);
  }

  /** The element of a trouble is complete. */
  void troubleEnds(JUnitTrouble trouble) {
    if (trouble.isAttempt()) {
      finish();
    } else if (trouble != JUnitTrouble.SKIPPED) {
      failedItself = true;
    }
  }

  private void see(JUnitTrouble trouble, String type, String message) {
    if (trouble == JUnitTrouble.SKIPPED) {
      if (evidence == Status.NONE) {
        evidence = skipped(type);
      }
      return;
    }
    unfinished |= type.equals(JUnitTrouble.UNFINISHED_TYPE);
    error |= trouble.isError();
    boolean unexpected =
        type.equals(JUnitTrouble.UNEXPECTED_SUCCESS_TYPE)
            || message.startsWith(JUnitTrouble.XPASS_MESSAGE);
    if (evidence != Status.FAIL) {
      evidence = unexpected ? Status.UXSUCCESS : Status.FAIL;
    }
  }

  private static Status skipped(String type) {
    if (type.equals(JUnitTrouble.EXISTS_TYPE)) {
      return Status.EXISTS;
    }
    String word = type.toLowerCase(Locale.ROOT);
    return word.endsWith("xfail") || word.endsWith("expectedfailure") ? Status.XFAIL : Status.SKIP;
  }

  private void beginFailedAttempt(XmlAttributes attributes) {
    Duration own = ReportTimes.seconds(attributes.get("time"));
    if (open && evidence != Status.NONE) {
      finish();
    }
    if (open) {
      takenByAttempt = own;
    } else {
      begin(own);
    }
  }

  private void begin(@Nullable Duration duration) {
    if (!open) {
      open = true;
      evidence = Status.NONE;
      error = false;
      takenByAttempt = duration;
      events.begin(clock.begin(duration));
    }
  }

  /** The case is complete. */
  void end() {
    if (!open && ended && failedItself) {
      return;
    }
    begin(taken);
    finish();
  }

  /** The report, or the case, ends in the middle: what is known of a failure counts. */
  void cutOff() {
    if (open && evidence.isFailure()) {
      finish();
    } else if (!ended || !failedItself) {
      begin(taken);
    }
    open = false;
  }

  private void finish() {
    open = false;
    ended = true;
    Status status = evidence == Status.NONE ? byAttributes : evidence;
    evidence = status;
    failures += status.isFailure() ? 1 : 0;
    if (unfinished) {
      return;
    }
    List<String> tags = error ? List.of(FileNames.ERROR_TAG) : List.of();
    events.status(status, tags, clock.end(takenByAttempt));
  }
}
