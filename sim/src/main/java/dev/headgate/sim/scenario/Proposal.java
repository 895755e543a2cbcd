package dev.headgate.sim.scenario;

import dev.headgate.model.BranchRef;
import dev.headgate.model.ProjectId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToIntFunction;

/**
 * One revision of a change, as a scenario describes it.
 *
 * @param name the change
 * @param revision counts its revisions from 1
 * @param target where it is to land
 * @param parent the revision that its commit stands on; empty if that is the branch
 * @param dependsOn the changes that its footers name
 * @param alreadyMerged whether it had landed before the scenario begins
 * @param submitRefused whether the host will refuse to merge it
 * @param files what it writes, by path
 * @param topic its topic; may be empty
 * @param redefines the jobs it gives its project; empty if it leaves them alone
 */
record Proposal(
    String name,
    int revision,
    BranchRef target,
    Optional<Mark> parent,
    List<String> dependsOn,
    boolean alreadyMerged,
    boolean submitRefused,
    Map<String, String> files,
    String topic,
    Optional<JobLists> redefines) {
  /** Where a project's jobs are defined if they are defined in its own repository. */
  static final String CONFIGURATION = "(configuration)";

  Proposal {
    dependsOn = List.copyOf(dependsOn);
    files = Collections.unmodifiableMap(new LinkedHashMap<>(files));
  }

  /** What a new revision has other than the one before it; what is empty stays. */
  record Update(
      Optional<String> childOf,
      Optional<List<String>> dependsOn,
      Optional<Map<String, String>> files,
      Optional<JobLists> redefines) {}

  /**
   * The next revision of the change.
   *
   * @param revisionOf the present revision of each change: a parent that the update names is stood
   *     on as it is now; else the next revision stands on the very commit that this one stands on
   */
  Proposal next(Update update, ToIntFunction<String> revisionOf) {
    return new Proposal(
        name,
        revision + 1,
        target,
        update.childOf.map(other -> new Mark(other, revisionOf.applyAsInt(other))).or(() -> parent),
        update.dependsOn.orElse(dependsOn),
        false,
        submitRefused,
        update.files.orElse(files),
        topic,
        update.redefines.or(() -> redefines));
  }

  Mark mark() {
    return new Mark(name, revision);
  }

  ProjectId project() {
    return target.project();
  }

  /** What it writes; a change that says nothing of files writes one of its own. */
  Map<String, String> edits() {
    Map<String, String> edits = new LinkedHashMap<>(files);
    if (files.isEmpty()) {
      edits.put(name, mark().toString());
    }
    if (redefines.isPresent()) {
      edits.put(CONFIGURATION, "of " + mark());
    }
    return edits;
  }

  /** The paths that file matchers look at. */
  List<String> paths() {
    List<String> paths = new ArrayList<>(edits().keySet());
    paths.remove(CONFIGURATION);
    return paths;
  }

  /** The changes it needs, the parent first. */
  List<String> needs() {
    List<String> needs = new ArrayList<>();
    parent.ifPresent(mark -> needs.add(mark.change()));
    for (String other : dependsOn) {
      if (!needs.contains(other)) {
        needs.add(other);
      }
    }
    return needs;
  }
}
