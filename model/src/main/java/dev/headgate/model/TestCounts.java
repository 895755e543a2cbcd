package dev.headgate.model;

/**
 * How many tests of an attempt ended how; every field is at least 0.
 *
 * @param passed success and expected failure
 * @param failed failure and unexpected success
 * @param skipped skipped
 * @param unfinished in progress when the stream ended: hung or lost
 */
public record TestCounts(long passed, long failed, long skipped, long unfinished) {
  /** No tests were seen. */
  public static final TestCounts NONE = new TestCounts(0, 0, 0, 0);

  public TestCounts {
    if (passed < 0 || failed < 0 || skipped < 0 || unfinished < 0) {
      throw new IllegalArgumentException("a test count is negative");
    }
  }

  /** All tests seen. */
  public long total() {
    return passed + failed + skipped + unfinished;
  }
}
