package src;

/** Locks one after another. */
public final class Staircase {
  private final int locks;

  public Staircase(int locks) {
    this.locks = locks;
  }

  public int levels() {
    return locks + 1;
  }
}
