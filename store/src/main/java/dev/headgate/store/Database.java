package dev.headgate.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.sqlite.JDBC;
import org.sqlite.SQLiteConfig;

/**
 * One connection to a SQLite file, with its prepared statements.
 *
 * <p>For one thread at a time: whoever holds it guards it. Faults of the file or the disk come out
 * as {@link StoreException}, everything else is a bug of ours.
 */
final class Database implements AutoCloseable {
  /** Longer than any transaction of ours takes; beyond it another program sits on the file. */
  static final Duration BUSY_PATIENCE = Duration.ofSeconds(5);

  /** A write-ahead log that a slow reader let grow is cut back to this at the next checkpoint. */
  private static final long WAL_LIMIT_BYTES = 16L << 20;

  /** Fills in the parameters of a statement. */
  @FunctionalInterface
  interface Binder {
    void bind(PreparedStatement statement) throws SQLException;
  }

  /** What is done with a statement. */
  @FunctionalInterface
  private interface Execution<T> {
    T run(PreparedStatement statement) throws SQLException;
  }

  /** Makes a value of the row that the result stands on. */
  @FunctionalInterface
  interface RowReader<T> {
    T read(ResultSet row) throws SQLException;
  }

  /** Reads inside a transaction. */
  @FunctionalInterface
  interface Query<T> {
    T run() throws SQLException;
  }

  /** Work inside a transaction. */
  @FunctionalInterface
  interface Work {
    void run() throws SQLException;
  }

  private final Path file;
  private final Connection connection;
  private final Map<String, PreparedStatement> statements = new HashMap<>();
  private boolean closed;

  private Database(Path file, Connection connection) {
    this.file = file;
    this.connection = connection;
  }

  /** Opens the file for reading and writing; it and its folder are made if they are not there. */
  static Database open(Path file, Duration busyPatience) {
    try {
      Path folder = file.toAbsolutePath().getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
    } catch (IOException e) {
      throw new StoreException(
          "cannot make the folder of "
              + file
              + ": "
              + FileFaults.describe(e)
              + "; give a folder that can be written",
          e);
    }
    Database database = connect(file, new SQLiteConfig(), busyPatience);
    if (!Files.isWritable(file)) {
      // SQLite falls back to reading, and only the first commit would find out.
      database.close();
      throw new StoreException(
          "cannot write the store " + file + "; give this user the right to write it");
    }
    database.prepare(
        List.of(
            "PRAGMA journal_mode=WAL",
            "PRAGMA synchronous=FULL",
            "PRAGMA journal_size_limit=" + WAL_LIMIT_BYTES),
        () -> Schema.upgrade(database));
    return database;
  }

  /** Opens a file that another process may be writing; nothing can be changed through it. */
  static Database openReadOnly(Path file, Duration busyPatience) {
    if (!Files.exists(file)) {
      throw new StoreException(
          "there is no store at " + file + "; nothing was kept here yet",
          new NoSuchFileException(file.toString()));
    }
    SQLiteConfig config = new SQLiteConfig();
    config.setReadOnly(true);
    Database database = connect(file, config, busyPatience);
    database.prepare(List.of(), () -> Schema.requireReadable(database));
    return database;
  }

  private static Database connect(Path file, SQLiteConfig config, Duration busyPatience) {
    config.setBusyTimeout(Math.toIntExact(busyPatience.toMillis()));
    try {
      Connection connection =
          JDBC.createConnection("jdbc:sqlite:" + file.toAbsolutePath(), config.toProperties());
      return new Database(file, connection);
    } catch (SQLException e) {
      if (e.getErrorCode() == 0) {
        throw SqlFaults.notLoaded(e);
      }
      throw SqlFaults.translate("open", file, e);
    }
  }

  private void prepare(List<String> pragmas, Work schemaCheck) {
    try {
      for (String pragma : pragmas) {
        execute(pragma);
      }
      schemaCheck.run();
    } catch (SQLException e) {
      close();
      throw SqlFaults.translate("open", file, e);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  Path file() {
    return file;
  }

  boolean isClosed() {
    return closed;
  }

  /** Runs the work in a transaction that is on disk when this returns; undone if it throws. */
  void transaction(String doing, Work work) {
    try {
      update("BEGIN IMMEDIATE", statement -> {});
      try {
        work.run();
        update("COMMIT", statement -> {});
      } catch (SQLException | RuntimeException e) {
        rollBack(e);
        throw e;
      }
    } catch (SQLException e) {
      throw SqlFaults.translate(doing, file, e);
    }
  }

  /** Several reads that see one state of the file, whoever writes meanwhile. */
  <T> T snapshot(Query<T> query) {
    try {
      update("BEGIN", statement -> {});
      try {
        T answer = query.run();
        update("COMMIT", statement -> {});
        return answer;
      } catch (SQLException | RuntimeException e) {
        rollBack(e);
        throw e;
      }
    } catch (SQLException e) {
      throw SqlFaults.translate("read", file, e);
    }
  }

  private void rollBack(Exception reason) {
    try {
      update("ROLLBACK", statement -> {});
    } catch (SQLException e) {
      // After some faults SQLite has rolled back by itself and says that there is nothing to undo.
      reason.addSuppressed(e);
    }
  }

  int update(String sql, Binder binder) throws SQLException {
    return run(
        sql,
        statement -> {
          binder.bind(statement);
          return statement.executeUpdate();
        });
  }

  <T> List<T> rows(String sql, Binder binder, RowReader<T> reader) throws SQLException {
    return run(
        sql,
        statement -> {
          binder.bind(statement);
          List<T> rows = new ArrayList<>();
          try (ResultSet result = statement.executeQuery()) {
            while (result.next()) {
              rows.add(reader.read(result));
            }
          }
          return rows;
        });
  }

  /** The driver shuts a statement that failed for good, so it is prepared anew the next time. */
  private <T> T run(String sql, Execution<T> execution) throws SQLException {
    PreparedStatement statement = statements.get(sql);
    if (statement == null) {
      statement = connection.prepareStatement(sql);
    }
    boolean done = false;
    try {
      T answer = execution.run(statement);
      statements.put(sql, statement);
      done = true;
      return answer;
    } finally {
      if (!done) {
        statements.remove(sql);
        statement.close();
      }
    }
  }

  /** Like {@link #rows}, outside a transaction of ours. */
  <T> List<T> read(String sql, Binder binder, RowReader<T> reader) {
    try {
      return rows(sql, binder, reader);
    } catch (SQLException e) {
      throw SqlFaults.translate("read", file, e);
    }
  }

  /** Runs SQL that is used once and so is not kept. */
  void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    try {
      for (PreparedStatement statement : statements.values()) {
        statement.close();
      }
      connection.close();
    } catch (SQLException e) {
      throw SqlFaults.translate("close", file, e);
    }
  }
}
