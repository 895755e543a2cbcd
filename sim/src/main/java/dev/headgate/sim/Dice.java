package dev.headgate.sim;

import java.util.List;
import java.util.SplittableRandom;

/** All chance in a world comes from here, and from the seed alone. For one thread. */
final class Dice {
  private final SplittableRandom random;

  Dice(long seed) {
    this(new SplittableRandom(seed));
  }

  private Dice(SplittableRandom random) {
    this.random = random;
  }

  /** Dice of their own, so that throwing one more here changes nothing there. */
  Dice split() {
    return new Dice(random.split());
  }

  /** Whether something happens that does so in so many of a hundred cases. */
  boolean chance(double percent) {
    return random.nextDouble() * 100 < percent;
  }

  /** A number from {@code least} to {@code most}, both included. */
  int between(int least, int most) {
    return random.nextInt(least, most + 1);
  }

  long between(long least, long most) {
    return random.nextLong(least, most + 1);
  }

  <T> T pick(List<T> among) {
    return among.get(random.nextInt(among.size()));
  }

  long anyLong() {
    return random.nextLong();
  }
}
