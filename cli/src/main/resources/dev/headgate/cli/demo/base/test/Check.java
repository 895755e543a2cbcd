package test;

/** What tests assert with. */
public final class Check {
  public static void equal(int expected, int actual) {
    if (expected != actual) {
      throw new AssertionError("expected " + expected + " but was " + actual);
    }
  }
}
