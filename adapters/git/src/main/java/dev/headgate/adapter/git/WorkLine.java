package dev.headgate.adapter.git;

import dev.headgate.conduct.EnvironmentException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Consumer;

/** Does work in the order it was given, one piece at a time, on a virtual thread of its own. */
final class WorkLine implements AutoCloseable {
  /** Far more than a gate's window asks for at once. */
  private static final int CAPACITY = 4096;

  private record Piece(
      Runnable work, Consumer<EnvironmentException> failed, Consumer<Throwable> crashed) {}

  private final BlockingQueue<Piece> waiting = new ArrayBlockingQueue<>(CAPACITY);
  private final Thread thread;
  private volatile boolean closed;

  WorkLine(String name) {
    this.thread = Thread.ofVirtual().name(name).start(this::run);
  }

  /**
   * Takes a piece of work.
   *
   * @param failed told if the work finds the machine broken
   * @param crashed told if the work throws anything else: whoever waits for it must hear
   */
  void add(Runnable work, Consumer<EnvironmentException> failed, Consumer<Throwable> crashed) {
    if (closed || !waiting.offer(new Piece(work, failed, crashed))) {
      failed.accept(
          new EnvironmentException(
              closed
                  ? thread.getName() + " have been ended"
                  : thread.getName() + ": " + CAPACITY + " of them wait already"));
    }
  }

  private void run() {
    try {
      while (!closed) {
        Piece piece = waiting.take();
        carryOut(piece);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void carryOut(Piece piece) {
    try {
      piece.work.run();
    } catch (EnvironmentException e) {
      piece.failed.accept(e);
    } catch (RuntimeException | Error e) {
      piece.crashed.accept(e);
    }
  }

  /** Ends the thread after the piece it is at; pieces that wait are dropped. */
  @Override
  public void close() {
    closed = true;
    waiting.clear();
    waiting.offer(new Piece(() -> {}, problem -> {}, bug -> {}));
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
