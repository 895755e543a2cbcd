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
import java.util.ArrayList;
import java.util.List;

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
  private final List<SiteLock.Acquired> locks;

  private Site(
      Repository repository, SiteStore store, RunRepository runs, List<SiteLock.Acquired> locks) {
    this.repository = repository;
    this.store = store;
    this.runs = runs;
    this.locks = List.copyOf(locks);
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
        List.of());
  }

  /**
   * The site for working on. It is kept in the first repository; the lock of every one is held, in
   * the order of their folders, so that two commands never wait for each other.
   *
   * @param wait whether to wait while another process works on one of them
   */
  static Site own(List<Repository> repositories, Invocation invocation, boolean wait)
      throws InterruptedException {
    List<Path> folders = repositories.stream().map(Repository::ownDirectory).sorted().toList();
    List<SiteLock.Acquired> locks = new ArrayList<>();
    try {
      for (Path folder : folders) {
        locks.add(lock(folder, invocation, wait));
      }
      return toWorkOn(repositories.getFirst(), locks);
    } catch (RuntimeException | InterruptedException e) {
      locks.forEach(SiteLock.Acquired::close);
      throw e;
    }
  }

  private static SiteLock.Acquired lock(Path folder, Invocation invocation, boolean wait)
      throws InterruptedException {
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
      case SiteLock.Acquired lock -> lock;
      case SiteLock.HeldBy held ->
          throw CommandFailure.environment(
              "this repository is held by " + held.describe(), "wait for it, or use --wait", null);
    };
  }

  private static Site toWorkOn(Repository repository, List<SiteLock.Acquired> locks) {
    Path folder = repository.ownDirectory();
    SiteStore store = SqliteSiteStore.open(folder.resolve(DATABASE));
    return new Site(repository, store, RunRepository.open(folder, folder.resolve(DATABASE)), locks);
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
      locks.forEach(SiteLock.Acquired::close);
    }
  }
}
