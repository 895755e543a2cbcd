package src;

/** A chamber between two levels of water. */
public final class Lock {
  private int level;

  public int level() {
    return level;
  }

  /** Lets water in for so many minutes. */
  public void fill(Sluice sluice, int minutes) {
    level += sluice.flow() * minutes;
  }

  /** Lets all water out. */
  public void drain() {
    level = 1;
  }
}
