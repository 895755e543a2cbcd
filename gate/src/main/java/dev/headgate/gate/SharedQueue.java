package dev.headgate.gate;

import dev.headgate.model.ProjectId;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/**
 * A queue that projects share, in every dependent and serial pipeline that takes them. A project
 * that no shared queue names has one of its own for each branch.
 *
 * @param name its name, unique in the site
 * @param projects its projects; not empty
 * @param circular whether changes that depend on each other in a circle may land together
 * @param perBranch whether each branch has a queue of its own
 * @param byTopic whether changes with one topic depend on each other; needs {@code circular}
 */
public record SharedQueue(
    String name, Set<ProjectId> projects, boolean circular, boolean perBranch, boolean byTopic) {
  public SharedQueue {
    projects = Collections.unmodifiableSet(new TreeSet<>(projects));
    if (name.isBlank() || projects.isEmpty()) {
      throw new IllegalArgumentException("a shared queue needs a name and at least one project");
    }
  }
}
