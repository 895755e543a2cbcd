package dev.headgate.gate;

/** What brings a change into a pipeline by itself. */
public enum Trigger {
  /** A change, or a new revision of it, was proposed. */
  PROPOSED("proposed"),
  /** A change was approved. */
  APPROVAL("approval"),
  /** A change has landed, by us or by other means. */
  MERGED("merged");

  private final String code;

  Trigger(String code) {
    this.code = code;
  }

  /** The stable word for it in configuration. */
  public String code() {
    return code;
  }
}
