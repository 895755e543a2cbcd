package dev.headgate.reports;

import dev.headgate.subunit.Bytes;
import java.io.OutputStream;
import java.util.Optional;

/** Makes readers and writers of reports, and tells their formats apart. */
public final class Reports {
  /** How many bytes of a report's beginning {@link #detect} makes use of. */
  public static final int HEAD = Detection.HEAD;

  private Reports() {}

  /**
   * The format of a report.
   *
   * @param fileName with or without directories; empty if there is none
   * @param head its first bytes, at best {@link #HEAD} of them
   * @return empty if it is none that can be read
   */
  public static Optional<ReportFormat> detect(String fileName, Bytes head) {
    return Detection.detect(fileName, head);
  }

  /** A reader as {@link #reader(ReportFormat, ReadSettings, ReportSink)} with usual settings. */
  public static ReportReader reader(ReportFormat format, ReportSink sink) {
    return reader(format, ReadSettings.defaults(), sink);
  }

  /**
   * A reader of one report.
   *
   * @throws IllegalArgumentException if the format is written only: the caller's mistake
   */
  public static ReportReader reader(ReportFormat format, ReadSettings settings, ReportSink sink) {
    return switch (format) {
      case JUNIT -> new JUnitReader(settings, sink);
      case TAP -> new TapReader(settings, sink);
      case GO -> new GoReader(settings, sink);
      case LIBTEST -> new LibtestReader(settings, sink);
      case CTRF -> new CtrfReader(settings, sink);
      case CSV, MARKDOWN, GITHUB ->
          throw new IllegalArgumentException("'" + format.code() + "' is written, not read");
    };
  }

  /** A writer as {@link #writer(ReportFormat, WriteSettings, OutputStream)} with usual settings. */
  public static ReportWriter writer(ReportFormat format, OutputStream out) {
    return writer(format, WriteSettings.defaults(), out);
  }

  /**
   * A writer of one report.
   *
   * @param out gets many small writes, so that it should be buffered; it is not closed
   * @throws IllegalArgumentException if the format is read only: the caller's mistake
   */
  public static ReportWriter writer(ReportFormat format, WriteSettings settings, OutputStream out) {
    return switch (format) {
      case JUNIT -> new Assembler(new JUnitWriter(settings, out));
      case TAP -> new Assembler(new TapWriter(out));
      case CTRF -> new Assembler(new CtrfWriter(settings, out));
      case CSV -> new Assembler(new CsvWriter(settings, out));
      case MARKDOWN -> new Assembler(new MarkdownWriter(settings, out));
      case GITHUB -> new Assembler(new GitHubWriter(settings, out));
      case GO, LIBTEST ->
          throw new IllegalArgumentException("'" + format.code() + "' is read, not written");
    };
  }
}
