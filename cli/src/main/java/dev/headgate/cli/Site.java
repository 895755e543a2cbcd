package dev.headgate.cli;

import dev.headgate.adapter.git.Lookup;
import dev.headgate.adapter.git.Repository;
import dev.headgate.store.RunRepository;
import dev.headgate.store.SiteLock;
import dev.headgate.store.SiteStore;
import dev.headgate.store.SqliteNative;
import dev.headgate.store.SqliteSiteStore;
import dev.headgate.store.StoreException;
import dev.headgate.store.ZstdNative;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What Headgate keeps of one repository, opened: its folder is {@code headgate} in the folder that
 * all working trees of the repository share. To work on it takes the lock; to look at it does not.
 */
final class Site implements AutoCloseable {
  private static final String DATABASE = "headgate.db";

  /** With {@code --wait}: longer than any gate run; whoever waits can interrupt. */
  private static final Duration LONGEST_WAIT = Duration.ofDays(7);

  private final Repository repository;
  private final SiteStore store;
  private final RunRepository runs;
  private final SiteLock.@Nullable Acquired lock;

  private Site(
      Repository repository,
      SiteStore store,
      RunRepository runs,
      SiteLock.@Nullable Acquired lock) {
    this.repository = repository;
    this.store = store;
    this.runs = runs;
    this.lock = lock;
  }

  /** The repository that the command was called in. */
  static Repository repository(Invocation invocation) {
    prepareNatives(invocation);
    Lookup<Repository> found = Repository.open(invocation.directory());
    return found.or(reason -> {
      throw CommandFailure.usage(reason, "");
    });
  }

  /** Native libraries are unpacked once for each user, not at each start. */
  private static void prepareNatives(Invocation invocation) {
    String cache = invocation.environment().getOrDefault("XDG_CACHE_HOME", "");
    String home = invocation.environment().getOrDefault("HOME", "");
    if (cache.isEmpty() && home.isEmpty()) {
      return;
    }
    Path folder =
        cache.isEmpty() ? Path.of(home, ".cache", "headgate") : Path.of(cache, "headgate");
    try {
      SqliteNative.prepare(folder);
      ZstdNative.prepare(folder);
    } catch (StoreException e) {
      // Without a cache the libraries unpack themselves at each start: slower, nothing else.
      return;
    }
  }

  /** The site of the repository that the command was called in, for looking at only. */
  static Site look(Invocation invocation) {
    Repository repository = repository(invocation);
    Path folder = repository.ownDirectory();
    if (!Files.exists(folder.resolve(DATABASE))) {
      throw CommandFailure.usage(
          "nothing was gated in this repository yet", "`headgate gate BRANCH...` gates branches");
    }
    Path database = folder.resolve(DATABASE);
    return new Site(
        repository,
        SqliteSiteStore.openReadOnly(database),
        RunRepository.openReadOnly(folder, database),
        null);
  }

  /**
   * The site for working on.
   *
   * @param wait whether to wait while another process works on it
   */
  static Site own(Repository repository, Invocation invocation, boolean wait)
      throws InterruptedException {
    Path folder = repository.ownDirectory();
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw CommandFailure.environment(
          "cannot make the folder " + folder + ": " + e, "Headgate keeps its queue there", e);
    }
    SiteLock result = SiteLock.acquire(folder, "headgate gate");
    if (wait && result instanceof SiteLock.HeldBy held) {
      invocation.console().err().println("headgate: waiting for " + held.describe());
      result = SiteLock.waitFor(folder, "headgate gate", LONGEST_WAIT);
    }
    return switch (result) {
      case SiteLock.Acquired lock -> {
        try {
          yield toWorkOn(repository, folder, lock);
        } catch (RuntimeException e) {
          lock.close();
          throw e;
        }
      }
      case SiteLock.HeldBy held ->
          throw CommandFailure.environment(
              "this repository is held by " + held.describe(), "wait for it, or use --wait", null);
    };
  }

  private static Site toWorkOn(Repository repository, Path folder, SiteLock.Acquired lock) {
    SiteStore store = SqliteSiteStore.open(folder.resolve(DATABASE));
    return new Site(repository, store, RunRepository.open(folder, folder.resolve(DATABASE)), lock);
  }

  Repository repository() {
    return repository;
  }

  Path folder() {
    return repository.ownDirectory();
  }

  SiteStore store() {
    return store;
  }

  RunRepository runs() {
    return runs;
  }

  @Override
  public void close() {
    try {
      runs.close();
      store.close();
    } finally {
      if (lock != null) {
        lock.close();
      }
    }
  }
}
