package dev.headgate.adapter.git;

import dev.headgate.model.Content;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Finds the files of a working tree that a git killed in the middle of going from one content to
 * another left missing, half-written or new, and puts the older ones back. A file that holds
 * anything else was edited by somebody and stays.
 */
final class TornFiles {
  private static final String SYMLINK = "120000";
  private static final String SUBMODULE = "160000";

  /** A path that differs between the two contents. */
  private record Difference(String path, boolean wasThere, String newMode, String newId) {
    boolean isThere() {
      return !newMode.equals("000000");
    }
  }

  private final Git git;
  private final Path folder;

  TornFiles(Git git, Path folder) {
    this.git = git;
    this.folder = folder;
  }

  void mend(Content from, Content to) {
    git.run("update-index", "-q", "--refresh");
    Set<String> dirty = names("diff-files", "--name-only", "-z");
    // What the index holds as the new content has it is done: its file is none of our business.
    Set<String> pending = names("diff-index", "--cached", "--name-only", "-z", to.value());
    StringBuilder restored = new StringBuilder();
    try {
      for (Difference difference : differences(from, to)) {
        if (!pending.contains(difference.path) || difference.newMode.equals(SUBMODULE)) {
          continue;
        }
        if (!difference.wasThere) {
          removeIfOurs(difference);
        } else if (dirty.contains(difference.path) && isTorn(difference)) {
          restored.append(difference.path).append('\0');
        }
      }
    } catch (IOException e) {
      throw SafeFiles.unwritable(folder, e);
    }
    if (!restored.isEmpty()) {
      git.mustFeed(restored.toString(), "checkout-index", "-f", "-u", "-z", "--stdin");
    }
  }

  /** Whether the file was taken away, gave way to a folder, or was begun anew. */
  private boolean isTorn(Difference difference) throws IOException {
    Path file = folder.resolve(SafeFiles.path(difference.path));
    return !Files.exists(file, LinkOption.NOFOLLOW_LINKS)
        || Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)
        || isOurs(file, difference);
  }

  private void removeIfOurs(Difference difference) throws IOException {
    Path file = folder.resolve(SafeFiles.path(difference.path));
    if (Files.exists(file, LinkOption.NOFOLLOW_LINKS) && isOurs(file, difference)) {
      removeWithEmptyFolders(file);
    }
  }

  private Set<String> names(String... command) {
    return new HashSet<>(git.must(command).fields());
  }

  private List<Difference> differences(Content from, Content to) {
    List<String> fields =
        git.must("diff-tree", "-r", "-z", "--no-renames", from.value(), to.value()).fields();
    List<Difference> found = new ArrayList<>();
    for (int i = 0; i + 1 < fields.size(); i += 2) {
      // ":old-mode new-mode old-id new-id status"
      String[] words = fields.get(i).substring(1).split(" ", -1);
      found.add(new Difference(fields.get(i + 1), !words[0].equals("000000"), words[1], words[3]));
    }
    return found;
  }

  /** Whether the file holds the new content or the beginning of it. */
  private boolean isOurs(Path file, Difference difference) throws IOException {
    if (!difference.isThere()) {
      return false;
    }
    if (Files.isSymbolicLink(file)) {
      byte[] target = Files.readSymbolicLink(file).toString().getBytes(StandardCharsets.UTF_8);
      return difference.newMode.equals(SYMLINK)
          && Arrays.equals(target, git.must("cat-file", "blob", difference.newId).bytes());
    }
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    byte[] made = checkedOut(difference);
    byte[] found = Files.readAllBytes(file);
    return found.length <= made.length
        && Arrays.equals(found, 0, found.length, made, 0, found.length);
  }

  /** The bytes that git writes for the new file, line ends and filters applied. */
  private byte[] checkedOut(Difference difference) {
    byte[] answer =
        git.mustFeed(
                difference.newId + " " + difference.path + "\0",
                "cat-file",
                "-z",
                "--batch",
                "--filters")
            .bytes();
    int line = 0;
    while (answer[line] != '\n') {
      line++;
    }
    return Arrays.copyOfRange(answer, line + 1, answer.length - 1);
  }

  private void removeWithEmptyFolders(Path file) throws IOException {
    Files.delete(file);
    Path above = file.getParent();
    while (above != null && !above.equals(folder) && isEmpty(above)) {
      Files.delete(above);
      above = above.getParent();
    }
  }

  private static boolean isEmpty(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.findAny().isEmpty();
    }
  }
}
