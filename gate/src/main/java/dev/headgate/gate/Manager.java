package dev.headgate.gate;

/** How a pipeline treats the changes it is given (DESIGN §6). */
public enum Manager {
  /** Each change is tested alone, with what it depends on; nothing lands. */
  INDEPENDENT("independent"),
  /** Changes are tested on those ahead of them, and land in order. */
  DEPENDENT("dependent"),
  /** One change of a queue at a time, in order; nothing lands. */
  SERIAL("serial"),
  /** One change of a branch at a time, and only the newest waits; nothing lands. */
  SUPERCEDENT("supercedent");

  private final String code;

  Manager(String code) {
    this.code = code;
  }

  /** The stable word for it in configuration. */
  public String code() {
    return code;
  }

  /** Whether its changes land. */
  public boolean lands() {
    return this == DEPENDENT;
  }
}
