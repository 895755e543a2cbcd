package dev.headgate.adapter.git;

import dev.headgate.conduct.Workspaces;
import dev.headgate.gate.Effect;
import dev.headgate.model.Content;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Merges changes in the object store of one repository. A content is a merge commit that depends on
 * nothing but the change's name, its revision and its base, so that making it again gives the same
 * one on any machine with the same version of git.
 *
 * <p>Merges are made one after the other on a thread of this object's own; outcomes are told there.
 */
public final class GitWorkspaces implements Workspaces, AutoCloseable {
  /** As {@code config} names it; an adapter does not see that room. */
  private static final String CONFIGURATION_FILE = ".headgate.yaml";

  private final Repository repository;
  private final ObjectStore objects;
  private final Merger merger;
  private final ContentRefs kept;
  private final WorkLine line = new WorkLine("git merges");

  public GitWorkspaces(Repository repository) {
    this.repository = repository;
    this.objects = ObjectStore.of(repository);
    this.merger = new Merger(objects);
    this.kept = new ContentRefs(repository);
  }

  @Override
  public void prepare(Effect.Prepare effect, Outcomes outcomes) {
    line.add(() -> outcomes.merge(merge(effect)), outcomes::failed, outcomes::crashed);
  }

  /** Lets git forget, in its own time, every content that was made but the given ones. */
  public void release(Collection<Content> keep) {
    kept.release(keep);
  }

  /** Finishes the merge that is being made and drops those that wait. */
  @Override
  public void close() {
    line.close();
  }

  private Merge merge(Effect.Prepare effect) {
    String revision = effect.change().revision().value();
    return switch (merger.merge(effect.base(), revision)) {
      case Merger.Result.Conflicting(String detail) -> new Merge.Conflict(detail);
      case Merger.Result.Clean(String tree) -> merged(effect, tree);
    };
  }

  private Merge merged(Effect.Prepare effect, String tree) {
    Content base = effect.base();
    Content revision = new Content(effect.change().revision().value());
    ObjectBatch read =
        objects.read(base.value(), revision.value(), tree + ":" + CONFIGURATION_FILE);
    Optional<String> configuration;
    try {
      configuration = decode(read.file(2));
    } catch (CharacterCodingException e) {
      return new Merge.Conflict(CONFIGURATION_FILE + " is not UTF-8 text");
    }
    CommitText onto = read.commit(0);
    if (onto.tree().equals(tree) && repository.isAncestor(revision, base)) {
      return new Merge.Merged(base, List.of(), configuration);
    }
    Content content =
        objects.commit(
            MergeCommit.text(effect.change().id(), tree, base, onto, revision, read.commit(1)));
    kept.keep(content);
    List<String> changedFiles = objects.changedFiles(onto.tree(), tree);
    merger.made(content, base, changedFiles);
    return new Merge.Merged(content, changedFiles, configuration);
  }

  private static Optional<String> decode(Optional<byte[]> file) throws CharacterCodingException {
    if (file.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(file.get())).toString());
  }
}
