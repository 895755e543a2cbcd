package dev.headgate.sim;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Plays what many seeds stand for, one seed after another, over several threads. Each history is
 * decided by its seed alone, so their number and the threads change nothing in any of them.
 *
 * @param <B> what is told of a broken history
 */
public final class Seeds<B> {
  /** Enough to see whether they break for one reason or many. */
  public static final int BROKEN_KEPT = 5;

  /** Ten thousand times as long as a history takes: it will not end. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final long GLANCE_MILLIS = 100;

  private final Supplier<? extends Player<B>> players;
  private final Function<Endless, B> endless;
  private final Duration patience;

  /** What plays histories one after another, on one thread. */
  public interface Player<B> {
    /**
     * Plays the history of a seed: what broke in it, empty if nothing did.
     *
     * @param alive to be run now and then if it takes long because there is much to do
     */
    Optional<B> play(long seed, Runnable alive);

    /** How often each thing has happened, by its name in words. */
    Map<String, Long> counts();
  }

  /**
   * A history that went on and on.
   *
   * @param stack where its thread was when that was noticed, a line each
   */
  public record Endless(long seed, String stack) {
    /** What is wrong with it, in words. */
    public String how() {
      return "it has not ended after " + PATIENCE.toSeconds() + " s; it is at\n" + stack;
    }
  }

  /**
   * What came of them.
   *
   * @param histories how many were played to their end
   * @param counts how often each thing happened, by its name in words
   * @param broken the broken ones, lowest seed first; at most {@value Seeds#BROKEN_KEPT}
   * @param took by the clock on the wall
   */
  public record Summary<B>(
      long histories, Map<String, Long> counts, List<B> broken, Duration took) {
    public Summary {
      broken = List.copyOf(broken);
    }

    /** As lines of text for a person, one number each; what is broken is counted only. */
    public String text() {
      StringBuilder text = new StringBuilder();
      text.append("%,d histories in %.1f s%n".formatted(histories, took.toMillis() / 1000.0));
      counts.forEach((name, count) -> text.append("%,14d  %s%n".formatted(count, name)));
      text.append("%,14d  broken%n".formatted(broken.size()));
      return text.toString();
    }
  }

  /**
   * Plays histories.
   *
   * @param players makes one for each thread
   * @param endless what is told of a history that does not end
   */
  public Seeds(Supplier<? extends Player<B>> players, Function<Endless, B> endless) {
    this(players, endless, PATIENCE);
  }

  Seeds(Supplier<? extends Player<B>> players, Function<Endless, B> endless, Duration patience) {
    this.players = players;
    this.endless = endless;
    this.patience = patience;
  }

  /**
   * Plays the histories of the seeds from {@code first} on. Ends early when some broke. One that
   * does not end is left to its thread, which keeps nobody from exiting.
   *
   * @param count how many, at least 0
   * @param threads at least 1
   */
  public Summary<B> play(long first, long count, int threads) throws InterruptedException {
    long began = System.nanoTime();
    AtomicLong next = new AtomicLong(first);
    List<Line> lines = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      Line line = new Line(players.get(), next, first + count);
      lines.add(line);
      line.thread.start();
    }
    Map<String, Long> counts = new LinkedHashMap<>();
    TreeMap<Long, B> broken = new TreeMap<>();
    long histories = 0;
    for (Line line : lines) {
      Endless left = line.awaited(patience);
      if (left == null) {
        line.player.counts().forEach((name, many) -> counts.merge(name, many, Long::sum));
        broken.putAll(line.broken);
        histories += line.histories;
      } else {
        next.set(first + count);
        broken.put(left.seed, endless.apply(left));
      }
    }
    return new Summary<>(
        histories,
        counts,
        broken.values().stream().limit(BROKEN_KEPT).toList(),
        Duration.ofNanos(System.nanoTime() - began));
  }

  /** One thread's share. */
  private final class Line implements Runnable {
    final Thread thread = new Thread(this, "histories");
    final Player<B> player;
    final Map<Long, B> broken = new TreeMap<>();
    long histories;
    private final AtomicLong next;
    private final long end;
    private volatile long seed;
    private volatile long since = System.nanoTime();

    Line(Player<B> player, AtomicLong next, long end) {
      this.player = player;
      this.next = next;
      this.end = end;
      thread.setDaemon(true);
    }

    @Override
    public void run() {
      for (long at = next.getAndIncrement(); at < end; at = next.getAndIncrement()) {
        seed = at;
        alive();
        player.play(at, this::alive).ifPresent(how -> broken.put(seed, how));
        histories++;
        if (broken.size() >= BROKEN_KEPT) {
          next.set(end);
        }
      }
    }

    private void alive() {
      since = System.nanoTime();
    }

    /**
     * Waits for it; returns what it does not come to the end of, null if it has ended. Time is
     * counted in glances, so that none passes while the whole process is stopped.
     */
    @Nullable Endless awaited(Duration patience) throws InterruptedException {
      long seen = since;
      long waited = 0;
      while (true) {
        thread.join(GLANCE_MILLIS);
        if (!thread.isAlive()) {
          return null;
        }
        waited = since == seen ? waited + GLANCE_MILLIS : 0;
        seen = since;
        if (waited >= patience.toMillis()) {
          StringBuilder stack = new StringBuilder();
          for (StackTraceElement frame : thread.getStackTrace()) {
            stack.append("  ").append(frame).append('\n');
          }
          return new Endless(seed, stack.toString());
        }
      }
    }
  }
}
