package dev.headgate.store;

import java.util.List;

/**
 * The memory of one site's machines: what was committed survives any crash, nothing else does.
 *
 * <p>It is made for one loop that owns the site; calls from other threads wait their turn. Every
 * method throws {@link StoreException} if the disk or the file is at fault, and {@link
 * IllegalStateException} after {@link #close()}.
 */
public interface SiteStore extends AutoCloseable {
  /**
   * How many ids of committed events are remembered, the newest first. An event that comes again
   * after that many others is no longer recognised; a port that repeats an answer does so within
   * seconds, and a busy site commits a few hundred events a minute, so this is hours of memory at
   * about 10 MB.
   */
  int EVENT_IDS_KEPT = 100_000;

  /**
   * Everything a restart needs.
   *
   * @return rows by kind, then key (in the order of code points); unanswered effects by id
   */
  Snapshot load();

  /** Whether an event with that id is among the {@value #EVENT_IDS_KEPT} newest committed ones. */
  boolean seen(String eventId);

  /**
   * Makes a transaction true, whole or not at all; it is on disk when this returns. The order
   * within: deletes, puts (the last of several for one key wins), effects, answered, history.
   * Deleting a row or answering an effect that is not there changes nothing, so that a late answer
   * does no harm.
   *
   * @throws IllegalStateException if an event of it was committed before, or an effect's id is
   *     still in the outbox: the caller would do something twice; nothing is changed
   * @throws StoreException if it cannot be written; nothing is changed
   */
  void commit(Transaction transaction);

  /** What happened to a subject, oldest first; empty if nothing is known of it. */
  List<HistoryEntry> history(String subject);

  /**
   * The newest facts of all subjects, newest first.
   *
   * @param limit at most so many, at least 0
   */
  List<HistoryEntry> recentHistory(int limit);

  /** Ends the use of this store; what was committed stays. Closing twice does nothing more. */
  @Override
  void close();
}
