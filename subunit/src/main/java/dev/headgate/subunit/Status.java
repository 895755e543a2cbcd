package dev.headgate.subunit;

/** What an event says of a test, or, without a test id, of the run of its route as a whole. */
public enum Status {
  /** The event says nothing of the test's state; it carries a file, tags or a time. */
  NONE(0, "none"),
  /** The test exists; nothing was run. */
  EXISTS(1, "exists"),
  /** The test has begun. */
  INPROGRESS(2, "inprogress"),
  /** The test passed. */
  SUCCESS(3, "success"),
  /** The test passed and was expected to fail; counts as a failure. */
  UXSUCCESS(4, "uxsuccess"),
  /** The test was not run. */
  SKIP(5, "skip"),
  /** The test failed. */
  FAIL(6, "fail"),
  /** The test failed as expected; counts as passed. */
  XFAIL(7, "xfail");

  private static final Status[] BY_CODE = values();

  private final int code;
  private final String word;

  Status(int code, String word) {
    this.code = code;
    this.word = word;
  }

  /** The three bits on the wire, 0 to 7. */
  public int code() {
    return code;
  }

  /** The word that the format's description uses, stable in documents. */
  public String word() {
    return word;
  }

  /** True if the test has ended with this status. */
  public boolean isFinal() {
    return code >= 3;
  }

  /** True if the test ended and a gate must not let it pass: failure or unexpected success. */
  public boolean isFailure() {
    return this == FAIL || this == UXSUCCESS;
  }

  /** The status with that wire code; throws {@link IllegalArgumentException} outside 0 to 7. */
  public static Status ofCode(int code) {
    if (code < 0 || code >= BY_CODE.length) {
      throw new IllegalArgumentException("a status code is 0 to 7, got " + code);
    }
    return BY_CODE[code];
  }

  /** The status with that word; throws {@link IllegalArgumentException} if there is none. */
  public static Status ofWord(String word) {
    for (Status status : BY_CODE) {
      if (status.word.equals(word)) {
        return status;
      }
    }
    throw new IllegalArgumentException("no status is called '" + word + "'");
  }
}
