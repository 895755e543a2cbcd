package dev.headgate.adapter.git;

import dev.headgate.conduct.EnvironmentException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The version of the git program. */
record GitVersion(int major, int minor) {
  /** {@code merge-tree --write-tree} exists since then. */
  static final GitVersion NEEDED = new GitVersion(2, 38);

  private static final Pattern VERSION = Pattern.compile("git version (\\d{1,4})\\.(\\d{1,4})");

  /**
   * Throws {@link EnvironmentException} if the program is missing or older than {@link #NEEDED}.
   */
  static void require(Git git) {
    String said = git.must("--version").text();
    GitVersion found = parse(said);
    if (found.isOlderThan(NEEDED)) {
      throw new EnvironmentException(
          "git "
              + found
              + " is too old (it says \""
              + said
              + "\"): install git "
              + NEEDED
              + " or newer");
    }
  }

  static GitVersion parse(String said) {
    Matcher matcher = VERSION.matcher(said);
    if (!matcher.find()) {
      throw new EnvironmentException(
          "the program git on the PATH does not say its version but \"" + said + "\"");
    }
    return new GitVersion(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
  }

  boolean isOlderThan(GitVersion other) {
    return major < other.major || (major == other.major && minor < other.minor);
  }

  @Override
  public String toString() {
    return major + "." + minor;
  }
}
