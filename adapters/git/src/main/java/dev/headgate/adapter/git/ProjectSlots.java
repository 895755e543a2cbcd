package dev.headgate.adapter.git;

import dev.headgate.model.Content;
import dev.headgate.model.ProjectId;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The {@link Slots} of each project: a build that has a slot's number has the slots of that number
 * in all projects, and no other build has them.
 */
public final class ProjectSlots {
  /** Where a project stands that has no branch of the name that was asked for. */
  private static final List<String> USUAL_BRANCHES = List.of("main", "master");

  private final Projects projects;
  private final Map<ProjectId, Slots> slots;

  private ProjectSlots(Projects projects) {
    this.projects = projects;
    this.slots = projects.each(Slots::open);
  }

  /** As {@link Slots#open}, for each of the projects. */
  public static ProjectSlots open(Projects projects) {
    return new ProjectSlots(projects);
  }

  /** As {@link Slots#checkout}, in the project's repository. */
  public Path checkout(ProjectId project, int number, Content content, List<String> keep) {
    return Projects.of(slots, project).checkout(number, content, keep);
  }

  /**
   * What a project is at that a job works on beside its own.
   *
   * @param branch the branch of the job's own project; the other's of the same name counts, else
   *     its main or master
   */
  public Lookup<Content> tip(ProjectId project, String branch) {
    if (!projects.has(project)) {
      return new Lookup.Problem<>("there is no project " + project + " in this queue");
    }
    List<String> names = Stream.concat(Stream.of(branch), USUAL_BRANCHES.stream()).toList();
    Map<String, Content> tips = projects.repository(project).tips(names);
    for (String name : names) {
      Content tip = tips.get(name);
      if (tip != null) {
        return new Lookup.Found<>(tip);
      }
    }
    return new Lookup.Problem<>(
        "project " + project + " has no branch " + String.join(", ", names));
  }

  /** As {@link Slots#removeAll}, for each of the projects. */
  public void removeAll() {
    slots.values().forEach(Slots::removeAll);
  }
}
