package dev.headgate.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The file behind a {@link SiteLock}. It is never deleted: who waits for a lock on a file that was
 * deleted meanwhile would get a lock that nobody else sees.
 */
final class LockFile {
  /**
   * All locks of this process. POSIX drops every lock a process has on a file when it closes any
   * descriptor of it, so a file that is held here must not even be opened again; and a channel that
   * nobody refers to any more is closed by its cleaner.
   */
  private static final Map<Path, LockFile> HELD = new HashMap<>();

  private static final String FORMAT = "headgate-lock 1";

  /** The holder writes its text within microseconds of getting the lock; this is ample. */
  private static final int TEXT_LOOKS = 10;

  private static final Duration TEXT_LOOK_INTERVAL = Duration.ofMillis(20);

  /** A process's start is told in clock ticks and may seem a little later than it was. */
  private static final Duration START_TOLERANCE = Duration.ofSeconds(2);

  private final Path folder;
  private final FileChannel channel;
  private final SiteLock.HeldBy self;

  private LockFile(Path folder, FileChannel channel, SiteLock.HeldBy self) {
    this.folder = folder;
    this.channel = channel;
    this.self = self;
  }

  static SiteLock acquire(Path folder, String command) {
    try {
      Files.createDirectories(folder);
      Path real = folder.toRealPath();
      synchronized (HELD) {
        LockFile ours = HELD.get(real);
        return ours == null ? acquireFromKernel(real, command) : ours.self;
      }
    } catch (IOException e) {
      throw fault(folder, e);
    }
  }

  private static SiteLock acquireFromKernel(Path folder, String command) throws IOException {
    FileChannel channel =
        FileChannel.open(
            folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    boolean acquired = false;
    try {
      @Nullable FileLock lock = channel.tryLock();
      if (lock == null) {
        return holder(folder);
      }
      SiteLock.HeldBy self =
          new SiteLock.HeldBy(
              ProcessHandle.current().pid(),
              oneLine(command),
              Instant.now().truncatedTo(ChronoUnit.MILLIS));
      writeText(folder, self);
      LockFile file = new LockFile(folder, channel, self);
      HELD.put(folder, file);
      acquired = true;
      return new SiteLock.Acquired(file);
    } finally {
      if (!acquired) {
        channel.close();
      }
    }
  }

  void release() {
    synchronized (HELD) {
      if (HELD.get(folder) != this) {
        return;
      }
      HELD.remove(folder);
      try (channel) {
        Files.deleteIfExists(textFile(folder));
      } catch (IOException e) {
        throw fault(folder, e);
      }
    }
  }

  private static SiteLock.HeldBy holder(Path folder) throws IOException {
    for (int look = 0; look < TEXT_LOOKS; look++) {
      SiteLock.HeldBy named = readText(folder);
      if (named != null && isAlive(named)) {
        return named;
      }
      try {
        Thread.sleep(TEXT_LOOK_INTERVAL);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return SiteLock.HeldBy.UNKNOWN;
      }
    }
    return SiteLock.HeldBy.UNKNOWN;
  }

  /** False for the text of a dead holder, also if its number now belongs to a later process. */
  private static boolean isAlive(SiteLock.HeldBy named) {
    return ProcessHandle.of(named.pid())
        .filter(ProcessHandle::isAlive)
        .map(process ->
            process
                .info()
                .startInstant()
                .map(start -> !start.isAfter(named.since().plus(START_TOLERANCE)))
                .orElse(true))
        .orElse(false);
  }

  private static void writeText(Path folder, SiteLock.HeldBy self) throws IOException {
    Path partial = folder.resolve("lock.holder.new");
    Files.writeString(
        partial, String.join("\n", FORMAT, "" + self.pid(), "" + self.since(), self.command(), ""));
    Files.move(partial, textFile(folder), StandardCopyOption.ATOMIC_MOVE);
  }

  private static SiteLock.@Nullable HeldBy readText(Path folder) throws IOException {
    if (!Files.exists(textFile(folder))) {
      return null;
    }
    List<String> lines = Files.readAllLines(textFile(folder));
    if (lines.size() < 4 || !lines.get(0).equals(FORMAT)) {
      return null;
    }
    try {
      return new SiteLock.HeldBy(
          Long.parseLong(lines.get(1)), lines.get(3), Instant.parse(lines.get(2)));
    } catch (NumberFormatException | DateTimeParseException e) {
      // A text that cannot be read names nobody; whether the lock is held is the kernel's word.
      return null;
    }
  }

  private static Path textFile(Path folder) {
    return folder.resolve("lock.holder");
  }

  private static String oneLine(String command) {
    return command.replaceAll("\\R", " ");
  }

  private static StoreException fault(Path folder, IOException cause) {
    String said = FileFaults.describe(cause);
    String advice =
        FileFaults.isFull(said)
            ? FileFaults.FREE_SPACE
            : "it must be a folder on a file system with locks that this user can write";
    return new StoreException(
        "cannot lock the site folder " + folder + ": " + said + "; " + advice, cause);
  }
}
