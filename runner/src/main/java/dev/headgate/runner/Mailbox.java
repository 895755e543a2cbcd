package dev.headgate.runner;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Linearises what reaches the thread that conducts an attempt. Safe for use by any thread. */
final class Mailbox {
  /** Each kind of signal comes at most once, but for one answer to each question asked. */
  private static final int CAPACITY = 32;

  private final BlockingQueue<Signal> signals = new ArrayBlockingQueue<>(CAPACITY);

  /** Adds a signal; throws {@link IllegalStateException} if more came than ever can. */
  void post(Signal signal) {
    signals.add(signal);
  }

  /** The next signal, or null if none comes in that time; no time or less asks without waiting. */
  @Nullable Signal poll(Duration wait) throws InterruptedException {
    return signals.poll(wait.toNanos(), TimeUnit.NANOSECONDS);
  }
}
