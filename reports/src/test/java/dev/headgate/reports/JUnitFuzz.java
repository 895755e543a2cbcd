package dev.headgate.reports;

/** {@link ReportProperties} of the format {@link ReportFormat#JUNIT}. */
public final class JUnitFuzz {
  private JUnitFuzz() {}

  /** Called by the fuzzer. */
  public static void fuzzerTestOneInput(byte[] input) {
    ReportProperties.assertHold(ReportFormat.JUNIT, input);
  }
}
