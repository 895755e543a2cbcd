package dev.headgate.adapter.git;

import dev.headgate.conduct.EnvironmentException;
import dev.headgate.model.Content;
import java.nio.file.Path;
import java.util.List;

/** Merges trees in the object store; touches no index and no working tree. */
final class Merger {
  /** What came of one merge. */
  sealed interface Result {
    /** The tree that both sides give together. */
    record Clean(String tree) implements Result {}

    /** They do not fit together; the detail is a sentence that names the files. */
    record Conflicting(String detail) implements Result {}
  }

  private final Git git;
  private final MergeAttributes attributes;

  Merger(ObjectStore objects) {
    this.git = objects.git();
    this.attributes = new MergeAttributes(objects);
  }

  /** Merges a revision onto a base. */
  Result merge(Content base, String revision) {
    String[] command = {"merge-tree", "--write-tree", "-z", "--messages", base.value(), revision};
    Finished said = attributes.of(base).map(this::within).orElse(git).run(command);
    if (said.exit() == 0) {
      return new Result.Clean(said.fields().getFirst());
    }
    if (said.exit() == 1) {
      String detail = ConflictReport.sentence(said.bytes());
      if (!detail.isEmpty()) {
        return new Result.Conflicting(detail);
      }
    }
    return new Result.Conflicting(notMerged(said, command));
  }

  /** Tells that a content was made of a base, and differs from it in the given files only. */
  void made(Content content, Content base, List<String> changedFiles) {
    attributes.made(content, base, changedFiles);
  }

  private Git within(Path workTree) {
    return git.at(workTree)
        .env("GIT_WORK_TREE", workTree.toString())
        .option("-c", "core.bare=false");
  }

  private String notMerged(Finished said, String[] command) {
    if (said.error().contains("unrelated histories")) {
      return "it shares no history with what it is to land on; if this is a shallow clone, run git"
          + " fetch --unshallow";
    }
    EnvironmentException failure = git.failure(said, command);
    if (said.error().contains("not something we can merge")) {
      throw ObjectStore.missing(said.error());
    }
    throw failure;
  }
}
