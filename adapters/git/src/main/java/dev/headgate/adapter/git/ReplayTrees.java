package dev.headgate.adapter.git;

import dev.headgate.model.Content;
import java.util.Optional;

/** The trees of a replay: the history's own, or those with a configuration file added to each. */
final class ReplayTrees {
  private static final String FILE = ".headgate.yaml";
  private static final int SHORT_ID_LENGTH = 10;

  private final ObjectStore objects;
  private final Optional<String> entry;

  ReplayTrees(ObjectStore objects, Optional<String> configuration) {
    this.objects = objects;
    this.entry =
        configuration
            .map(text -> objects.git().mustFeed(text, "hash-object", "-w", "--stdin").text())
            .map(blob -> "100644 blob " + blob + "\t" + FILE + "\0");
  }

  /** What the history's commit becomes as the base of the replay. */
  Lookup<Content> base(Content commit, CommitText text) {
    if (entry.isEmpty()) {
      return new Lookup.Found<>(commit);
    }
    if (objects.read(commit + ":" + FILE).file(0).isPresent()) {
      return new Lookup.Problem<>(
          "the history has a "
              + FILE
              + " of its own at "
              + commit.value().substring(0, SHORT_ID_LENGTH)
              + ": replay without another");
    }
    String person = MergeCommit.COMMITTER + " " + text.committedAt();
    return new Lookup.Found<>(
        objects.commit(
            "tree "
                + wanted(text.tree())
                + "\nparent "
                + commit
                + "\nauthor "
                + person
                + "\ncommitter "
                + person
                + "\n\nAdd "
                + FILE
                + " for a replay\n"));
  }

  /** The tree that a replay must give where the history has this one. */
  String wanted(String tree) {
    if (entry.isEmpty()) {
      return tree;
    }
    StringBuilder listing = new StringBuilder(entry.get());
    for (String line : objects.git().must("ls-tree", "-z", tree).fields()) {
      if (!line.endsWith("\t" + FILE)) {
        listing.append(line).append('\0');
      }
    }
    return objects.git().mustFeed(listing.toString(), "mktree", "-z", "--missing").text();
  }
}
