package dev.headgate.store;

import java.nio.file.Path;
import java.sql.SQLException;

/** Says in words what SQLite reports by number, and whose fault it is. */
final class SqlFaults {
  // Primary result codes, https://sqlite.org/rescode.html
  private static final int PERM = 3;
  private static final int BUSY = 5;
  private static final int LOCKED = 6;
  private static final int READONLY = 8;
  private static final int IOERR = 10;
  private static final int CORRUPT = 11;
  private static final int FULL = 13;
  private static final int CANTOPEN = 14;
  private static final int PROTOCOL = 15;
  private static final int NOTADB = 26;

  private static final int PRIMARY_CODE_MASK = 0xff;

  private SqlFaults() {}

  /**
   * The exception to throw: a {@link StoreException} if the environment is at fault, else an {@link
   * IllegalStateException}.
   *
   * @param doing what could not be done, as a verb: open, read, write
   */
  static RuntimeException translate(String doing, Path file, SQLException fault) {
    String advice = advice(fault.getErrorCode() & PRIMARY_CODE_MASK, file);
    if (advice.isEmpty()) {
      return new IllegalStateException("cannot " + doing + " " + file + ": bad statement", fault);
    }
    return new StoreException(
        "cannot " + doing + " the store " + file + ": " + advice + " (" + message(fault) + ")",
        fault);
  }

  /** The driver could not load its native library: then SQLite itself never gave a code. */
  static StoreException notLoaded(SQLException fault) {
    Throwable root = fault;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return new StoreException(
        "cannot load SQLite's native library: "
            + root
            + "; check that the cache folder (or the temporary folder) can be written, has some"
            + " megabytes free and may hold programs",
        fault);
  }

  private static String advice(int code, Path file) {
    return switch (code) {
      case FULL -> "the disk is full; free some space and start again, nothing is lost";
      case IOERR ->
          "the disk refused to read or write; check its space, limits and health, then start again";
      case READONLY, PERM -> "it must not be written; give this user the right to write it";
      case CANTOPEN ->
          "it or its folder cannot be opened; check that "
              + file.toAbsolutePath().getParent()
              + " is a folder that this user can read and write";
      case CORRUPT, NOTADB ->
          "the file is damaged or is no store; move it (and its -wal and -shm files) away and start"
              + " again: recorded runs are indexed anew, an unfinished queue must be given again";
      case BUSY, LOCKED, PROTOCOL ->
          "another program holds it for too long; end that program or try again later";
      default -> "";
    };
  }

  private static String message(SQLException fault) {
    String message = fault.getMessage();
    return message == null ? fault.getClass().getSimpleName() : message;
  }
}
