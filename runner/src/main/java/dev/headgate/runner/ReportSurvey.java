package dev.headgate.runner;

import dev.headgate.reports.Problem;
import dev.headgate.reports.ReadSettings;
import dev.headgate.reports.ReportFormat;
import dev.headgate.reports.ReportSink;
import dev.headgate.subunit.Event;
import dev.headgate.subunit.Status;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A first reading of a report, of which nothing is told: whether it is complete, when its tests
 * ran, and which of them were told before.
 */
final class ReportSurvey implements ReportSink {
  /** Before it there were no reports: such a time was counted from the reader's start. */
  private static final Instant FIRST_REPORTS = Instant.ofEpochSecond(1_000_000_000);

  private final ReportFormat format;
  private final ReportTally told;
  private final ReportTally tally = new ReportTally();
  private final Set<String> continued = new HashSet<>();
  private @Nullable Problem cut;
  private boolean foreign;
  private boolean flawed;

  private ReportSurvey(ReportFormat format, ReportTally told) {
    this.format = format;
    this.told = told;
  }

  /**
   * Reads the file.
   *
   * @param told what was told of its earlier versions
   * @param last whether it is read to its end though it has more tests than are remembered
   */
  static ReportSurvey of(ReportPass pass, ReportFormat format, ReportTally told, boolean last)
      throws IOException {
    ReportSurvey survey = new ReportSurvey(format, told);
    pass.read(format, ReadSettings.defaults(), survey, () -> last || !survey.tally.isPartial());
    return survey;
  }

  @Override
  public void event(Event event) {
    String test = event.testId();
    if (test != null && event.status() != Status.NONE && tally.agreesOn(test, told)) {
      continued.add(test);
    }
    tally.accept(event);
  }

  @Override
  public void problem(Problem problem) {
    flawed = true;
    switch (problem.kind()) {
      case EMPTY, TRUNCATED -> cut = cut == null ? problem : cut;
      case FOREIGN -> foreign = true;
      case MALFORMED, ENCODING, LIMIT, INCONSISTENT -> {}
    }
  }

  ReportFormat format() {
    return format;
  }

  ReportTally tally() {
    return tally;
  }

  boolean isForeign() {
    return foreign;
  }

  /** Where the report ends too early, or null if it does not. */
  @Nullable Problem cut() {
    return cut;
  }

  /**
   * Whether the format says where a report ends. That of the others is known when the job has
   * ended; until then, one that rests and lacks nothing is taken for whole.
   */
  static boolean saysItsEnd(ReportFormat format) {
    return switch (format) {
      case JUNIT, CTRF -> true;
      case TAP, GO, LIBTEST, CSV, MARKDOWN, GITHUB -> false;
    };
  }

  /** Whether it can be told while the job runs. */
  boolean isWhole() {
    return saysItsEnd(format) ? cut == null && !foreign : !flawed && !tally.hasUnfinished();
  }

  /** When its first test began, if it knows durations only and was written at that time. */
  Instant start(Instant written) {
    Instant latest = tally.latest();
    boolean counted = latest.isAfter(Instant.EPOCH) && latest.isBefore(FIRST_REPORTS);
    return counted ? written.minus(Duration.between(Instant.EPOCH, latest)) : written;
  }

  /** Whether what the report says of the test, or of the run, was all told before. */
  boolean wasTold(@Nullable String test) {
    return tally.agreesOn(test, told);
  }

  /** Whether what was told of the test is the beginning of what the report says now. */
  boolean continues(String test) {
    return continued.contains(test);
  }
}
