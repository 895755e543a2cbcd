package dev.headgate.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * A proposed commit, or stack of commits, for one branch, at one revision.
 *
 * @param id the change's lasting name
 * @param target the branch it is to land on
 * @param revision what is proposed
 * @param dependsOn changes that must land before it, parent commits first, then the declared ones
 *     in the order of their declaration, without those known to have landed; empty if it depends on
 *     none
 * @param title one line for people, the newest commit's subject; may be empty
 * @param parents those of {@code dependsOn} whose commit this one stands on, with the very revision
 *     it stands on
 * @param topic a name that changes share which belong together; empty if it has none
 * @param labels what was said about it, such as {@code wip}; pipelines may require or reject labels
 */
public record Change(
    ChangeId id,
    BranchRef target,
    Revision revision,
    List<ChangeId> dependsOn,
    String title,
    Map<ChangeId, Revision> parents,
    String topic,
    Set<String> labels) {
  public Change {
    dependsOn = List.copyOf(dependsOn);
    parents = Collections.unmodifiableMap(new LinkedHashMap<>(parents));
    labels = Collections.unmodifiableSet(new TreeSet<>(labels));
    if (dependsOn.contains(id)) {
      throw new IllegalArgumentException("change " + id + " depends on itself");
    }
    if (!dependsOn.containsAll(parents.keySet())) {
      throw new IllegalArgumentException(
          "the parents of change " + id + " must be among what it depends on");
    }
  }

  /** A change with declared dependencies only, no topic and no labels. */
  public Change(
      ChangeId id, BranchRef target, Revision revision, List<ChangeId> dependsOn, String title) {
    this(id, target, revision, dependsOn, title, Map.of(), "", Set.of());
  }

  /** The same change after another has landed. */
  public Change without(ChangeId landed) {
    if (!dependsOn.contains(landed)) {
      return this;
    }
    List<ChangeId> left = new ArrayList<>(dependsOn);
    left.removeIf(landed::equals);
    Map<ChangeId, Revision> commits = new LinkedHashMap<>(parents);
    commits.remove(landed);
    return new Change(id, target, revision, left, title, commits, topic, labels);
  }
}
