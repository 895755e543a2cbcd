package dev.headgate.adapter.git;

import dev.headgate.conduct.EnvironmentException;
import dev.headgate.model.ProjectId;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/** Which repository each project of a site is. Immutable. */
public final class Projects {
  private final Map<ProjectId, Repository> repositories;

  private Projects(Map<ProjectId, Repository> repositories) {
    this.repositories = Collections.unmodifiableMap(new TreeMap<>(repositories));
  }

  /** A site of these projects; no two of them are one repository. */
  public static Projects of(Map<ProjectId, Repository> repositories) {
    return new Projects(repositories);
  }

  /** A site of one project, which is named as its repository is. */
  public static Projects of(Repository repository) {
    return new Projects(Map.of(repository.project(), repository));
  }

  /** The projects' names, sorted. */
  public Set<ProjectId> names() {
    return repositories.keySet();
  }

  /** Whether the site has a project of that name. */
  public boolean has(ProjectId project) {
    return repositories.containsKey(project);
  }

  /**
   * The project's repository.
   *
   * @throws EnvironmentException if the site has no such project (any more)
   */
  public Repository repository(ProjectId project) {
    return of(repositories, project);
  }

  /** Something for each project, in the order of their names. */
  <T> Map<ProjectId, T> each(Function<Repository, T> make) {
    Map<ProjectId, T> made = new TreeMap<>();
    repositories.forEach((project, repository) -> made.put(project, make.apply(repository)));
    return Collections.unmodifiableMap(made);
  }

  /** What {@link #each} made for the project. */
  static <T> T of(Map<ProjectId, T> made, ProjectId project) {
    T found = made.get(project);
    if (found == null) {
      throw new EnvironmentException(
          "the queue has a change of project "
              + project
              + ", which is not among those given: name its repository with --project "
              + project
              + "=FOLDER");
    }
    return found;
  }
}
