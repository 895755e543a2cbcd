package dev.headgate.reports;

/** {@link ReportProperties} of the format {@link ReportFormat#LIBTEST}. */
public final class LibtestFuzz {
  private LibtestFuzz() {}

  /** Called by the fuzzer. */
  public static void fuzzerTestOneInput(byte[] input) {
    ReportProperties.assertHold(ReportFormat.LIBTEST, input);
  }
}
