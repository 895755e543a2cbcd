package dev.headgate.cli;

import dev.headgate.adapter.git.Branch;
import dev.headgate.adapter.git.Lookup;
import dev.headgate.adapter.git.Proposal;
import dev.headgate.adapter.git.Repository;
import dev.headgate.model.BranchRef;
import dev.headgate.model.Change;
import dev.headgate.model.ChangeId;
import dev.headgate.model.ProjectId;
import dev.headgate.model.Revision;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Looks up what the user named: the branches to land on, and the branches to land there. */
final class Proposals implements GateRun.Source {
  private static final List<String> USUAL_TARGETS = List.of("main", "master");

  private final LocalProjects projects;
  private final GateRun.Request request;

  Proposals(LocalProjects projects, GateRun.Request request) {
    this.projects = projects;
    this.request = request;
  }

  /**
   * In each project the branch of the same name. The own project must have it, and those that a
   * change is named of; others are only there to be looked at.
   */
  @Override
  public Map<ProjectId, Branch> targets() {
    Set<ProjectId> needed = new LinkedHashSet<>();
    needed.add(projects.own());
    request.branches().forEach(name -> needed.add(named(name).project()));
    Map<ProjectId, Branch> targets = new LinkedHashMap<>();
    for (ProjectId project : projects.names()) {
      Lookup<Branch> target = target(project);
      if (needed.contains(project)) {
        targets.put(project, target.or(reason -> refuse(of(project) + reason)));
      } else if (target instanceof Lookup.Found<Branch>(Branch found)) {
        targets.put(project, found);
      }
    }
    return targets;
  }

  private String of(ProjectId project) {
    return project.equals(projects.own()) ? "" : "project " + project + ": ";
  }

  private Lookup<Branch> target(ProjectId project) {
    Repository repository = projects.repository(project);
    String onto = request.onto();
    if (onto != null) {
      return repository.target(onto);
    }
    for (String usual : USUAL_TARGETS) {
      if (repository.target(usual) instanceof Lookup.Found<Branch> found) {
        return found;
      }
    }
    return new Lookup.Problem<>(
        "there is no branch main or master to land on: name one with --onto BRANCH");
  }

  /** The changes in the order in which they enter the queue. */
  @Override
  public List<List<Change>> changes(Map<ProjectId, Branch> targets) {
    Map<ProjectId, List<Branch>> branches = new LinkedHashMap<>();
    Set<ChangeId> given = new LinkedHashSet<>();
    for (String name : new LinkedHashSet<>(request.branches())) {
      LocalProjects.Named named = named(name);
      Branch branch = branch(named);
      if (given.add(id(named.project(), branch))) {
        branches.computeIfAbsent(named.project(), project -> new ArrayList<>()).add(branch);
      }
    }
    Map<ChangeId, Submission.Candidate> candidates = new LinkedHashMap<>();
    branches.forEach((project, all) -> {
      Branch onto = Objects.requireNonNull(targets.get(project));
      for (Proposal proposal : projects.repository(project).proposals(onto, all)) {
        requireOpen(proposal, onto);
        Submission.Candidate candidate =
            candidate(proposal, all, new BranchRef(project, onto.name()));
        candidates.put(candidate.id(), candidate);
      }
    });
    return Submission.order(
        given.stream().map(change -> Objects.requireNonNull(candidates.get(change))).toList(),
        change -> hasLanded(change, targets));
  }

  private LocalProjects.Named named(String name) {
    return projects
        .named(projects.own(), name)
        .orElseThrow(() -> {
          String project = name.substring(0, name.indexOf(':'));
          List<String> near =
              Nearest.to(project, projects.names().stream().map(ProjectId::value).toList());
          return CommandFailure.usage(
              "there is no project "
                  + project
                  + " in this queue"
                  + (near.isEmpty() ? "" : "; did you mean " + String.join(" or ", near) + "?"),
              "name its repository with --project " + project + "=FOLDER");
        });
  }

  private Branch branch(LocalProjects.Named named) {
    return projects
        .repository(named.project())
        .change(named.branch())
        .or(reason -> refuse(of(named.project()) + reason));
  }

  private static void requireOpen(Proposal proposal, Branch onto) {
    String name = proposal.branch().name();
    if (proposal.branch().ref().equals(onto.ref())) {
      throw CommandFailure.usage(name + " cannot land on itself", "");
    }
    switch (proposal.standing()) {
      case OPEN -> {}
      case MERGED ->
          throw CommandFailure.usage(
              name + " is already merged: " + onto.name() + " contains it",
              "leave it out, or commit something to it");
      case UNRELATED ->
          throw CommandFailure.usage(
              name + " shares no history with " + onto.name() + ", so it cannot be merged",
              "is it a branch of this project? rebase it onto " + onto.name() + " if it is");
    }
  }

  /** Of two names for one commit, the later depends on the earlier. */
  private Submission.Candidate candidate(
      Proposal proposal, List<Branch> branches, BranchRef target) {
    Branch branch = proposal.branch();
    ProjectId project = target.project();
    Set<ChangeId> contains = new LinkedHashSet<>();
    for (Branch other : branches.subList(0, branches.indexOf(branch))) {
      if (other.tip().equals(branch.tip())) {
        contains.add(id(project, other));
      }
    }
    proposal.contains().forEach(other -> contains.add(id(project, other)));
    return new Submission.Candidate(
        id(project, branch),
        target,
        new Revision(branch.tip().value()),
        proposal.subject(),
        contains,
        proposal.dependsOn().stream().map(footer -> declared(project, footer)).toList());
  }

  private ChangeId id(ProjectId project, Branch branch) {
    return projects.id(new LocalProjects.Named(project, branch.name()));
  }

  /**
   * What a footer names; of a project that is not here it stays as written, for the gate to say.
   */
  private ChangeId declared(ProjectId within, String footer) {
    return projects.named(within, footer).map(projects::id).orElseGet(() -> new ChangeId(footer));
  }

  private boolean hasLanded(ChangeId change, Map<ProjectId, Branch> targets) {
    Optional<LocalProjects.Named> named = projects.named(change);
    if (named.isEmpty()) {
      return false;
    }
    Repository repository = projects.repository(named.get().project());
    Branch onto = targets.get(named.get().project());
    return onto != null
        && repository.change(named.get().branch()) instanceof Lookup.Found<Branch>(Branch found)
        && repository.isAncestor(found.tip(), onto.tip());
  }

  private static Branch refuse(String reason) {
    throw CommandFailure.usage(reason, "");
  }
}
