package dev.headgate.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The wish that the command ends before it is done: Ctrl-C, SIGTERM or SIGHUP.
 *
 * <p>Thread-safe. A shutdown hook hears the signal and runs the action that the command gave; the
 * command puts things in order and returns its exit code, with which the hook then halts the
 * process. (The JVM alone would end with 128 + signal.)
 */
final class Interruption {
  /** What a command gets to stop its builds and to note where it was; a user waits no longer. */
  static final Duration GRACE = Duration.ofSeconds(20);

  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile Runnable action;
  private volatile boolean requested;
  private volatile ExitCode result = ExitCode.INTERRUPTED;

  /**
   * An interruption that hears no signals.
   *
   * @param action what {@link #request} runs until a command says otherwise
   */
  Interruption(Runnable action) {
    this.action = action;
  }

  /** An interruption that hears the signals of this process and interrupts the calling thread. */
  static Interruption ofProcess() {
    Interruption interruption = new Interruption(Thread.currentThread()::interrupt);
    Thread hook = new Thread(interruption::endProcess, "headgate-interruption");
    Runtime.getRuntime().addShutdownHook(hook);
    return interruption;
  }

  /** Whether the command should end. */
  boolean requested() {
    return requested;
  }

  /**
   * Has the action run, in place of the one before, when the command should end; at once if it
   * should already. The action is short (it wakes a loop and does not wait for it), may run on any
   * thread, and may run twice.
   */
  void handleWith(Runnable action) {
    // Set before asking: a request in between runs the action twice rather than never.
    this.action = action;
    if (requested) {
      action.run();
    }
  }

  /** Asks the command to end. */
  void request() {
    requested = true;
    action.run();
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
            "headgate: interrupted; the command did not stop within " + GRACE.toSeconds() + " s");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().halt(result.status());
  }
}
