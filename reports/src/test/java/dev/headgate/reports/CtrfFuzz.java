package dev.headgate.reports;

/** {@link ReportProperties} of the format {@link ReportFormat#CTRF}. */
public final class CtrfFuzz {
  private CtrfFuzz() {}

  /** Called by the fuzzer. */
  public static void fuzzerTestOneInput(byte[] input) {
    ReportProperties.assertHold(ReportFormat.CTRF, input);
  }
}
