package dev.headgate.adapter.git;

import dev.headgate.conduct.EnvironmentException;
import dev.headgate.model.Content;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The objects of a repository, out of reach of settings.
 *
 * <p>Merging and committing through the repository itself would heed its configuration, the user's,
 * replaced objects, grafts, and the attributes of whatever happens to be checked out. So a second,
 * empty repository in Headgate's folder names the same objects; what is made there depends on its
 * inputs and the version of git alone.
 */
final class ObjectStore {
  private final Git git;

  private ObjectStore(Git git) {
    this.git = git;
  }

  static ObjectStore of(Repository repository) {
    Path own = repository.ownDirectory().resolve("merge");
    Path common = repository.commonDirectory();
    Settings settings = Settings.read(repository);
    try {
      Files.createDirectories(own.resolve("refs"));
      Files.createDirectories(own.resolve("objects"));
      SafeFiles.replace(own.resolve("HEAD"), "ref: refs/heads/none\n");
      SafeFiles.replace(own.resolve("config"), settings.text());
    } catch (IOException e) {
      throw SafeFiles.unwritable(own, e);
    }
    Git git =
        repository
            .git()
            .at(own)
            .env("GIT_DIR", own.toString())
            .env("GIT_OBJECT_DIRECTORY", common.resolve("objects").toString())
            .env("GIT_SHALLOW_FILE", common.resolve("shallow").toString())
            .env("GIT_NO_REPLACE_OBJECTS", "1")
            .env("GIT_ATTR_NOSYSTEM", "1")
            .env("GIT_CONFIG_COUNT", "0")
            .env("GIT_CONFIG_PARAMETERS", "")
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .env("GIT_CONFIG_SYSTEM", "/dev/null");
    return new ObjectStore(
        settings.fetchesObjects ? git : git.env("GIT_CONFIG_GLOBAL", "/dev/null"));
  }

  Git git() {
    return git;
  }

  /** Writes a commit and gives its id. */
  Content commit(String text) {
    return new Content(
        git.mustFeed(
                text.getBytes(StandardCharsets.UTF_8),
                "hash-object",
                "-t",
                "commit",
                "-w",
                "--stdin")
            .text());
  }

  /** The paths that differ between two trees or commits, sorted; a rename names both. */
  List<String> changedFiles(String from, String to) {
    return changedFiles(git, from, to);
  }

  static List<String> changedFiles(Git git, String from, String to) {
    return git.must("diff-tree", "-r", "-z", "--no-renames", "--name-only", from, to).fields();
  }

  /** The objects with these names, in one process. */
  ObjectBatch read(String... names) {
    return ObjectBatch.read(git, List.of(names));
  }

  /**
   * What the second repository must know of the first.
   *
   * @param fetchesObjects it is a partial clone, whose missing objects git fetches as it needs
   *     them; then the settings that this takes apply, and all others with them
   */
  private record Settings(String text, boolean fetchesObjects) {
    static Settings read(Repository repository) {
      String shared = "";
      boolean partial = false;
      for (String field :
          repository
              .git()
              .run("config", "-z", "--get-regexp", "^(core.sharedrepository|remote..*.promisor)$")
              .fields()) {
        String[] pair = field.split("\n", 2);
        if (pair[0].startsWith("remote.")) {
          partial = true;
        } else if (pair.length == 2 && pair[1].matches("[A-Za-z0-9]+")) {
          shared = "\tsharedRepository = " + pair[1] + "\n";
        }
      }
      String remotes = quote(repository.commonDirectory().resolve("config").toString());
      return new Settings(
          (partial ? "[include]\n\tpath = \"" + remotes + "\"\n" : "")
              + "[core]\n\trepositoryFormatVersion = 1\n\tbare = true\n"
              + "\tattributesFile = /dev/null\n"
              + shared
              + "[extensions]\n\tobjectFormat = "
              + repository.objectFormat()
              + "\n",
          partial);
    }

    private static String quote(String text) {
      return text.replace("\\", "\\\\").replace("\"", "\\\"");
    }
  }

  /** A message for a commit that is named but not there. */
  static EnvironmentException missing(String name) {
    return new EnvironmentException(
        "the commit " + name + " is not in the repository any more: was it pruned?");
  }
}
