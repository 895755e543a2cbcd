package dev.headgate.store;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Looks after the runs that are being recorded, on a thread that lives while there are any. */
final class RunFlusher {
  /** Together with the age at which a writer flushes this stays below a second. */
  private static final Duration LOOK_INTERVAL = Duration.ofMillis(200);

  private final Set<RunWriter> writers = new LinkedHashSet<>();
  private @Nullable Thread thread;

  synchronized void add(RunWriter writer) {
    writers.add(writer);
    if (thread == null) {
      thread = Thread.ofPlatform().daemon().name("run-flusher").start(this::run);
    }
  }

  synchronized void remove(RunWriter writer) {
    writers.remove(writer);
  }

  synchronized List<RunWriter> writers() {
    return List.copyOf(writers);
  }

  /** The writers to look at; empty, and the thread given up, if there are none. */
  private synchronized List<RunWriter> round() {
    if (writers.isEmpty()) {
      thread = null;
    }
    return List.copyOf(writers);
  }

  private void run() {
    try {
      for (List<RunWriter> round = round(); !round.isEmpty(); round = round()) {
        for (RunWriter writer : round) {
          tick(writer);
        }
        Thread.sleep(LOOK_INTERVAL);
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts this thread", e);
    }
  }

  private static void tick(RunWriter writer) {
    try {
      writer.tick();
    } catch (StoreException e) {
      // The writer keeps it and throws it at whoever appends or seals next, who can act on it.
      return;
    }
  }
}
