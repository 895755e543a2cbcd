package dev.headgate.adapter.git;

import dev.headgate.conduct.EnvironmentException;
import dev.headgate.model.Content;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.Collectors;

/**
 * A person's working tree that follows its branch. Nothing that is not committed is ever
 * overwritten.
 *
 * <p>Git works on a copy of the index, which takes the index's place at the end, while we hold the
 * index's lock ourselves: so a git process that is killed half-way leaves no lock that nobody can
 * tell the owner of, and no half-written index.
 */
final class Checkout {
  private final Path folder;
  private final Path gitDirectory;
  private final Path index;
  private final Path lock;
  private final Path copy;
  private final Git git;

  Checkout(Repository repository, Path folder, Orphans orphans) {
    this.folder = folder;
    this.gitDirectory = gitDirectory(folder);
    this.index = gitDirectory.resolve("index");
    this.lock = gitDirectory.resolve("index.lock");
    this.copy = gitDirectory.resolve("headgate-index");
    this.git =
        orphans
            .mark(repository.git())
            .at(folder)
            .env("GIT_DIR", gitDirectory.toString())
            .env("GIT_WORK_TREE", folder.toString())
            .env("GIT_INDEX_FILE", copy.toString())
            .within(Git.CHECKOUT_TIMEOUT);
  }

  private static Path gitDirectory(Path folder) {
    Path named = folder.resolve(".git");
    try {
      if (Files.isDirectory(named)) {
        return named.toRealPath();
      }
      String link = Files.readString(named).strip();
      return folder.resolve(link.substring(link.indexOf(' ') + 1)).toRealPath();
    } catch (IOException e) {
      throw new EnvironmentException(
          "cannot find the repository of the working tree " + folder + ": " + e.getMessage(), e);
    }
  }

  Path folder() {
    return folder;
  }

  /** Keeps every other git from changing the index until {@link #unlock}. */
  void lock() {
    try {
      if (!Patience.await(Patience.SHORT, () -> IndexFiles.lock(lock))) {
        throw new EnvironmentException(
            "another git works in "
                + folder
                + ", or one was killed there: if none runs, remove "
                + lock
                + " and run again");
      }
    } catch (IOException e) {
      throw SafeFiles.unwritable(gitDirectory, e);
    }
  }

  void unlock() {
    removeCopy();
    try {
      IndexFiles.unlock(lock);
    } catch (IOException e) {
      throw SafeFiles.unwritable(gitDirectory, e);
    }
  }

  void removeCopy() {
    try {
      Files.deleteIfExists(copy);
    } catch (IOException e) {
      throw SafeFiles.unwritable(gitDirectory, e);
    }
  }

  /** The lock under which git moves this working tree's HEAD. */
  Path headLock() {
    return gitDirectory.resolve("HEAD.lock");
  }

  /** Throws {@link UncommittedWork} if following would touch what is not committed. */
  void requireCanFollow(Content from, Content to) {
    copyIndex();
    requireCopyCanFollow(from, to);
  }

  private void requireCopyCanFollow(Content from, Content to) {
    String[] dryRun = {"read-tree", "-m", "-u", "-n", from.value(), to.value()};
    Finished said = git.run(dryRun);
    if (!said.succeeded()) {
      // Files that were only touched look changed until the index is told.
      git.run("update-index", "-q", "--refresh");
      said = git.run(dryRun);
    }
    if (!said.succeeded()) {
      throw dirty(said);
    }
  }

  private void copyIndex() {
    try {
      IndexFiles.copy(index, copy);
    } catch (IOException e) {
      throw SafeFiles.unwritable(gitDirectory, e);
    }
  }

  private static boolean isObstacle(String line) {
    return line.contains("not uptodate")
        || line.contains("would be overwritten")
        || line.contains("would be removed")
        || line.contains("would lose")
        || line.contains("Cannot merge");
  }

  private EnvironmentException dirty(Finished said) {
    String what =
        said.error()
            .lines()
            .filter(line -> line.startsWith("error: ") && isObstacle(line))
            .map(line -> line.substring("error: ".length()))
            .collect(Collectors.joining("; "));
    if (what.isEmpty()) {
      return git.failure(said, "read-tree");
    }
    return new UncommittedWork(
        "the working tree "
            + folder
            + " has what the landing would overwrite: "
            + what
            + " Commit it, stash it or move it away, and run again; or use --no-checkout");
  }

  /**
   * Brings index and files from the one content to the other; the lock is held, and {@link
   * #requireCanFollow} said that it can be done. Doing it again changes nothing.
   */
  void follow(Content from, Content to) {
    Finished said = git.run("read-tree", "-m", "-u", from.value(), to.value());
    if (!said.succeeded()) {
      throw dirty(said);
    }
    try {
      Files.move(copy, index, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw SafeFiles.unwritable(index, e);
    }
  }

  /**
   * As {@link #requireCanFollow} and {@link #follow}, after a {@code follow} that was killed: files
   * that it left half-written are no edits. What git learns of them on the way is in the copy of
   * the index, so it is copied once only.
   */
  void finish(Content from, Content to) {
    copyIndex();
    new TornFiles(git, folder).mend(from, to);
    requireCopyCanFollow(from, to);
    follow(from, to);
  }

  /** Removes what a killed process of ours and its git left; none is alive. */
  void clearLeftovers() {
    try {
      Files.deleteIfExists(copy.resolveSibling(copy.getFileName() + ".lock"));
    } catch (IOException e) {
      throw SafeFiles.unwritable(gitDirectory, e);
    }
    unlock();
  }
}
