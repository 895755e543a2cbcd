package dev.headgate.store;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * The tables, version by version.
 *
 * <p>A version only expands: it adds tables, columns and indexes, so that a program that knows only
 * the version before still works beside it. What is no longer used is dropped at the earliest one
 * release later, by a version whose {@code oldestProgram} locks out those that used it. A released
 * version is never edited.
 */
final class Schema {
  /**
   * One step.
   *
   * @param version counts from 1 without gaps
   * @param oldestProgram the oldest schema version whose program can still use the tables
   * @param statements SQL, run in order in one transaction
   */
  private record Migration(int version, int oldestProgram, List<String> statements) {}

  private record Stand(int version, int oldestProgram) {}

  private static final List<Migration> MIGRATIONS =
      List.of(
          new Migration(
              1,
              1,
              List.of(
                  """
                  CREATE TABLE schema_version (
                    version INTEGER NOT NULL PRIMARY KEY,
                    oldest_program INTEGER NOT NULL)
                  """,
                  """
                  CREATE TABLE site_row (
                    kind TEXT NOT NULL,
                    name TEXT NOT NULL,
                    body TEXT NOT NULL,
                    PRIMARY KEY (kind, name))
                  """,
                  "CREATE TABLE outbox (id INTEGER NOT NULL PRIMARY KEY, body TEXT NOT NULL)",
                  """
                  CREATE TABLE seen_event (
                    seq INTEGER NOT NULL PRIMARY KEY,
                    event_id TEXT NOT NULL UNIQUE)
                  """,
                  """
                  CREATE TABLE history (
                    seq INTEGER NOT NULL PRIMARY KEY,
                    at TEXT NOT NULL,
                    subject TEXT NOT NULL,
                    kind TEXT NOT NULL,
                    body TEXT NOT NULL)
                  """,
                  "CREATE INDEX history_by_subject ON history (subject, seq)")),
          new Migration(
              2,
              1,
              List.of(
                  """
                  CREATE TABLE run (
                    seq INTEGER NOT NULL PRIMARY KEY,
                    run_id TEXT NOT NULL UNIQUE,
                    build_id INTEGER NOT NULL,
                    job TEXT NOT NULL,
                    change_id TEXT NOT NULL,
                    item TEXT NOT NULL,
                    content TEXT NOT NULL,
                    path TEXT NOT NULL,
                    attempt INTEGER NOT NULL,
                    started_at TEXT NOT NULL,
                    command TEXT NOT NULL,
                    written_to TEXT NOT NULL,
                    digest TEXT NOT NULL,
                    ended_at TEXT NOT NULL,
                    conclusion TEXT NOT NULL,
                    reason TEXT NOT NULL,
                    passed INTEGER NOT NULL,
                    failed INTEGER NOT NULL,
                    skipped INTEGER NOT NULL,
                    unfinished INTEGER NOT NULL)
                  """,
                  "CREATE INDEX run_by_build ON run (build_id, seq)",
                  """
                  CREATE TABLE test (
                    run_seq INTEGER NOT NULL,
                    position INTEGER NOT NULL,
                    test_id TEXT NOT NULL,
                    route TEXT NOT NULL,
                    attempt INTEGER NOT NULL,
                    status TEXT NOT NULL,
                    began TEXT NOT NULL,
                    duration TEXT NOT NULL,
                    first_frame INTEGER NOT NULL,
                    last_frame INTEGER NOT NULL,
                    snippet TEXT NOT NULL,
                    PRIMARY KEY (run_seq, position))
                  """)));

  static final int CURRENT = MIGRATIONS.getLast().version();

  private Schema() {}

  /** Brings the tables up to what this program needs. */
  static void upgrade(Database database) throws SQLException {
    upgradeTo(CURRENT, database);
  }

  static void upgradeTo(int wanted, Database database) throws SQLException {
    if (stand(database).map(Schema::checked).orElse(0) >= wanted) {
      return;
    }
    database.transaction(
        "upgrade",
        () -> {
          int from = stand(database).map(Schema::version).orElse(0);
          for (Migration migration : MIGRATIONS.subList(Math.min(from, wanted), wanted)) {
            apply(migration, database);
          }
        });
  }

  /** Refuses tables that this program cannot read. */
  static void requireReadable(Database database) throws SQLException {
    int version = stand(database).map(Schema::checked).orElse(0);
    if (version < CURRENT) {
      throw new StoreException(
          "the store has schema version "
              + version
              + " and this headgate reads "
              + CURRENT
              + "; start a command that writes (such as `headgate gate`) once, it upgrades the"
              + " store");
    }
  }

  private static void apply(Migration migration, Database database) throws SQLException {
    for (String statement : migration.statements()) {
      database.execute(statement);
    }
    database.update(
        "INSERT INTO schema_version (version, oldest_program) VALUES (?, ?)",
        insert -> {
          insert.setInt(1, migration.version());
          insert.setInt(2, migration.oldestProgram());
        });
  }

  /** The version reached; empty if the file holds no tables at all. */
  private static Optional<Stand> stand(Database database) throws SQLException {
    List<String> tables =
        database.rows(
            "SELECT name FROM sqlite_schema WHERE type = 'table'",
            select -> {},
            row -> row.getString(1));
    if (tables.isEmpty()) {
      return Optional.empty();
    }
    if (!tables.contains("schema_version")) {
      throw new StoreException(
          database.file()
              + " is the database of another program (it has a table '"
              + tables.getFirst()
              + "' and no schema_version); name another file");
    }
    return database
        .rows(
            "SELECT version, oldest_program FROM schema_version ORDER BY version DESC LIMIT 1",
            select -> {},
            row -> new Stand(row.getInt(1), row.getInt(2)))
        .stream()
        .findFirst();
  }

  private static int version(Stand stand) {
    return stand.version();
  }

  private static int checked(Stand stand) {
    if (stand.oldestProgram() > CURRENT) {
      throw new StoreException(
          "the store was written by a newer headgate (its schema version "
              + stand.version()
              + " needs a program of version "
              + stand.oldestProgram()
              + ", this one is "
              + CURRENT
              + "); use that newer headgate, or keep a store of its own for this one");
    }
    return stand.version();
  }
}
