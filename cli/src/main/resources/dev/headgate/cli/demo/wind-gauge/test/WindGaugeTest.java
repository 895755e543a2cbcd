package test;

import src.WindGauge;

final class WindGaugeTest {
  /** Flaky on purpose: it fails in the first attempt of a build and passes in the second. */
  void testWindIsNeverNegative() {
    int attempt = Integer.parseInt(System.getenv().getOrDefault("HEADGATE_ATTEMPT", "2"));
    Check.equal(7, new WindGauge().read(attempt));
  }
}
