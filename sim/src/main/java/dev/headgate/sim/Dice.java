package dev.headgate.sim;

import java.util.List;
import java.util.SplittableRandom;

/**
 * All chance in a world comes from here: from a seed alone, or from what was thrown before. For one
 * thread.
 */
public final class Dice {
  private final Source source;

  /** Throws dice. */
  private interface Source {
    boolean chance(double percent);

    /** A number from 0 on and below a bound. */
    int below(int bound);

    long below(long bound);

    long any();

    Source split();
  }

  public Dice(long seed) {
    this(new Chance(new SplittableRandom(seed)));
  }

  private Dice(Source source) {
    this.source = source;
  }

  /** Dice whose throws, and those of all dice split from them, are noted in order. */
  static Dice noted(long seed, Throws throwing) {
    return new Dice(new Noted(new Chance(new SplittableRandom(seed)), throwing));
  }

  /** Dice that fall as noted, and then always on the least. */
  static Dice loaded(Throws thrown) {
    return new Dice(new Loaded(thrown));
  }

  /** Dice of their own, so that throwing one more here changes nothing there. */
  public Dice split() {
    return new Dice(source.split());
  }

  /** Whether something happens that does so in so many of a hundred cases. */
  public boolean chance(double percent) {
    return source.chance(percent);
  }

  /** A number from {@code least} to {@code most}, both included. */
  public int between(int least, int most) {
    return least + source.below(most + 1 - least);
  }

  public long between(long least, long most) {
    return least + source.below(most + 1 - least);
  }

  public <T> T pick(List<T> among) {
    return among.get(source.below(among.size()));
  }

  public long anyLong() {
    return source.any();
  }

  private record Chance(SplittableRandom random) implements Source {
    @Override
    public boolean chance(double percent) {
      return random.nextDouble() * 100 < percent;
    }

    @Override
    public int below(int bound) {
      return random.nextInt(bound);
    }

    @Override
    public long below(long bound) {
      return random.nextLong(bound);
    }

    @Override
    public long any() {
      return random.nextLong();
    }

    @Override
    public Source split() {
      return new Chance(random.split());
    }
  }

  private record Noted(Source source, Throws noted) implements Source {
    @Override
    public boolean chance(double percent) {
      boolean happens = source.chance(percent);
      noted.add(happens ? 1 : 0);
      return happens;
    }

    @Override
    public int below(int bound) {
      int number = source.below(bound);
      noted.add(number);
      return number;
    }

    @Override
    public long below(long bound) {
      return noted.add(source.below(bound));
    }

    @Override
    public long any() {
      return noted.add(source.any());
    }

    @Override
    public Source split() {
      return new Noted(source.split(), noted);
    }
  }

  private record Loaded(Throws thrown) implements Source {
    @Override
    public boolean chance(double percent) {
      boolean happens = thrown.next() != 0;
      return percent >= 100 || (happens && percent > 0);
    }

    @Override
    public int below(int bound) {
      return (int) below((long) bound);
    }

    @Override
    public long below(long bound) {
      return Math.floorMod(thrown.next(), bound);
    }

    @Override
    public long any() {
      return thrown.next();
    }

    @Override
    public Source split() {
      return this;
    }
  }
}
