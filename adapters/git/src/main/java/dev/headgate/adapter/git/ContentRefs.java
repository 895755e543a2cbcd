package dev.headgate.adapter.git;

import dev.headgate.model.Content;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Keeps contents from being pruned, by a ref for each. Safe for any thread. */
final class ContentRefs {
  static final String PREFIX = "refs/headgate/content/";

  /**
   * More than one gate keeps alive at once; a longer history is the store's, not the ref list's.
   */
  static final int MAX_KEPT = 2000;

  private final Git git;
  private final Set<Content> kept = new LinkedHashSet<>();

  ContentRefs(Repository repository) {
    this.git = repository.git();
    removeLocks(repository.commonDirectory().resolve(PREFIX));
    for (String line : git.must("for-each-ref", "--format=%(objectname)", PREFIX).lines()) {
      kept.add(new Content(line));
    }
  }

  /** Locks of a git that was killed with us; nobody else writes these refs. */
  private static void removeLocks(Path folder) {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (DirectoryStream<Path> locks = Files.newDirectoryStream(folder, "*.lock")) {
      for (Path lock : locks) {
        Files.deleteIfExists(lock);
      }
    } catch (IOException e) {
      throw SafeFiles.unwritable(folder, e);
    }
  }

  synchronized void keep(Content content) {
    if (!kept.add(content)) {
      return;
    }
    StringBuilder commands = new StringBuilder();
    if (kept.size() > MAX_KEPT) {
      Content oldest = kept.iterator().next();
      kept.remove(oldest);
      commands.append(delete(oldest));
    }
    commands
        .append("update ")
        .append(PREFIX)
        .append(content)
        .append(' ')
        .append(content)
        .append('\n');
    git.mustFeed(commands.toString(), "update-ref", "--stdin");
  }

  synchronized void release(Collection<Content> keep) {
    Set<Content> staying = new HashSet<>(keep);
    List<Content> leaving = new ArrayList<>(kept);
    leaving.removeIf(staying::contains);
    if (leaving.isEmpty()) {
      return;
    }
    StringBuilder commands = new StringBuilder();
    leaving.forEach(content -> commands.append(delete(content)));
    git.mustFeed(commands.toString(), "update-ref", "--stdin");
    leaving.forEach(kept::remove);
  }

  private static String delete(Content content) {
    return "delete " + PREFIX + content + "\n";
  }
}
