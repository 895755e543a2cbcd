package dev.headgate.sim.machine;

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
   * @param broken the broken ones' messages, lowest seed first, shrunk; at most {@value
   *     #BROKEN_KEPT}
   */
  public record Summary(long histories, Map<String, Long> counts, List<String> broken) {}

  /**
   * Runs the histories of the seeds from {@code firstSeed} on. Ends early when some broke.
   *
   * @param count how many, at least 0
   * @param threads at least 1
   */
  public static Summary run(long firstSeed, long count, int threads) throws InterruptedException {
    AtomicLong next = new AtomicLong();
    List<Runner> runners = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      Runner runner = new Runner(firstSeed, count, next);
      runners.add(runner);
      runner.thread.start();
    }
    Counts counts = new Counts();
    TreeMap<Long, String> broken = new TreeMap<>();
    long histories = 0;
    for (Runner runner : runners) {
      runner.thread.join();
      counts.add(runner.counts);
      broken.putAll(runner.broken);
      histories += runner.histories;
    }
    return new Summary(
        histories, counts.byName(), broken.values().stream().limit(BROKEN_KEPT).toList());
  }

  /** What a broken history looks like to a person: its seed, its fewest decisions, its story. */
  static String told(Outcome broken, Twist twist) {
    History fewest = new Shrinking(twist).shrunk(broken.history());
    Outcome again = Course.run(fewest, twist, true);
    StringBuilder text = new StringBuilder();
    text.append("machine history, seed ").append(fewest.seed()).append(": ");
    text.append(again.broken().orElse("")).append('\n');
    text.append(fewest.setup().settings().getFirst()).append('\n');
    fewest.decisions().forEach(decision -> text.append("  ").append(decision).append('\n'));
    again.story().forEach(line -> text.append(line).append('\n'));
    return text.toString();
  }

  private static final class Runner implements Runnable {
    final Thread thread = new Thread(this, "machine histories");
    final Counts counts = new Counts();
    final Map<Long, String> broken = new TreeMap<>();
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
          broken.put(firstSeed + i, told(outcome, Twist.NONE));
        }
        if (broken.size() >= BROKEN_KEPT) {
          next.set(count);
        }
      }
    }
  }
}
