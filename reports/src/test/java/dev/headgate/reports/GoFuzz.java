package dev.headgate.reports;

/** {@link ReportProperties} of the format {@link ReportFormat#GO}. */
public final class GoFuzz {
  private GoFuzz() {}

  /** Called by the fuzzer. */
  public static void fuzzerTestOneInput(byte[] input) {
    ReportProperties.assertHold(ReportFormat.GO, input);
  }
}
