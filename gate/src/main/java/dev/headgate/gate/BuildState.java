package dev.headgate.gate;

/** Where a build stands; all but ENDED hold a slot. */
public enum BuildState {
  /** Asked for, not yet known to run. */
  STARTING("starting"),
  /** Known to run. */
  RUNNING("running"),
  /** Done as far as jobs needing it go, and waiting for them. */
  PAUSED("paused"),
  /** Its result can no longer matter and it was told to end. */
  CANCELLING("cancelling"),
  /** Ended, and nothing of it runs any more. */
  ENDED("ended");

  private final String code;

  BuildState(String code) {
    this.code = code;
  }

  /** The stable word for it on disk and on the wire. */
  public String code() {
    return code;
  }

  /** The state with that stable word; throws {@link IllegalArgumentException} if there is none. */
  public static BuildState ofCode(String code) {
    for (BuildState state : values()) {
      if (state.code.equals(code)) {
        return state;
      }
    }
    throw new IllegalArgumentException("no build state has the code '" + code + "'");
  }
}
