package dev.headgate.adapter.git;

import dev.headgate.model.ChangeId;
import dev.headgate.model.Content;
import dev.headgate.model.Revision;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Turns a stretch of first-parent history into changes, and tries in the object store that landing
 * them gives the very trees that the history has.
 *
 * <p>Landed commits have other ids than the history's, since their first parents differ. A merge is
 * replayed by merging the same second parent again. If that branched off inside the stretch, it
 * brings the history's own commits along; both sides made the same changes then, which git merges.
 * Every other commit is replayed by merging itself, which holds all of the history before it and so
 * brings the two lines together again. Picking such commits onto the base instead would make them
 * independent of what went before, but later branches that hold the original conflict with the
 * copy.
 */
public final class Replay {
  private static final int SHORT_ID_LENGTH = 8;

  private final ObjectStore objects;
  private final Merger merger;
  private final List<ReplayPlan.Replayed> changes = new ArrayList<>();
  private final List<ReplayPlan.NotReplayed> notReplayed = new ArrayList<>();
  private final ReplayTrees trees;
  private final HistoryStretch stretch;

  private Replay(ObjectStore objects, ReplayTrees trees, HistoryStretch stretch) {
    this.objects = objects;
    this.merger = new Merger(objects);
    this.trees = trees;
    this.stretch = stretch;
  }

  /**
   * Plans the replay of a stretch.
   *
   * @param range {@code FROM..TO}; an empty end stands for HEAD
   * @param configuration text for a {@code .headgate.yaml} that the base gets and every tree of the
   *     replay then holds besides; empty if the history has its own
   */
  public static Lookup<ReplayPlan> plan(
      Repository repository, String range, Optional<String> configuration) {
    ObjectStore objects = ObjectStore.of(repository);
    ReplayTrees trees = new ReplayTrees(objects, configuration);
    return HistoryStretch.read(repository, objects, range)
        .then(stretch ->
            trees
                .base(stretch.base(), stretch.commit(stretch.base()))
                .then(base -> new Replay(objects, trees, stretch).walk(base)));
  }

  private Lookup<ReplayPlan> walk(Content base) {
    Content line = base;
    Content upstream = stretch.base();
    String tree = trees.wanted(stretch.commit(upstream).tree());
    List<Content> steps = stretch.steps();
    for (int i = 0; i < steps.size(); i++) {
      CommitText commit = stretch.commit(steps.get(i));
      if (commit.tree().equals(stretch.commit(upstream).tree())) {
        leaveOut(steps.get(i), commit, "it changes no file", false);
        upstream = steps.get(i);
        continue;
      }
      String wanted = trees.wanted(commit.tree());
      Optional<ReplayPlan.Replayed> change = choose(line, upstream, steps.get(i), commit, wanted);
      if (change.isEmpty()) {
        steps
            .subList(i + 1, steps.size())
            .forEach(later ->
                leaveOut(
                    later, stretch.commit(later), "it follows a commit that is left out", false));
        break;
      }
      changes.add(change.get());
      line = land(line, change.get(), wanted);
      upstream = steps.get(i);
      tree = wanted;
    }
    return new Lookup.Found<>(
        new ReplayPlan(base, withDependencies(), notReplayed, tree, upstream));
  }

  private void leaveOut(Content step, CommitText commit, String reason, boolean carried) {
    notReplayed.add(new ReplayPlan.NotReplayed(step, commit.subject(), reason, carried));
  }

  private Optional<ReplayPlan.Replayed> choose(
      Content line, Content upstream, Content step, CommitText commit, String wanted) {
    ReplayPlan.Kind kind = ReplayPlan.Kind.COMMIT;
    String notAsMerge = "";
    if (commit.parents().size() > 1) {
      String second = commit.parents().get(1);
      notAsMerge = whyNotAsMerge(line, upstream, commit, wanted);
      if (notAsMerge.isEmpty()) {
        return Optional.of(change(step, commit, second, ReplayPlan.Kind.MERGE));
      }
      kind = ReplayPlan.Kind.CARRIED;
    }
    String notAtAll = difference(line, step.value(), wanted);
    if (notAtAll.isEmpty()) {
      if (!notAsMerge.isEmpty()) {
        leaveOut(step, commit, notAsMerge, true);
      }
      return Optional.of(change(step, commit, step.value(), kind));
    }
    leaveOut(step, commit, notAsMerge.isEmpty() ? notAtAll : notAsMerge, false);
    return Optional.empty();
  }

  private String whyNotAsMerge(Content line, Content upstream, CommitText commit, String wanted) {
    if (commit.parents().size() > 2) {
      return "it merges " + (commit.parents().size() - 1) + " branches at once";
    }
    String second = commit.parents().get(1);
    String there = difference(upstream, second, commit.tree());
    if (!there.isEmpty()) {
      return "merging its second parent again does not give its tree: " + there;
    }
    String here = difference(line, second, wanted);
    return here.isEmpty() ? "" : "its second parent does not fit the changes before it: " + here;
  }

  /** Why merging the revision does not give the tree; empty if it does. */
  private String difference(Content onto, String revision, String wanted) {
    return switch (merger.merge(onto, revision)) {
      case Merger.Result.Conflicting(String detail) -> detail;
      case Merger.Result.Clean(String tree) ->
          tree.equals(wanted) ? "" : "the result differs in " + named(tree, wanted);
    };
  }

  private String named(String tree, String wanted) {
    List<String> files = objects.changedFiles(tree, wanted);
    int more = files.size() - ConflictReport.MAX_NAMED;
    return more <= 0
        ? String.join(", ", files)
        : String.join(", ", files.subList(0, ConflictReport.MAX_NAMED)) + " and " + more + " more";
  }

  private ReplayPlan.Replayed change(
      Content step, CommitText commit, String revision, ReplayPlan.Kind kind) {
    String place = Integer.toString(changes.size() + 1);
    int width = Integer.toString(stretch.steps().size()).length();
    String name =
        "replay-"
            + "0".repeat(Math.max(0, width - place.length()))
            + place
            + "-"
            + step.value().substring(0, SHORT_ID_LENGTH);
    return new ReplayPlan.Replayed(
        new ChangeId(name), new Revision(revision), commit.subject(), step, kind, List.of());
  }

  /** The commit that landing the change makes, as {@link GitWorkspaces} makes it. */
  private Content land(Content line, ReplayPlan.Replayed change, String tree) {
    ObjectBatch read = objects.read(line.value(), change.revision().value());
    Content revision = new Content(change.revision().value());
    return objects.commit(
        MergeCommit.text(change.name(), tree, line, read.commit(0), revision, read.commit(1)));
  }

  /** A revision that holds another change's revision, or the history's commit of it, needs it. */
  private List<ReplayPlan.Replayed> withDependencies() {
    List<ReplayPlan.Replayed> all = new ArrayList<>();
    for (ReplayPlan.Replayed change : changes) {
      Set<String> held = held(change);
      List<ChangeId> needed =
          all.stream()
              .filter(earlier ->
                  held.contains(earlier.revision().value())
                      || held.contains(earlier.upstream().value()))
              .map(ReplayPlan.Replayed::name)
              .toList();
      all.add(
          new ReplayPlan.Replayed(
              change.name(),
              change.revision(),
              change.title(),
              change.upstream(),
              change.kind(),
              needed));
    }
    return all;
  }

  private Set<String> held(ReplayPlan.Replayed change) {
    return new HashSet<>(
        objects
            .git()
            .must("rev-list", change.revision().value(), "--not", stretch.base().value())
            .lines());
  }
}
