package dev.headgate.runner;

import org.jspecify.annotations.Nullable;

/** What is known of one file that matches and that the job wrote. Confined to one thread. */
final class ReportFile {
  private final String name;
  private final ReportTally told = new ReportTally();
  private @Nullable FileStamp seen;
  private @Nullable FileStamp judged;
  private long seenNanos;
  private boolean steady;
  private boolean waits;
  private boolean isReport;
  private String trouble = "";

  ReportFile(String name) {
    this.name = name;
  }

  String name() {
    return name;
  }

  /** What was told of it so far. */
  ReportTally told() {
    return told;
  }

  /** Takes what it looks like now. */
  void see(FileStamp stamp, long nanos) {
    steady = stamp.equals(seen);
    if (!steady) {
      seen = stamp;
      seenNanos = nanos;
    }
  }

  /** Whether it has not changed since the look before. */
  boolean isSteady() {
    return steady;
  }

  /** For how long it has not changed, as far as is known. */
  long restedNanos(long nanos) {
    return nanos - seenNanos;
  }

  /**
   * Whether nothing more is to be done about this version of it.
   *
   * @param last whether the job has ended
   */
  boolean isJudged(FileStamp stamp, boolean last) {
    return stamp.equals(judged) && !(waits && last);
  }

  /** This version was told, or is none to be told; nothing more is to be done about it. */
  void judged(FileStamp stamp) {
    judged = stamp;
    waits = false;
  }

  /** Nothing more is to be done about this version until the job has ended. */
  void waits(FileStamp stamp) {
    judged = stamp;
    waits = true;
  }

  /** Its version is a report, with this against it or with nothing. */
  void isReport(String what) {
    isReport = true;
    trouble = what;
  }

  /** Whether any version of it was a report. */
  boolean wasReport() {
    return isReport;
  }

  /** Why its last version is no complete report; empty if it is one. */
  String trouble() {
    return trouble;
  }
}
