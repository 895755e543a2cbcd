package dev.headgate.sim;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Runs many histories, one seed after another, over several threads. Each is decided by its seed
 * alone, so their number and the threads change nothing in any of them.
 */
public final class Histories {
  /** Enough to see whether they break for one reason or many. */
  private static final int BROKEN_KEPT = 5;

  private Histories() {}

  /**
   * What came of them.
   *
   * @param histories how many were run
   * @param counts how often each thing happened, by its name in words
   * @param broken the broken ones' messages, lowest seed first, at most {@value #BROKEN_KEPT}; each
   *     names its seed
   * @param took by the clock on the wall
   */
  public record Summary(
      long histories, Map<String, Long> counts, List<String> broken, Duration took) {
    public Summary {
      broken = List.copyOf(broken);
    }

    /** As lines of text for a person, one number each. */
    public String text() {
      StringBuilder text = new StringBuilder();
      text.append("%,d histories in %.1f s%n".formatted(histories, took.toMillis() / 1000.0));
      counts.forEach((name, count) -> text.append("%,14d  %s%n".formatted(count, name)));
      text.append("%,14d  broken%n".formatted(broken.size()));
      broken.forEach(message -> text.append(System.lineSeparator()).append(message));
      return text.toString();
    }
  }

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
    Tally tally = new Tally();
    TreeMap<Long, String> broken = new TreeMap<>();
    long histories = 0;
    for (Runner runner : runners) {
      runner.thread.join();
      tally.add(runner.tally);
      broken.putAll(runner.broken);
      histories += runner.histories;
    }
    return new Summary(
        histories,
        tally.byName(),
        broken.values().stream().limit(BROKEN_KEPT).toList(),
        Duration.ofNanos(System.nanoTime() - began));
  }

  private static final class Runner implements Runnable {
    final Thread thread = new Thread(this, "histories");
    final Tally tally = new Tally();
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
        Result result = Simulation.run(firstSeed + i);
        tally.add(result.tally());
        histories++;
        result.broken().ifPresent(message -> broken.put(result.seed(), message));
        if (broken.size() >= BROKEN_KEPT) {
          next.set(count);
        }
      }
    }
  }

  /**
   * Runs histories from the command line: the first seed, then how many.
   *
   * @param arguments two numbers, both optional: 1 and 10000
   */
  public static void main(String[] arguments) throws InterruptedException {
    PrintStream out = System.out;
    long firstSeed = arguments.length > 0 ? Long.parseLong(arguments[0]) : 1;
    long count = arguments.length > 1 ? Long.parseLong(arguments[1]) : 10_000;
    Summary summary = run(firstSeed, count, Runtime.getRuntime().availableProcessors());
    out.print(summary.text());
    if (!summary.broken().isEmpty()) {
      System.exit(1);
    }
  }
}
