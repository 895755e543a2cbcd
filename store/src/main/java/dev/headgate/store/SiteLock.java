package dev.headgate.store;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/**
 * Who may work on a site: one process at a time. The lock is the kernel's, so it ends with its
 * process, however that dies; the text that names the holder lies beside it and is only for people.
 */
public sealed interface SiteLock {
  /** How often a waiting process looks again; a person does not notice, a disk neither. */
  Duration POLL_INTERVAL = Duration.ofMillis(100);

  /**
   * Takes the lock of a site if nobody has it. Two callers of one process exclude each other too.
   *
   * @param folder the site's folder, made if it is not there
   * @param command what holds it, in words for whoever finds it held
   * @throws StoreException if the folder cannot be written or its file system has no locks
   */
  static SiteLock acquire(Path folder, String command) {
    return LockFile.acquire(folder, command);
  }

  /**
   * Takes the lock, waiting for its holder to end.
   *
   * @param patience how long to wait at most; zero or less looks once
   * @return {@link HeldBy} if it was held all that time
   * @throws InterruptedException if this thread was interrupted; the lock is then not taken
   */
  static SiteLock waitFor(Path folder, String command, Duration patience)
      throws InterruptedException {
    long begin = System.nanoTime();
    while (true) {
      SiteLock attempt = acquire(folder, command);
      Duration left = patience.minusNanos(System.nanoTime() - begin);
      if (attempt instanceof Acquired || !left.isPositive()) {
        return attempt;
      }
      Thread.sleep(left.compareTo(POLL_INTERVAL) < 0 ? left : POLL_INTERVAL);
    }
  }

  /** The lock is ours until it is closed or this process ends. Closing twice does nothing more. */
  final class Acquired implements SiteLock, AutoCloseable {
    private final LockFile file;

    Acquired(LockFile file) {
      this.file = file;
    }

    @Override
    public void close() {
      file.release();
    }
  }

  /**
   * Another process, or another part of this one, has the lock.
   *
   * @param pid the holder's process id; 0 if it is not known (it is just starting, or runs in a
   *     container whose processes cannot be seen)
   * @param command what it said it is; empty if not known
   * @param since when it took the lock; {@link Instant#EPOCH} if not known
   */
  record HeldBy(long pid, String command, Instant since) implements SiteLock {
    static final HeldBy UNKNOWN = new HeldBy(0, "", Instant.EPOCH);

    /** Who holds it, in words that follow "held by". */
    public String describe() {
      return pid == 0
          ? "a process that cannot be seen from here"
          : "`" + command + "` (process " + pid + ", since " + since + ")";
    }
  }
}
