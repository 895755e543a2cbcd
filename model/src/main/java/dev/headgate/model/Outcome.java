package dev.headgate.model;

/** How something ended, and whose the failure is if it is one. */
public enum Outcome {
  /** It did what was asked. */
  SUCCESS("success", 0),
  /** The tested change is at fault. */
  CHANGE("change", 1),
  /** The caller's arguments or configuration are at fault. */
  USER("user", 2),
  /** The machine or what surrounds it is at fault; trying again may help. */
  ENVIRONMENT("environment", 3),
  /** We are at fault. */
  BUG("bug", 70);

  private final String code;
  private final int exitCode;

  Outcome(String code, int exitCode) {
    this.code = code;
    this.exitCode = exitCode;
  }

  /** The stable word for it on disk and on the wire. */
  public String code() {
    return code;
  }

  /** The exit code of a command that ends so (DESIGN §10). */
  public int exitCode() {
    return exitCode;
  }

  /**
   * The outcome with that stable word; throws {@link IllegalArgumentException} if there is none.
   */
  public static Outcome ofCode(String code) {
    for (Outcome outcome : values()) {
      if (outcome.code.equals(code)) {
        return outcome;
      }
    }
    throw new IllegalArgumentException("no outcome has the code '" + code + "'");
  }
}
