package dev.headgate.adapter.git;

import dev.headgate.conduct.Workspaces;
import dev.headgate.gate.Effect;
import dev.headgate.model.BranchRef;
import dev.headgate.model.Change;
import dev.headgate.model.ChangeId;
import dev.headgate.model.Content;
import dev.headgate.model.ProjectId;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Merges changes in the object stores of the projects' repositories. A content is a merge commit
 * that depends on nothing but the change's name, its revision and its base, so that making it again
 * gives the same one on any machine with the same version of git. Several changes for one branch
 * are merged one onto the other, each by a commit of its own.
 *
 * <p>Merges are made one after the other on a thread of this object's own; outcomes are told there.
 */
public final class GitWorkspaces implements Workspaces, AutoCloseable {
  private final Map<ProjectId, Store> stores;
  private final WorkLine line = new WorkLine("git merges");

  public GitWorkspaces(Projects projects) {
    this.stores = projects.each(Store::new);
  }

  @Override
  public void prepare(Effect.Prepare effect, Outcomes outcomes) {
    line.add(() -> outcomes.merge(merge(effect)), outcomes::failed, outcomes::crashed);
  }

  /** Lets git forget, in its own time, every content that was made but the given ones. */
  public void release(Collection<Content> keep) {
    stores.values().forEach(store -> store.kept.release(keep));
  }

  /** Finishes the merge that is being made and drops those that wait. */
  @Override
  public void close() {
    line.close();
  }

  private Merge merge(Effect.Prepare effect) {
    Map<BranchRef, Made> branches = new TreeMap<>();
    for (Change change : effect.carried()) {
      Optional<String> conflict = merge(effect, change, branches);
      if (conflict.isPresent()) {
        return new Merge.Conflict(
            change.id() + ", which it depends on, is not merged yet: " + conflict.get());
      }
    }
    Map<ChangeId, List<String>> changedFiles = new LinkedHashMap<>();
    for (Change change : effect.changes()) {
      Optional<String> conflict = merge(effect, change, branches);
      if (conflict.isPresent()) {
        boolean alone = effect.changes().size() == 1;
        return new Merge.Conflict((alone ? "" : change.id() + ": ") + conflict.get());
      }
      changedFiles.put(change.id(), made(branches, change).changedFiles);
    }
    return merged(effect, branches, changedFiles);
  }

  private static Made made(Map<BranchRef, Made> branches, Change change) {
    return Objects.requireNonNull(branches.get(change.target()));
  }

  /** Merges one more change onto its branch, or tells why that cannot be. */
  private Optional<String> merge(
      Effect.Prepare effect, Change change, Map<BranchRef, Made> branches) {
    BranchRef target = change.target();
    Store store = Projects.of(stores, target.project());
    Made before = branches.get(target);
    Content base = before == null ? base(store, effect, target) : before.content;
    return switch (store.merger.merge(base, change.revision().value())) {
      case Merger.Result.Conflicting(String detail) -> Optional.of(detail);
      case Merger.Result.Clean(String tree) -> {
        branches.put(target, store.made(change, base, tree));
        yield Optional.empty();
      }
    };
  }

  /** A carried change may be for a branch that nothing else on the path is about. */
  private static Content base(Store store, Effect.Prepare effect, BranchRef target) {
    Content base = effect.base().get(target);
    return base == null ? store.repository.requireTip(target.branch()) : base;
  }

  private Merge merged(
      Effect.Prepare effect,
      Map<BranchRef, Made> branches,
      Map<ChangeId, List<String>> changedFiles) {
    Map<BranchRef, Content> contents = new TreeMap<>();
    branches.forEach((branch, made) -> {
      contents.put(branch, made.content);
      if (!made.content.equals(effect.base().get(branch))) {
        Projects.of(stores, branch.project()).kept.keep(made.content);
      }
    });
    List<MergedChange> changes = new ArrayList<>();
    for (Change change : effect.changes()) {
      try {
        changes.add(
            new MergedChange(
                change.id(),
                Objects.requireNonNull(changedFiles.get(change.id())),
                decode(made(branches, change).configuration)));
      } catch (CharacterCodingException e) {
        return new Merge.Conflict(CONFIGURATION_FILE + " is not UTF-8 text");
      }
    }
    return new Merge.Merged(contents, changes);
  }

  private static Optional<String> decode(Optional<byte[]> file) throws CharacterCodingException {
    if (file.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(file.get())).toString());
  }

  /** Where a branch is after a merge, and what that changed. */
  private record Made(Content content, List<String> changedFiles, Optional<byte[]> configuration) {}

  /** The object store of one project. */
  private static final class Store {
    private final Repository repository;
    private final ObjectStore objects;
    private final Merger merger;
    private final ContentRefs kept;

    Store(Repository repository) {
      this.repository = repository;
      this.objects = ObjectStore.of(repository);
      this.merger = new Merger(objects);
      this.kept = new ContentRefs(repository);
    }

    Made made(Change change, Content base, String tree) {
      Content revision = new Content(change.revision().value());
      ObjectBatch read =
          objects.read(base.value(), revision.value(), tree + ":" + CONFIGURATION_FILE);
      CommitText onto = read.commit(0);
      if (onto.tree().equals(tree) && repository.isAncestor(revision, base)) {
        return new Made(base, List.of(), read.file(2));
      }
      Content content =
          objects.commit(MergeCommit.text(change.id(), tree, base, onto, revision, read.commit(1)));
      List<String> changedFiles = objects.changedFiles(onto.tree(), tree);
      merger.made(content, base, changedFiles);
      return new Made(content, changedFiles, read.file(2));
    }
  }
}
