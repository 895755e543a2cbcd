package dev.headgate.store;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Says in words what an {@link IOException} means; some of them carry nothing but a path. */
final class FileFaults {
  /** What to do when {@link #isFull}. */
  static final String FREE_SPACE = "free some space and start again";

  private FileFaults() {}

  static String describe(IOException fault) {
    return switch (fault) {
      case AccessDeniedException denied -> "no permission for " + denied.getFile();
      case NoSuchFileException missing -> missing.getFile() + " does not exist";
      case FileAlreadyExistsException other -> other.getFile() + " is in the way";
      case FileSystemException other when other.getReason() != null ->
          other.getReason() + " (" + other.getFile() + ")";
      default -> {
        String message = fault.getMessage();
        yield message == null ? fault.getClass().getSimpleName() : message;
      }
    };
  }

  /**
   * Whether a fault that was described so means that the disk, or what this user may use, is full.
   */
  static boolean isFull(String said) {
    return said.contains("No space left")
        || said.contains("File too large")
        || said.contains("Disk quota exceeded");
  }

  /** The exception to throw when work on a file failed. */
  static StoreException exception(String doing, Path file, IOException fault) {
    String said = describe(fault);
    String advice =
        fault instanceof SegmentDamage
            ? "the file is damaged; restore it from a copy, or delete it and what it recorded is"
                + " lost"
            : isFull(said)
                ? FREE_SPACE
                : "check that " + file + " can be read and written by this user";
    return new StoreException("cannot " + doing + " " + file + ": " + said + "; " + advice, fault);
  }
}
