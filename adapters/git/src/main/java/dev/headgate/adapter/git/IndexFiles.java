package dev.headgate.adapter.git;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/** Git's index files and the locks beside them. */
final class IndexFiles {
  /** Git's own locks are empty or hold an index; this text tells ours from them after a crash. */
  private static final byte[] MARK = "headgate\n".getBytes(StandardCharsets.UTF_8);

  private IndexFiles() {}

  /**
   * Copies an index with its time, which git compares with those of files to see which of them may
   * have changed unseen. No index is copied as none.
   */
  static void copy(Path from, Path to) throws IOException {
    try {
      Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
    } catch (NoSuchFileException e) {
      Files.deleteIfExists(to);
    }
  }

  /** Takes the lock with our mark in it from its first moment; false if somebody has it. */
  static boolean lock(Path lock) throws IOException {
    Path marked = lock.resolveSibling("headgate-lock");
    Files.write(marked, MARK);
    try {
      Files.createLink(lock, marked);
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    } catch (UnsupportedOperationException e) {
      return lockWithoutLinks(lock);
    } finally {
      Files.deleteIfExists(marked);
    }
  }

  private static boolean lockWithoutLinks(Path lock) throws IOException {
    try {
      Files.write(lock, MARK, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    }
  }

  /** Removes the lock if it is ours; the caller knows that no other process of ours is alive. */
  static void unlock(Path lock) throws IOException {
    if (Files.isRegularFile(lock)
        && Files.size(lock) == MARK.length
        && Arrays.equals(Files.readAllBytes(lock), MARK)) {
      Files.deleteIfExists(lock);
    }
  }
}
