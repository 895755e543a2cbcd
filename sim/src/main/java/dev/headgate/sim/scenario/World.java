package dev.headgate.sim.scenario;

import dev.headgate.model.BranchRef;
import dev.headgate.model.Content;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The repositories: every content there is, and where the branches point.
 *
 * <p>What a merge yields is named after its base and what was merged in, so that the same inputs
 * always give the same content.
 */
final class World {
  private final Map<Content, Tree> trees = new LinkedHashMap<>();
  private final Map<BranchRef, Content> tips = new TreeMap<>();
  private final Map<BranchRef, Content> beginnings = new TreeMap<>();
  private final Map<Mark, Proposal> revisions = new LinkedHashMap<>();
  private final Map<String, Proposal> newest = new LinkedHashMap<>();
  private final Set<String> merged = new LinkedHashSet<>();

  /**
   * What a content holds.
   *
   * @param files texts by path
   * @param changes what was merged in
   * @param jobs the project's jobs if a merged change redefined them
   */
  private record Tree(Map<String, String> files, Set<Mark> changes, Optional<JobLists> jobs) {}

  /** How a merge went. */
  sealed interface Merge {
    /** The content with the changes. */
    record Clean(Content content) implements Merge {}

    /** A change does not apply. */
    record Conflict(String detail) implements Merge {}
  }

  World(Iterable<Proposal> proposals) {
    proposals.forEach(this::add);
    for (Proposal proposal : proposals) {
      Content beginning = new Content(proposal.target() + "@0");
      trees.putIfAbsent(beginning, new Tree(Map.of(), Set.of(), Optional.empty()));
      tips.putIfAbsent(proposal.target(), beginning);
      beginnings.putIfAbsent(proposal.target(), beginning);
    }
    for (Proposal proposal : proposals) {
      if (proposal.alreadyMerged()) {
        land(proposal);
        beginnings.put(proposal.target(), tip(proposal.target()));
      }
    }
    merged.clear();
  }

  /** Takes a revision; it is its change's newest from now on. */
  void add(Proposal proposal) {
    revisions.put(proposal.mark(), proposal);
    newest.put(proposal.name(), proposal);
  }

  /** A revision of a change. */
  Proposal revision(Mark mark) {
    return known(revisions.get(mark), mark);
  }

  /** The newest revision of a change. */
  Proposal newest(String change) {
    return known(newest.get(change), change);
  }

  /** Where each branch points. */
  Map<BranchRef, Content> tips() {
    return tips;
  }

  Content tip(BranchRef branch) {
    return known(tips.get(branch), branch);
  }

  boolean isMerged(String change) {
    return merged.contains(change);
  }

  /**
   * Merges changes into what their branch points at and moves it there; a change that is in it
   * already has landed too.
   */
  Merge land(Proposal proposal) {
    Merge merge = merge(tip(proposal.target()), proposal);
    if (merge instanceof Merge.Clean(Content content)) {
      tips.put(proposal.target(), content);
      merged.add(proposal.name());
    }
    return merge;
  }

  /** Merges a change, and before it those of its parent commits that are missing. */
  Merge merge(Content base, Proposal proposal) {
    Content onto = base;
    Tree tree = tree(base);
    if (tree.changes.contains(proposal.mark())) {
      return new Merge.Clean(base);
    }
    if (proposal.parent().isPresent()) {
      Proposal parent = revision(proposal.parent().get());
      if (parent.target().equals(proposal.target())) {
        Merge below = merge(base, parent);
        if (!(below instanceof Merge.Clean(Content content))) {
          return below;
        }
        onto = content;
      }
    }
    return applied(onto, proposal);
  }

  private Merge applied(Content base, Proposal proposal) {
    Tree tree = tree(base);
    Map<String, String> files = new TreeMap<>(tree.files);
    for (Map.Entry<String, String> edit : proposal.edits().entrySet()) {
      String path = edit.getKey();
      Optional<String> present = Optional.ofNullable(files.get(path));
      if (!present.equals(Optional.of(edit.getValue()))
          && !present.equals(before(proposal, path))) {
        return new Merge.Conflict(
            proposal.mark() + " and what it is merged onto both write " + path);
      }
      files.put(path, edit.getValue());
    }
    Set<Mark> changes = new LinkedHashSet<>(tree.changes);
    changes.add(proposal.mark());
    Content content = new Content(base + "+" + proposal.mark());
    trees.put(content, new Tree(files, changes, proposal.redefines().or(tree::jobs)));
    return new Merge.Clean(content);
  }

  /** What stood at a path when a change was written. */
  private Optional<String> before(Proposal proposal, String path) {
    if (proposal.parent().isPresent()) {
      Proposal parent = revision(proposal.parent().get());
      if (parent.target().equals(proposal.target())) {
        String text = parent.edits().get(path);
        return text == null ? before(parent, path) : Optional.of(text);
      }
    }
    Content beginning = known(beginnings.get(proposal.target()), proposal.target());
    return Optional.ofNullable(tree(beginning).files.get(path));
  }

  /** The jobs of a project as a content defines them; empty if no change has redefined them. */
  Optional<JobLists> jobsIn(Content content) {
    return tree(content).jobs;
  }

  private Tree tree(Content content) {
    return known(trees.get(content), content);
  }

  private static <T> T known(@Nullable T value, Object name) {
    return Objects.requireNonNull(value, () -> "unknown to the scenario's world: " + name);
  }
}
