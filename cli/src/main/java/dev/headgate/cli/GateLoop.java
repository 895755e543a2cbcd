package dev.headgate.cli;

import dev.headgate.conduct.Conductor;
import dev.headgate.conduct.Envelope;
import dev.headgate.gate.Event;
import dev.headgate.gate.ItemState;
import dev.headgate.gate.Row;
import dev.headgate.model.Change;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Turns the conductor until nothing is left to do. It has a thread of its own, which nobody
 * interrupts: an interrupt in the midst of a commit or of a git process would break what it is to
 * protect.
 */
final class GateLoop {
  /** How often the display may move. */
  private static final Duration TICK = Duration.ofMillis(100);

  /**
   * How often branches are looked at for moves by someone else's hand; a look costs one git
   * process.
   */
  private static final Duration LOOK = Duration.ofSeconds(1);

  private final Conductor conductor;
  private final Board board;
  private final Runnable lookOutside;
  private final Clock clock;
  private final AtomicBoolean withdraw = new AtomicBoolean();
  private volatile @Nullable Throwable failure;

  GateLoop(Conductor conductor, Board board, Runnable lookOutside, Clock clock) {
    this.conductor = conductor;
    this.board = board;
    this.lookOutside = lookOutside;
    this.clock = clock;
  }

  /**
   * Runs until everything is decided and has ended, or, once the interruption is requested, until
   * what has not landed is withdrawn and nothing runs any more.
   */
  void run(Interruption interruption) {
    Thread thread = new Thread(this::turnToTheEnd, "headgate-gate");
    thread.start();
    interruption.handleWith(() -> withdraw.set(true));
    boolean joined = false;
    while (!joined) {
      try {
        thread.join();
        joined = true;
      } catch (InterruptedException e) {
        // The request above is the message; the loop still has to put things in order.
        withdraw.set(true);
      }
    }
    rethrow(failure);
  }

  private static void rethrow(@Nullable Throwable problem) {
    switch (problem) {
      case null -> {}
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      default -> throw new IllegalStateException(problem);
    }
  }

  private void turnToTheEnd() {
    try {
      Instant nextLook = clock.instant();
      while (!conductor.isIdle()) {
        if (withdraw.getAndSet(false)) {
          withdrawAll();
        }
        Instant now = clock.instant();
        if (!now.isBefore(nextLook)) {
          if (!isLanding()) {
            lookOutside.run();
          }
          nextLook = now.plus(LOOK);
        }
        conductor.await(TICK);
        conductor.turn(clock.instant());
        board.tick();
      }
      conductor.flush();
    } catch (InterruptedException | RuntimeException | Error e) {
      failure = e;
    }
  }

  /** While a branch is being moved by us, a look at it cannot tell our move from another's. */
  private boolean isLanding() {
    return conductor.gate().rows().stream()
        .anyMatch(row -> row instanceof Row.Item item && item.state() == ItemState.LANDING);
  }

  private void withdrawAll() {
    for (Row row : conductor.gate().rows()) {
      if (row instanceof Row.Item item) {
        for (Change change : item.changes()) {
          conductor.offer(new Envelope("", new Event.Dequeued(change.id(), "interrupted")));
        }
      }
    }
  }
}
