package dev.headgate.model;

import java.util.List;

/**
 * A proposed commit, or stack of commits, for one branch, at one revision.
 *
 * @param id the change's lasting name
 * @param target the branch it is to land on
 * @param revision what is proposed
 * @param dependsOn changes that must land before it, in the order they were declared, without those
 *     known to have landed; empty if it depends on none
 * @param title one line for people, the newest commit's subject; may be empty
 */
public record Change(
    ChangeId id, BranchRef target, Revision revision, List<ChangeId> dependsOn, String title) {
  public Change {
    dependsOn = List.copyOf(dependsOn);
    if (dependsOn.contains(id)) {
      throw new IllegalArgumentException("change " + id + " depends on itself");
    }
  }
}
