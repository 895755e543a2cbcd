package dev.headgate.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** What the child processes of {@link SiteStoreProcessTests} do. */
final class SiteStoreChildren {
  private SiteStoreChildren() {}

  /** The transaction with that number; any two rows tell whether it is whole. */
  static Transaction numbered(long number) {
    return Transaction.builder()
        .event("event " + number)
        .put("count", "first", "" + number)
        .put("count", "last", "" + number)
        .put("item", "" + number, "x".repeat((int) (number * 37 % 5000)))
        .delete("item", "" + (number - 10))
        .effect(number, "do " + number)
        .answered(number - 1)
        .history(new HistoryEntry(Instant.ofEpochSecond(number), "count", "counted", "" + number))
        .build();
  }

  static long count(Snapshot snapshot) {
    return count(snapshot, "first");
  }

  /** The number of the last transaction, after checking that all of it is there. */
  static long wholeCount(SiteStore store) {
    Snapshot snapshot = store.load();
    long count = count(snapshot);
    if (count == 0) {
      return 0;
    }
    long items = snapshot.rows().stream().filter(row -> row.kind().equals("item")).count();
    boolean whole =
        count == count(snapshot, "last")
            && items == Math.min(count, 10)
            && snapshot.outbox().equals(List.of(new StoredEffect(count, "do " + count)));
    if (!whole) {
      throw new IllegalStateException("transaction " + count + " is torn: " + snapshot);
    }
    return count;
  }

  private static long count(Snapshot snapshot, String key) {
    return snapshot.rows().stream()
        .filter(row -> row.kind().equals("count") && row.key().equals(key))
        .mapToLong(row -> Long.parseLong(row.body()))
        .findFirst()
        .orElse(0);
  }

  /** Commits for ever, naming each transaction once it is acknowledged. */
  static final class Committer {
    public static void main(String[] arguments) {
      SiteStore store = SqliteSiteStore.open(Path.of(arguments[0]));
      for (long number = wholeCount(store) + 1; ; number++) {
        store.commit(numbered(number));
        System.out.println(number);
      }
    }
  }

  /** Looks until transaction 200 is there, and says how many different states it saw. */
  static final class Watcher {
    public static void main(String[] arguments) {
      try (SiteStore store = SqliteSiteStore.openReadOnly(Path.of(arguments[0]))) {
        System.out.println("watching");
        long states = 0;
        long last = -1;
        while (last < 200) {
          long now = wholeCount(store);
          states += now == last ? 0 : 1;
          last = now;
        }
        System.out.println(states);
      }
    }
  }

  /**
   * Commits until it no longer can, says why, and goes on after the filler in the same folder is
   * gone (if there is one).
   */
  static final class Filler {
    public static void main(String[] arguments) throws IOException {
      Path folder = Path.of(arguments[0]);
      boolean recovers = Boolean.parseBoolean(arguments[1]);
      Path filler = folder.resolve("filler");
      if (recovers) {
        Files.write(filler, new byte[1 << 20]);
      }
      try (SiteStore store = SqliteSiteStore.open(folder.resolve("headgate.db"))) {
        long number = 1;
        try {
          while (true) {
            store.commit(numbered(number));
            number++;
          }
        } catch (StoreException e) {
          System.out.println(e.getMessage());
        }
        System.out.println(wholeCount(store) == number - 1 ? "whole" : "torn");
        if (recovers) {
          Files.delete(filler);
          store.commit(numbered(number));
          System.out.println(wholeCount(store) == number ? "went on" : "torn");
        }
      }
    }
  }

  /** Opens a store and says what happened. */
  static final class Opener {
    public static void main(String[] arguments) {
      try (SiteStore store = SqliteSiteStore.open(Path.of(arguments[0]))) {
        System.out.println("opened " + wholeCount(store));
      } catch (StoreException e) {
        System.out.println(e.getMessage());
      }
    }
  }

  /** Opens a store with its library from a cache folder, and says how long that took. */
  static final class Starter {
    public static void main(String[] arguments) {
      long begin = System.nanoTime();
      SqliteNative.prepare(Path.of(arguments[0]));
      ZstdNative.prepare(Path.of(arguments[0]));
      long prepared = System.nanoTime();
      SqliteSiteStore.open(Path.of(arguments[1], "first.db")).close();
      long loaded = System.nanoTime();
      SqliteSiteStore.open(Path.of(arguments[1], "second.db")).close();
      long opened = System.nanoTime();
      com.github.luben.zstd.Zstd.compress(new byte[10]);
      long compressed = System.nanoTime();
      System.out.printf(
          "prepare %d us, first open with loading %d us, new store %d us, zstd %d us%n",
          (prepared - begin) / 1000,
          (loaded - prepared) / 1000,
          (opened - loaded) / 1000,
          (compressed - opened) / 1000);
    }
  }
}
