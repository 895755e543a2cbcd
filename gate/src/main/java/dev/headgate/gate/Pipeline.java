package dev.headgate.gate;

import dev.headgate.model.Change;
import dev.headgate.model.PipelineName;
import dev.headgate.model.ProjectId;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * One pipeline of a site.
 *
 * @param name its name, unique in the site
 * @param manager how it treats its changes
 * @param triggers what brings changes in; empty if only operators do
 * @param window bounds a dependent queue; other managers ignore it
 * @param failFast whether the first job that fails an item cancels its others
 * @param supersedes pipelines that a change leaves when it enters this one
 * @param keepsOldRevisions whether an item stays when its change gets a new revision
 * @param ignoresDependencies whether an independent pipeline tests changes without what they depend
 *     on
 * @param disableAfter after so many failures in a row its reports go to nobody but the operators,
 *     until the site is reconfigured; 0 for never
 * @param precedence pipelines with a lower number get workers first
 * @param requires labels that a change must have to be in it
 * @param rejects labels that keep a change out of it
 * @param projects the projects that take part; empty for every project
 */
public record Pipeline(
    PipelineName name,
    Manager manager,
    Set<Trigger> triggers,
    Window window,
    boolean failFast,
    Set<PipelineName> supersedes,
    boolean keepsOldRevisions,
    boolean ignoresDependencies,
    int disableAfter,
    int precedence,
    Set<String> requires,
    Set<String> rejects,
    Optional<Set<ProjectId>> projects) {
  public Pipeline {
    triggers =
        triggers.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(triggers));
    supersedes = Collections.unmodifiableSet(new TreeSet<>(supersedes));
    requires = Collections.unmodifiableSet(new TreeSet<>(requires));
    rejects = Collections.unmodifiableSet(new TreeSet<>(rejects));
    projects = projects.map(set -> Collections.unmodifiableSet(new TreeSet<>(set)));
    if (supersedes.contains(name)) {
      throw new IllegalArgumentException("pipeline " + name + " supersedes itself");
    }
    if (disableAfter < 0) {
      throw new IllegalArgumentException(
          "pipeline " + name + ": disable-after must be at least 0, got " + disableAfter);
    }
  }

  /** A pipeline with the defaults of everything but its name, manager and triggers. */
  public static Pipeline of(String name, Manager manager, Trigger... triggers) {
    return new Pipeline(
        new PipelineName(name),
        manager,
        Set.of(triggers),
        Window.DEFAULT,
        false,
        Set.of(),
        false,
        false,
        0,
        0,
        Set.of(),
        Set.of(),
        Optional.empty());
  }

  /** The same pipeline with another window. */
  public Pipeline with(Window other) {
    return new Pipeline(
        name,
        manager,
        triggers,
        other,
        failFast,
        supersedes,
        keepsOldRevisions,
        ignoresDependencies,
        disableAfter,
        precedence,
        requires,
        rejects,
        projects);
  }

  /** Whether changes that depend on each other in a circle are one item in it. */
  boolean seesCircles() {
    return manager != Manager.SUPERCEDENT
        && !(manager == Manager.INDEPENDENT && ignoresDependencies);
  }

  /** Whether changes of a project can be in it. */
  boolean takes(ProjectId project) {
    return projects.isEmpty() || projects.get().contains(project);
  }

  /** Why a change's labels keep it out, as the end of a sentence; empty if they do not. */
  String labelsMissing(Change change) {
    for (String label : requires) {
      if (!change.labels().contains(label)) {
        return "it lacks the label '" + label + "', which pipeline " + name + " requires";
      }
    }
    for (String label : rejects) {
      if (change.labels().contains(label)) {
        return "it has the label '" + label + "', which pipeline " + name + " rejects";
      }
    }
    return "";
  }
}
