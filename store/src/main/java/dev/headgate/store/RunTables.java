package dev.headgate.store;

import dev.headgate.model.TestCounts;
import dev.headgate.subunit.Status;
import dev.headgate.subunit.TestKey;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The index of runs and tests in the site's database. An empty text stands for what is not known
 * yet: a digest, an end, a time that the stream did not tell.
 */
final class RunTables implements AutoCloseable {
  /** A bound on how long a large run keeps the gate from committing: some 50 ms. */
  private static final int TESTS_PER_TRANSACTION = 5_000;

  private static final String RUN =
      "run_id, build_id, job, change_id, item, content, path, attempt, started_at, command,"
          + " digest, ended_at, conclusion, reason, passed, failed, skipped, unfinished";

  /** A run with the place of its segment while it has no digest, relative to the folder of runs. */
  record Entry(RecordedRun run, String writtenTo) {}

  private final Database database;

  RunTables(Database database) {
    this.database = database;
  }

  /** Enters a run that begins. */
  synchronized void begin(RunHeader header, String writtenTo) {
    requireOpen();
    database.transaction("write", () -> insertRun(header, writtenTo));
  }

  private void insertRun(RunHeader header, String writtenTo) throws SQLException {
    int added =
        database.update(
            "INSERT INTO run (run_id, build_id, job, change_id, item, content, path, attempt,"
                + " started_at, command, written_to, digest, ended_at, conclusion, reason, passed,"
                + " failed, skipped, unfinished)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '', '', '', '', 0, 0, 0, 0)"
                + " ON CONFLICT (run_id) DO NOTHING",
            insert -> {
              insert.setString(1, header.runId());
              insert.setLong(2, header.buildId());
              insert.setString(3, header.job());
              insert.setString(4, header.change());
              insert.setString(5, header.item());
              insert.setString(6, header.content());
              insert.setString(7, header.path());
              insert.setInt(8, header.attempt());
              insert.setString(9, header.startedAt().toString());
              insert.setString(10, header.commandJson());
              insert.setString(11, writtenTo);
            });
    if (added == 0) {
      throw new IllegalStateException("a run " + header.runId() + " was recorded before");
    }
  }

  /** Enters what a run found, and then its end: who sees the end sees all of its tests. */
  synchronized void end(String runId, RunEnd end, String digest, List<RecordedTest> tests) {
    requireOpen();
    long run = sequence(runId);
    int from = 0;
    do {
      int first = from;
      int last = Math.min(tests.size(), first + TESTS_PER_TRANSACTION);
      database.transaction(
          "write",
          () -> {
            if (first == 0) {
              database.update(
                  "DELETE FROM test WHERE run_seq = ?", delete -> delete.setLong(1, run));
            }
            insertTests(run, first, tests.subList(first, last));
            if (last == tests.size()) {
              updateEnd(run, end, digest);
            }
          });
      from = last;
    } while (from < tests.size());
  }

  private long sequence(String runId) {
    return database
        .read(
            "SELECT seq FROM run WHERE run_id = ?",
            select -> select.setString(1, runId),
            row -> row.getLong(1))
        .stream()
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("run " + runId + " was never begun"));
  }

  private void insertTests(long run, int first, List<RecordedTest> tests) throws SQLException {
    int position = first;
    for (RecordedTest test : tests) {
      int here = position++;
      database.update(
          "INSERT INTO test (run_seq, position, test_id, route, attempt, status, began, duration,"
              + " first_frame, last_frame, snippet) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
          insert -> {
            insert.setLong(1, run);
            insert.setInt(2, here);
            bind(test, insert);
          });
    }
  }

  private static void bind(RecordedTest test, PreparedStatement insert) throws SQLException {
    insert.setString(3, test.key().testId());
    insert.setString(4, test.key().route());
    insert.setInt(5, test.key().attempt());
    insert.setString(6, test.status().word());
    insert.setString(7, test.began().map(Instant::toString).orElse(""));
    insert.setString(8, test.duration().map(Duration::toString).orElse(""));
    insert.setInt(9, test.firstFrame());
    insert.setInt(10, test.lastFrame());
    insert.setString(11, test.snippet());
  }

  private void updateEnd(long run, RunEnd end, String digest) throws SQLException {
    database.update(
        "UPDATE run SET digest = ?, ended_at = ?, conclusion = ?, reason = ?, passed = ?,"
            + " failed = ?, skipped = ?, unfinished = ? WHERE seq = ?",
        update -> {
          update.setString(1, digest);
          update.setString(2, end.endedAt().toString());
          update.setString(3, end.conclusion());
          update.setString(4, end.reason());
          update.setLong(5, end.counts().passed());
          update.setLong(6, end.counts().failed());
          update.setLong(7, end.counts().skipped());
          update.setLong(8, end.counts().unfinished());
          update.setLong(9, run);
        });
  }

  /** Gives up a run of which nothing is left; does nothing if it has found an end meanwhile. */
  synchronized void lost(RunHeader header) {
    requireOpen();
    database.transaction(
        "write",
        () ->
            database.update(
                "UPDATE run SET ended_at = ?, conclusion = ?, reason = ?"
                    + " WHERE run_id = ? AND conclusion = ''",
                update -> {
                  update.setString(1, header.startedAt().toString());
                  update.setString(2, RunEnd.INTERRUPTED);
                  update.setString(3, "its recording is lost");
                  update.setString(4, header.runId());
                }));
  }

  /** A run as its segment tells it. */
  record Rebuilt(
      RunHeader header,
      String writtenTo,
      Optional<RunEnd> end,
      String digest,
      List<RecordedTest> tests) {}

  /** Replaces all rows by these, in this order; nobody sees half of it. */
  synchronized void replaceAll(List<Rebuilt> runs) {
    requireOpen();
    database.transaction(
        "write",
        () -> {
          database.update("DELETE FROM test", delete -> {});
          database.update("DELETE FROM run", delete -> {});
          for (Rebuilt rebuilt : runs) {
            insertRun(rebuilt.header(), rebuilt.writtenTo());
            if (rebuilt.end().isPresent()) {
              long run = sequence(rebuilt.header().runId());
              insertTests(run, 0, rebuilt.tests());
              updateEnd(run, rebuilt.end().get(), rebuilt.digest());
            }
          }
        });
  }

  synchronized Optional<Entry> find(String runId) {
    requireOpen();
    return database
        .read(
            "SELECT " + RUN + ", written_to FROM run WHERE run_id = ?",
            select -> select.setString(1, runId),
            RunTables::entry)
        .stream()
        .findFirst();
  }

  synchronized List<Entry> withoutEnd() {
    requireOpen();
    return database.read(
        "SELECT " + RUN + ", written_to FROM run WHERE conclusion = ''",
        select -> {},
        RunTables::entry);
  }

  synchronized boolean isEmpty() {
    requireOpen();
    return database.read("SELECT 1 FROM run LIMIT 1", none -> {}, row -> row.getInt(1)).isEmpty();
  }

  synchronized List<RecordedRun> ofBuild(long buildId) {
    requireOpen();
    return database.read(
        "SELECT " + RUN + " FROM run WHERE build_id = ? ORDER BY seq DESC",
        select -> select.setLong(1, buildId),
        RunTables::run);
  }

  synchronized List<RecordedRun> list(int limit, RunFilter filter) {
    requireOpen();
    Refusals.requireLimit(limit);
    return database.read(
        "SELECT "
            + RUN
            + " FROM run WHERE (?1 = '' OR job = ?1) AND (?2 = '' OR change_id = ?2)"
            + " AND (?3 = '' OR item = ?3) AND (?4 = '' OR conclusion = ?4)"
            + " ORDER BY seq DESC LIMIT ?5",
        select -> {
          select.setString(1, filter.job());
          select.setString(2, filter.change());
          select.setString(3, filter.item());
          select.setString(4, filter.conclusion());
          select.setInt(5, limit);
        },
        RunTables::run);
  }

  /** All tests of a run, or those that {@link RecordedTest#isFailure() failed it} only. */
  synchronized List<RecordedTest> tests(String runId, boolean failuresOnly) {
    requireOpen();
    return database.read(
        "SELECT route, test_id, test.attempt, status, began, duration, first_frame, last_frame,"
            + " snippet FROM test JOIN run ON run.seq = run_seq WHERE run_id = ?1"
            + " AND (?2 = 0 OR status IN ('fail', 'uxsuccess', 'inprogress')) ORDER BY position",
        select -> {
          select.setString(1, runId);
          select.setInt(2, failuresOnly ? 1 : 0);
        },
        row ->
            new RecordedTest(
                new TestKey(row.getString(1), row.getString(2), row.getInt(3)),
                Status.ofWord(row.getString(4)),
                known(row.getString(5)).map(Instant::parse),
                known(row.getString(6)).map(Duration::parse),
                row.getInt(7),
                row.getInt(8),
                row.getString(9)));
  }

  private static Optional<String> known(String text) {
    return text.isEmpty() ? Optional.empty() : Optional.of(text);
  }

  private static Entry entry(ResultSet row) throws SQLException {
    return new Entry(run(row), row.getString(19));
  }

  private static RecordedRun run(ResultSet row) throws SQLException {
    RunHeader header =
        new RunHeader(
            row.getString(1),
            row.getLong(2),
            row.getString(3),
            row.getString(4),
            row.getString(5),
            row.getString(6),
            row.getString(7),
            row.getInt(8),
            Instant.parse(row.getString(9)),
            row.getString(10));
    Optional<String> ended = known(row.getString(12));
    if (ended.isEmpty()) {
      return new RecordedRun(header, Optional.empty(), "");
    }
    TestCounts counts =
        new TestCounts(row.getLong(15), row.getLong(16), row.getLong(17), row.getLong(18));
    RunEnd end =
        new RunEnd(Instant.parse(ended.get()), row.getString(13), row.getString(14), counts);
    return new RecordedRun(header, Optional.of(end), row.getString(11));
  }

  private void requireOpen() {
    if (database.isClosed()) {
      throw Refusals.closed();
    }
  }

  @Override
  public synchronized void close() {
    database.close();
  }
}
