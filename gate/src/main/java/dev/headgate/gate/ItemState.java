package dev.headgate.gate;

/** Where an item stands on its way. */
public enum ItemState {
  /**
   * It has no path yet: what it would be built on is not prepared, or it is outside the window, or
   * blocked.
   */
  WAITING("waiting"),
  /** It is being merged on its path. */
  PREPARING("preparing"),
  /** It is merged, and its jobs run, have run, or wait for a slot. */
  TESTING("testing"),
  /** It cannot be merged or built on its path. */
  UNBUILDABLE("unbuildable"),
  /** Everything passed on the path that became real, and the branch is being moved. */
  LANDING("landing");

  private final String code;

  ItemState(String code) {
    this.code = code;
  }

  /** The stable word for it on disk and on the wire. */
  public String code() {
    return code;
  }

  /** The state with that stable word; throws {@link IllegalArgumentException} if there is none. */
  public static ItemState ofCode(String code) {
    for (ItemState state : values()) {
      if (state.code.equals(code)) {
        return state;
      }
    }
    throw new IllegalArgumentException("no item state has the code '" + code + "'");
  }
}
