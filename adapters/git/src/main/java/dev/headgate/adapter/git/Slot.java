package dev.headgate.adapter.git;

import dev.headgate.conduct.EnvironmentException;
import dev.headgate.model.Content;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/**
 * A linked working tree that is Headgate's own. Used by one thread at a time.
 *
 * <p>What a job did to it is undone by the next checkout, even if the job used git there: the index
 * that we wrote is kept aside and put back, so that every file whose state differs from what we
 * wrote is seen to.
 */
final class Slot {
  private static final String OUR_INDEX = "headgate-index";

  /**
   * Files become the bytes that the commit and its own attributes say, whatever this user's or this
   * repository's settings would make of them; filters (LFS) stay as they are set up.
   */
  private static final String[] EXACT = {
    "-c", "core.autocrlf=false",
    "-c", "core.eol=lf",
    "-c", "core.safecrlf=false",
    "-c", "core.attributesFile=/dev/null",
    "-c", "core.sparseCheckout=false",
    "-c", "core.trustctime=true",
    "-c", "core.checkStat=default",
    "-c", "core.splitIndex=false",
    "-c", "core.untrackedCache=false",
    "-c", "index.sparse=false",
  };

  private final Path folder;
  private final Path gitDirectory;
  private final Git git;

  private Slot(Path folder, Path gitDirectory, Git repository) {
    this.folder = folder;
    this.gitDirectory = gitDirectory;
    this.git =
        repository
            .at(folder)
            .env("GIT_DIR", gitDirectory.toString())
            .env("GIT_WORK_TREE", folder.toString())
            .within(Git.CHECKOUT_TIMEOUT)
            .option(EXACT);
  }

  /** Makes the working tree, with no files in it yet; two must not be made at the same time. */
  static Slot add(Repository repository, Path folder, Content content) {
    repository
        .git()
        .must(
            "worktree",
            "add",
            "--force",
            "--detach",
            "--no-checkout",
            folder.toString(),
            content.value());
    try {
      return new Slot(folder, gitDirectory(folder), repository.git());
    } catch (IOException e) {
      throw SafeFiles.unwritable(folder, e);
    }
  }

  private static Path gitDirectory(Path folder) throws IOException {
    String link = Files.readString(folder.resolve(".git")).strip();
    if (!link.startsWith("gitdir: ")) {
      throw new IOException(folder.resolve(".git") + " is no link of git's");
    }
    return folder.resolve(link.substring("gitdir: ".length())).normalize();
  }

  /** Whether the folder still is the working tree that was made; a job may have removed it. */
  boolean isWhole() {
    try {
      return Files.isDirectory(gitDirectory) && gitDirectory(folder).equals(gitDirectory);
    } catch (IOException e) {
      return false;
    }
  }

  /** Makes the folder hold exactly the content, and besides what the patterns match. */
  void checkout(Content content, List<String> keep) {
    try {
      undoIndex();
      fill(content, keep);
      IndexFiles.copy(gitDirectory.resolve("index"), gitDirectory.resolve(OUR_INDEX));
    } catch (IOException e) {
      throw SafeFiles.unwritable(folder, e);
    }
  }

  /** Locks are of processes that were killed: nothing else works here between two builds. */
  private void undoIndex() throws IOException {
    for (String lock : List.of("index.lock", "HEAD.lock", "config.worktree")) {
      Files.deleteIfExists(gitDirectory.resolve(lock));
    }
    Path ours = gitDirectory.resolve(OUR_INDEX);
    if (Files.exists(ours)) {
      Files.move(ours, gitDirectory.resolve("index"), StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private void fill(Content content, List<String> keep) throws IOException {
    // Never reset --hard: if a job checked out a branch here, that would move the branch.
    String[] checkout = {"checkout", "--quiet", "--force", "--detach", content.value(), "--"};
    String[] clean = cleanCommand(keep);
    Finished said = git.run(checkout);
    if (said.succeeded()) {
      said = git.run(clean);
    }
    if (!said.succeeded()) {
      FileTrees.makeWritable(folder);
      git.must(checkout);
      git.must(clean);
    }
    emptySubmodules();
  }

  private static String[] cleanCommand(List<String> keep) {
    List<String> command = new ArrayList<>(List.of("clean", "-ffdxq"));
    for (String pattern : keep) {
      command.add("-e");
      command.add(pattern);
    }
    return command.toArray(new String[0]);
  }

  /** Submodules are folders without files here; what a job fetched into them goes. */
  private void emptySubmodules() throws IOException {
    if (!Files.exists(folder.resolve(".gitmodules"))) {
      return;
    }
    for (String entry : git.must("ls-files", "--stage", "-z").fields()) {
      if (entry.startsWith("160000 ")) {
        Path submodule = folder.resolve(SafeFiles.path(entry.substring(entry.indexOf('\t') + 1)));
        FileTrees.delete(submodule);
        Files.createDirectories(submodule);
      }
    }
  }

  /** Leaves the working tree to whoever wants it, as any other. */
  void forget() {
    try {
      Files.deleteIfExists(gitDirectory.resolve(OUR_INDEX));
    } catch (IOException e) {
      throw SafeFiles.unwritable(gitDirectory, e);
    }
  }

  /** Takes the working tree out of the repository's list and removes its folder. */
  static void remove(Repository repository, Path folder) {
    try {
      FileTrees.delete(folder);
    } catch (IOException e) {
      throw new EnvironmentException(
          "cannot remove " + folder + " (" + e.getMessage() + "): remove it and run again", e);
    }
    String[] command = {"worktree", "remove", "--force", "--force", folder.toString()};
    Finished said = repository.git().run(command);
    if (!said.succeeded() && !said.error().contains("is not a working tree")) {
      throw repository.git().failure(said, command);
    }
  }
}
