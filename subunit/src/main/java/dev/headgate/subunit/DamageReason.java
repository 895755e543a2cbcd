package dev.headgate.subunit;

/**
 * Why bytes that begin like a packet are none. What is no packet for two reasons has the first one
 * here that is noticed.
 */
public enum DamageReason {
  /** A field leaves the packet, a text is not UTF-8 or has a NUL, or nanoseconds make a second. */
  FIELD("field", "a field is not what the format allows"),

  /** The checksum is not that of the bytes before it. */
  CHECKSUM("checksum", "the checksum is wrong"),

  /** The input ends before the packet does by its length. */
  CUT_OFF("cut-off", "the input ends before the packet does"),

  /** Waiting for the rest was given up, since a whole packet came meanwhile. */
  GIVEN_UP("given-up", "the rest did not come, and other packets did");

  private final String code;
  private final String words;

  DamageReason(String code, String words) {
    this.code = code;
    this.words = words;
  }

  /** The stable name, for documents. */
  public String code() {
    return code;
  }

  /** What is wrong, for people. */
  public String words() {
    return words;
  }
}
