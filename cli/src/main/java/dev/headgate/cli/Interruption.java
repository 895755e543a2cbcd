package dev.headgate.cli;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The wish that the command ends before it is done: Ctrl-C, SIGTERM or SIGHUP.
 *
 * <p>Thread-safe. A shutdown hook hears the signal; the thread that runs the command is
 * interrupted, puts things in order and returns its exit code, with which the hook then halts the
 * process. (The JVM alone would end with 128 + signal.)
 */
final class Interruption {
  /**
   * What a command gets to stop its builds and to write down where it was; a user waits no longer.
   */
  static final Duration GRACE = Duration.ofSeconds(20);

  private final CountDownLatch ended = new CountDownLatch(1);
  private final List<Runnable> actions = new CopyOnWriteArrayList<>();
  private volatile boolean requested;
  private volatile ExitCode result = ExitCode.INTERRUPTED;

  /** An interruption that hears the signals of this process and interrupts the calling thread. */
  static Interruption ofProcess() {
    Interruption interruption = new Interruption();
    interruption.onRequest(Thread.currentThread()::interrupt);
    Thread hook = new Thread(interruption::endProcess, "headgate-interruption");
    Runtime.getRuntime().addShutdownHook(hook);
    return interruption;
  }

  /** Whether the command should end. */
  boolean requested() {
    return requested;
  }

  /**
   * Has the action run when the command should end, on a thread of its own; at once if it should
   * already. Actions are short: they wake a loop, they do not wait for it.
   */
  void onRequest(Runnable action) {
    // Added before asking, so that a request in between runs it at least once; actions are
    // idempotent.
    actions.add(action);
    if (requested) {
      action.run();
    }
  }

  /** Asks the command to end. */
  void request() {
    requested = true;
    actions.forEach(Runnable::run);
  }

  /** The command is over and its output flushed; from now on a signal changes nothing. */
  void commandEnded(ExitCode exitCode) {
    result = exitCode;
    ended.countDown();
  }

  private void endProcess() {
    if (ended.getCount() == 0) {
      return;
    }
    request();
    try {
      if (!ended.await(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
        System.err.println(
            "headgate: interrupted; gave up waiting after " + GRACE.toSeconds() + " s");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().halt(result.status());
  }
}
