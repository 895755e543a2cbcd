package dev.headgate.adapter.git;

import dev.headgate.conduct.EnvironmentException;
import dev.headgate.model.Content;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Folders in which builds run, each a working tree of one content at a time. Different slots may be
 * used by several threads at once, one slot by one at a time. They last until {@link #removeAll};
 * what a killed process left is removed when the next one opens them.
 *
 * <p>Submodules are not fetched: their folders are empty.
 */
public final class Slots {
  private final Repository repository;
  private final Path folder;
  private final Map<Integer, Slot> slots = new ConcurrentHashMap<>();
  private final Object adding = new Object();

  private Slots(Repository repository) {
    this.repository = repository;
    this.folder = repository.ownDirectory().resolve("slots");
  }

  /** The slots of a repository, none yet; the caller holds the repository's lock. */
  public static Slots open(Repository repository) {
    Slots slots = new Slots(repository);
    slots.removeAll();
    return slots;
  }

  /**
   * Makes a slot's folder hold exactly the content: every tracked file as committed, nothing else
   * but what the patterns match. Files that are as the content has them keep their times.
   *
   * @param number names the slot; at least 0
   * @param keep patterns of what else may stay, as {@code git clean -e} understands them
   * @return the folder
   * @throws EnvironmentException if it cannot be made so
   */
  public Path checkout(int number, Content content, List<String> keep) {
    Slot slot = slots.get(number);
    if (slot != null && slot.isWhole()) {
      try {
        slot.checkout(content, keep);
        return place(number);
      } catch (EnvironmentException e) {
        if (Thread.currentThread().isInterrupted()) {
          throw e;
        }
        // A job may have broken it in ways that only a new one mends; that one's failure counts.
      }
    }
    Slot fresh = add(number, content);
    fresh.checkout(content, keep);
    return place(number);
  }

  /** Git's own list of working trees is not safe for two that add to it. */
  private Slot add(int number, Content content) {
    synchronized (adding) {
      Path place = place(number);
      Slot.remove(repository, place);
      Slot slot = Slot.add(repository, place, content);
      slots.put(number, slot);
      return slot;
    }
  }

  private Path place(int number) {
    return folder.resolve(Integer.toString(number));
  }

  /** Removes every slot and its folder; no build may run in one. */
  public void removeAll() {
    synchronized (adding) {
      for (Worktree worktree : Worktree.listAll(repository.git())) {
        if (worktree.folder().startsWith(folder)) {
          Slot.remove(repository, worktree.folder());
        }
      }
      slots.clear();
      try {
        FileTrees.delete(folder);
      } catch (IOException e) {
        throw new EnvironmentException(
            "cannot remove " + folder + " (" + e.getMessage() + "): remove it and run again", e);
      }
    }
  }
}
