package dev.headgate.reports;

import java.util.Optional;

/** The formats of reports; each has a code that is stable on command lines and on disk. */
public enum ReportFormat {
  /** JUnit XML in every dialect of it: Surefire, pytest, Gradle, Jest, gtest and others. */
  JUNIT("junit", true, true),
  /** The Test Anything Protocol, versions 12 to 14. */
  TAP("tap", true, true),
  /** The JSON lines of {@code go test -json}. */
  GO("go", true, false),
  /** The JSON lines of Rust's libtest, and what nextest makes of them. */
  LIBTEST("libtest", true, false),
  /** The Common Test Report Format, one JSON document. */
  CTRF("ctrf", true, true),
  /** Comma-separated values (RFC 4180), one line for each attempt. */
  CSV("csv", false, true),
  /** A summary for people, as Markdown. */
  MARKDOWN("markdown", false, true),
  /** Lines that GitHub Actions shows beside the code. */
  GITHUB("github", false, true);

  private final String code;
  private final boolean readable;
  private final boolean writable;

  ReportFormat(String code, boolean readable, boolean writable) {
    this.code = code;
    this.readable = readable;
    this.writable = writable;
  }

  /** The stable name. */
  public String code() {
    return code;
  }

  /** True if {@link Reports#reader} reads it. */
  public boolean isReadable() {
    return readable;
  }

  /** True if {@link Reports#writer} writes it. */
  public boolean isWritable() {
    return writable;
  }

  /** The format of that code, or empty if there is none. */
  public static Optional<ReportFormat> ofCode(String code) {
    for (ReportFormat format : values()) {
      if (format.code.equals(code)) {
        return Optional.of(format);
      }
    }
    return Optional.empty();
  }
}
