package dev.headgate.adapter.git;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * One working tree of a repository.
 *
 * @param folder its top folder
 * @param ref the full name of the branch that is checked out there; empty if HEAD is detached
 */
public record Worktree(Path folder, String ref) {

  /** The working trees that exist on disk; not the bare repository itself. */
  static List<Worktree> list(Git git) {
    return list(git, false);
  }

  /** As {@link #list(Git)}, with those whose folder is gone. */
  static List<Worktree> listAll(Git git) {
    return list(git, true);
  }

  private static List<Worktree> list(Git git, boolean withGone) {
    List<Worktree> found = new ArrayList<>();
    String folder = "";
    String ref = "";
    for (String field : git.must("worktree", "list", "--porcelain", "-z").fields()) {
      String value = field.substring(field.indexOf(' ') + 1);
      if (field.startsWith("worktree ")) {
        add(found, folder, ref);
        folder = value;
        ref = "";
      } else if (field.startsWith("branch ")) {
        ref = value;
      } else if (field.equals("bare") || (field.startsWith("prunable") && !withGone)) {
        folder = "";
      }
    }
    add(found, folder, ref);
    return List.copyOf(found);
  }

  /** Whether a commit is being made there of more than the files. */
  boolean isInTheMiddle() {
    Git git = Git.in(folder);
    return Stream.of("MERGE_HEAD", "CHERRY_PICK_HEAD", "REVERT_HEAD")
        .anyMatch(head -> git.run("rev-parse", "--verify", "--quiet", head).succeeded());
  }

  /** What a landing would find in its way: tracked paths that differ from HEAD. */
  List<String> uncommitted() {
    List<String> changed = new ArrayList<>();
    List<String> fields =
        Git.in(folder)
            .must(
                "status",
                "--porcelain=v1",
                "-z",
                "--untracked-files=no",
                "--ignore-submodules=dirty",
                "--no-renames")
            .fields();
    // Two letters and a space, then the path.
    fields.forEach(field -> changed.add(field.substring(3)));
    return changed;
  }

  private static void add(List<Worktree> to, String folder, String ref) {
    if (!folder.isEmpty()) {
      to.add(new Worktree(SafeFiles.path(folder), ref));
    }
  }
}
