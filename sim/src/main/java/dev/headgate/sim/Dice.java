package dev.headgate.sim;

import java.util.List;
import java.util.SplittableRandom;

/** All chance in a world comes from here, and from the seed alone. For one thread. */
public final class Dice {
  private final SplittableRandom random;

  public Dice(long seed) {
    this(new SplittableRandom(seed));
  }

  private Dice(SplittableRandom random) {
    this.random = random;
  }

  /** Dice of their own, so that throwing one more here changes nothing there. */
  public Dice split() {
    return new Dice(random.split());
  }

  /** Whether something happens that does so in so many of a hundred cases. */
  public boolean chance(double percent) {
    return random.nextDouble() * 100 < percent;
  }

  /** A number from {@code least} to {@code most}, both included. */
  public int between(int least, int most) {
    return random.nextInt(least, most + 1);
  }

  public long between(long least, long most) {
    return random.nextLong(least, most + 1);
  }

  public <T> T pick(List<T> among) {
    return among.get(random.nextInt(among.size()));
  }

  public long anyLong() {
    return random.nextLong();
  }
}
