package dev.headgate.reports;

/** {@link ReportProperties} of the format {@link ReportFormat#TAP}. */
public final class TapFuzz {
  private TapFuzz() {}

  /** Called by the fuzzer. */
  public static void fuzzerTestOneInput(byte[] input) {
    ReportProperties.assertHold(ReportFormat.TAP, input);
  }
}
