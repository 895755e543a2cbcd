package dev.headgate.sim.machine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;

/** Runs the histories of many seeds over several threads; their number changes none of them. */
public final class MachineHistories {
  private static final int BROKEN_KEPT = 5;

  private MachineHistories() {}

  /**
   * What came of them.
   *
   * @param counts how often each thing happened
   * @param broken the broken ones, lowest seed first; at most {@value #BROKEN_KEPT}
   * @param took by the clock on the wall
   */
  public record Summary(
      long histories, Map<String, Long> counts, List<Broken> broken, Duration took) {
    public Summary {
      broken = List.copyOf(broken);
    }
  }

  /**
   * A history that broke an invariant, with the fewest decisions that still break it.
   *
   * @param how the invariant, and what broke it
   * @param file the text of a {@link HistoryFile}
   */
  public record Broken(long seed, String how, String file) {}

  /**
   * Runs the histories of the seeds from {@code firstSeed} on. Ends early when some broke.
   *
   * @param count how many, at least 0
   * @param threads at least 1
   */
  public static Summary run(long firstSeed, long count, int threads) throws InterruptedException {
    long began = System.nanoTime();
    AtomicLong next = new AtomicLong();
    List<Runner> runners = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      Runner runner = new Runner(firstSeed, count, next);
      runners.add(runner);
      runner.thread.start();
    }
    Counts counts = new Counts();
    TreeMap<Long, Broken> broken = new TreeMap<>();
    long histories = 0;
    for (Runner runner : runners) {
      runner.thread.join();
      counts.add(runner.counts);
      broken.putAll(runner.broken);
      histories += runner.histories;
    }
    return new Summary(
        histories,
        counts.byName(),
        broken.values().stream().limit(BROKEN_KEPT).toList(),
        Duration.ofNanos(System.nanoTime() - began));
  }

  /** A broken history with its fewest decisions. */
  static Broken shrunk(Outcome broken, Twist twist) {
    History fewest = new Shrinking(twist).shrunk(broken.history());
    Outcome again = Course.run(fewest, twist, true);
    String how = again.broken().orElseThrow();
    return new Broken(fewest.seed(), how, HistoryFile.written(fewest, how, again.story()));
  }

  /** A digest of all that happens in the history of a seed. */
  static long fingerprint(long seed) {
    return Course.run(Draw.history(seed), Twist.NONE, true).fingerprint();
  }

  private static final class Runner implements Runnable {
    final Thread thread = new Thread(this, "machine histories");
    final Counts counts = new Counts();
    final Map<Long, Broken> broken = new TreeMap<>();
    long histories;
    private final long firstSeed;
    private final long count;
    private final AtomicLong next;

    Runner(long firstSeed, long count, AtomicLong next) {
      this.firstSeed = firstSeed;
      this.count = count;
      this.next = next;
    }

    @Override
    public void run() {
      for (long i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
        Outcome outcome = Course.run(Draw.history(firstSeed + i), Twist.NONE, false);
        counts.add(outcome.counts());
        histories++;
        if (outcome.broken().isPresent()) {
          broken.put(firstSeed + i, shrunk(outcome, Twist.NONE));
        }
        if (broken.size() >= BROKEN_KEPT) {
          next.set(count);
        }
      }
    }
  }
}
