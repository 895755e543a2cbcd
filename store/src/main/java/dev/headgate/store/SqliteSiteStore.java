package dev.headgate.store;

import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A store in one SQLite file: write-ahead log, synced at every commit. While one process writes,
 * others may read through {@link #openReadOnly}.
 */
public final class SqliteSiteStore implements SiteStore {
  private final Database database;
  private final int eventIdsKept;
  private final boolean readOnly;

  private SqliteSiteStore(Database database, int eventIdsKept, boolean readOnly) {
    this.database = database;
    this.eventIdsKept = eventIdsKept;
    this.readOnly = readOnly;
  }

  /**
   * Opens a store for its owner, who holds the site's lock.
   *
   * @param file made, with its folder, if it is not there; an older schema is upgraded
   * @throws StoreException if it cannot be written, is damaged, or was written by a newer headgate
   */
  public static SqliteSiteStore open(Path file) {
    return open(file, EVENT_IDS_KEPT, Database.BUSY_PATIENCE);
  }

  static SqliteSiteStore open(Path file, int eventIdsKept, Duration busyPatience) {
    return new SqliteSiteStore(Database.open(file, busyPatience), eventIdsKept, false);
  }

  /**
   * Opens a store to look at it, whoever owns it; {@link #commit} is refused.
   *
   * @throws StoreException if it is not there, cannot be read, or was written by a newer headgate
   */
  public static SqliteSiteStore openReadOnly(Path file) {
    return new SqliteSiteStore(
        Database.openReadOnly(file, Database.BUSY_PATIENCE), EVENT_IDS_KEPT, true);
  }

  @Override
  public synchronized Snapshot load() {
    requireOpen();
    return database.snapshot(() ->
        new Snapshot(
            database.rows(
                "SELECT kind, name, body FROM site_row ORDER BY kind, name",
                select -> {},
                row -> new StoredRow(row.getString(1), row.getString(2), row.getString(3))),
            database.rows(
                "SELECT id, body FROM outbox ORDER BY id",
                select -> {},
                row -> new StoredEffect(row.getLong(1), row.getString(2)))));
  }

  @Override
  public synchronized boolean seen(String eventId) {
    requireOpen();
    return !database
        .read(
            "SELECT 1 FROM seen_event WHERE event_id = ?",
            select -> select.setString(1, eventId),
            row -> row.getInt(1))
        .isEmpty();
  }

  @Override
  public synchronized void commit(Transaction transaction) {
    requireOpen();
    if (readOnly) {
      throw new IllegalStateException("the store was opened to read only");
    }
    database.transaction(
        "write",
        () -> {
          remember(transaction.eventIds());
          writeRows(transaction);
          writeOutbox(transaction);
          appendHistory(transaction.history());
        });
  }

  private void remember(List<String> eventIds) throws SQLException {
    for (String id : eventIds) {
      int added =
          database.update(
              "INSERT INTO seen_event (event_id) VALUES (?) ON CONFLICT DO NOTHING",
              insert -> insert.setString(1, id));
      if (added == 0) {
        throw Refusals.eventCommittedBefore(id);
      }
    }
    if (!eventIds.isEmpty()) {
      database.update(
          "DELETE FROM seen_event WHERE seq <= (SELECT max(seq) FROM seen_event) - ?",
          delete -> delete.setInt(1, eventIdsKept));
    }
  }

  private void writeRows(Transaction transaction) throws SQLException {
    for (RowKey key : transaction.deletes()) {
      database.update(
          "DELETE FROM site_row WHERE kind = ? AND name = ?",
          delete -> {
            delete.setString(1, key.kind());
            delete.setString(2, key.key());
          });
    }
    for (StoredRow row : transaction.puts()) {
      database.update(
          "INSERT INTO site_row (kind, name, body) VALUES (?, ?, ?)"
              + " ON CONFLICT (kind, name) DO UPDATE SET body = excluded.body",
          put -> {
            put.setString(1, row.kind());
            put.setString(2, row.key());
            put.setString(3, row.body());
          });
    }
  }

  private void writeOutbox(Transaction transaction) throws SQLException {
    for (StoredEffect effect : transaction.effects()) {
      int added =
          database.update(
              "INSERT INTO outbox (id, body) VALUES (?, ?) ON CONFLICT DO NOTHING",
              insert -> {
                insert.setLong(1, effect.id());
                insert.setString(2, effect.body());
              });
      if (added == 0) {
        throw Refusals.effectStillUnanswered(effect.id());
      }
    }
    for (long id : transaction.answered()) {
      database.update("DELETE FROM outbox WHERE id = ?", delete -> delete.setLong(1, id));
    }
  }

  private void appendHistory(List<HistoryEntry> entries) throws SQLException {
    for (HistoryEntry entry : entries) {
      database.update(
          "INSERT INTO history (at, subject, kind, body) VALUES (?, ?, ?, ?)",
          insert -> {
            insert.setString(1, entry.at().toString());
            insert.setString(2, entry.subject());
            insert.setString(3, entry.kind());
            insert.setString(4, entry.body());
          });
    }
  }

  @Override
  public synchronized List<HistoryEntry> history(String subject) {
    requireOpen();
    return database.read(
        "SELECT at, subject, kind, body FROM history WHERE subject = ? ORDER BY seq",
        select -> select.setString(1, subject),
        SqliteSiteStore::historyEntry);
  }

  @Override
  public synchronized List<HistoryEntry> recentHistory(int limit) {
    requireOpen();
    Refusals.requireLimit(limit);
    return database.read(
        "SELECT at, subject, kind, body FROM history ORDER BY seq DESC LIMIT ?",
        select -> select.setInt(1, limit),
        SqliteSiteStore::historyEntry);
  }

  private static HistoryEntry historyEntry(ResultSet row) throws SQLException {
    return new HistoryEntry(
        Instant.parse(row.getString(1)), row.getString(2), row.getString(3), row.getString(4));
  }

  @Override
  public synchronized void close() {
    database.close();
  }

  private void requireOpen() {
    if (database.isClosed()) {
      throw Refusals.closed();
    }
  }
}
