package dev.headgate.cli;

import dev.headgate.adapter.git.Projects;
import dev.headgate.adapter.git.Repository;
import dev.headgate.model.ChangeId;
import dev.headgate.model.ProjectId;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The projects that one call of {@code headgate gate} works with: the repository it was called in,
 * which is named as its folder is, and those that the user gave names to. Their changes are known
 * by {@code BRANCH} for the one, {@code PROJECT:BRANCH} for the others.
 */
final class LocalProjects {
  private final ProjectId own;
  private final Map<ProjectId, Repository> repositories;

  private LocalProjects(ProjectId own, Map<ProjectId, Repository> repositories) {
    this.own = own;
    this.repositories = Collections.unmodifiableMap(new LinkedHashMap<>(repositories));
  }

  /** A branch of one of the projects. */
  record Named(ProjectId project, String branch) {}

  /**
   * The repository and others besides.
   *
   * @param others the folders of the others by their names
   * @throws CommandFailure if a name or a folder cannot be used
   */
  static LocalProjects open(Repository current, Map<String, Path> others) {
    Map<ProjectId, Repository> all = new LinkedHashMap<>();
    ProjectId own = current.project();
    all.put(own, current);
    others.forEach((name, folder) -> {
      Repository repository =
          Repository.open(folder)
              .or(reason -> {
                throw CommandFailure.usage("project " + name + ": " + reason, "");
              });
      ProjectId project = new ProjectId(name);
      if (!project.equals(own) || !isSame(repository, current)) {
        requireNew(all, project, repository);
        all.put(project, repository);
      }
    });
    return new LocalProjects(own, all);
  }

  private static void requireNew(
      Map<ProjectId, Repository> all, ProjectId project, Repository repository) {
    if (all.containsKey(project)) {
      throw CommandFailure.usage(
          "two projects are named " + project, "the current repository is named as its folder is");
    }
    all.forEach((other, known) -> {
      if (isSame(known, repository)) {
        throw CommandFailure.usage(
            "the projects " + other + " and " + project + " are the same repository", "");
      }
    });
  }

  private static boolean isSame(Repository one, Repository other) {
    return one.commonDirectory().equals(other.commonDirectory());
  }

  /** The project of the repository that the command was called in. */
  ProjectId own() {
    return own;
  }

  /** All of them, the own one first. */
  List<ProjectId> names() {
    return List.copyOf(repositories.keySet());
  }

  Repository repository(ProjectId project) {
    return Objects.requireNonNull(repositories.get(project));
  }

  boolean has(ProjectId project) {
    return repositories.containsKey(project);
  }

  /** All repositories, that of the own project first. */
  List<Repository> repositories() {
    return new ArrayList<>(repositories.values());
  }

  Projects projects() {
    return Projects.of(repositories);
  }

  /** The change that a branch is known by. */
  ChangeId id(Named named) {
    return new ChangeId(
        named.project.equals(own) ? named.branch : named.project + ":" + named.branch);
  }

  /**
   * The branch that a text names.
   *
   * @param within the project of a branch that is named without one
   * @return empty if the text names a project that is not among these
   */
  Optional<Named> named(ProjectId within, String text) {
    int colon = text.indexOf(':');
    if (colon < 0) {
      return Optional.of(new Named(within, text));
    }
    // No branch's name contains a colon, git-check-ref-format(1).
    String name = text.substring(0, colon);
    return name.isBlank() || !has(new ProjectId(name))
        ? Optional.empty()
        : Optional.of(new Named(new ProjectId(name), text.substring(colon + 1)));
  }

  /** The branch that a change of these projects is; empty if it is of none of them. */
  Optional<Named> named(ChangeId change) {
    return named(own, change.value());
  }
}
