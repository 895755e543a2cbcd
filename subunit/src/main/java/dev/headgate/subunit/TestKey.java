package dev.headgate.subunit;

/**
 * Names one execution of one test within one stream.
 *
 * @param route where it ran; empty for none
 * @param testId the test; may be empty
 * @param attempt 1 for the first execution of the test on that route, 2 for the next
 */
public record TestKey(String route, String testId, int attempt) {
  public TestKey {
    if (attempt < 1) {
      throw new IllegalArgumentException("an attempt is at least 1, got " + attempt);
    }
  }
}
