package dev.headgate.adapter.git;

import dev.headgate.conduct.EnvironmentException;
import java.nio.file.Path;

/** Makes a repository out of a stream of commits. */
public final class NewRepository {
  private NewRepository() {}

  /**
   * Makes a repository with a working tree and checks a branch out.
   *
   * @param folder an existing, empty folder
   * @param branch the branch that is checked out; it is among the commits
   * @param stream commits as {@code git fast-import} reads them
   * @throws EnvironmentException if git is missing or too old, or the folder cannot be written
   */
  public static void fastImport(Path folder, String branch, byte[] stream) {
    Git git = Git.in(folder.toAbsolutePath());
    GitVersion.require(git);
    git.must("init", "--quiet", "--initial-branch=" + branch);
    git.mustFeed(stream, "fast-import", "--quiet");
    git.must("checkout", "--quiet", "--force", branch);
  }
}
