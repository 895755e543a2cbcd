package src;

/** A gate in a wall that lets water through. */
public final class Sluice {
  private final int opening;

  public Sluice(int opening) {
    this.opening = opening;
  }

  /** Litres a minute. */
  public int flow() {
    return opening * 120;
  }
}
