package dev.headgate.cli;

import dev.headgate.adapter.git.Branch;
import dev.headgate.adapter.git.Lookup;
import dev.headgate.adapter.git.Proposal;
import dev.headgate.adapter.git.Repository;
import dev.headgate.model.BranchRef;
import dev.headgate.model.Change;
import dev.headgate.model.Revision;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Looks up what the user named: the branch to land on, and the branches to land there. */
final class Proposals implements GateRun.Source {
  private static final List<String> USUAL_TARGETS = List.of("main", "master");

  private final Repository repository;
  private final GateRun.Request request;

  Proposals(Repository repository, GateRun.Request request) {
    this.repository = repository;
    this.request = request;
  }

  /** The branch that changes land on; throws {@link CommandFailure} if there is no such branch. */
  @Override
  public Branch target() {
    String named = request.onto();
    if (named != null) {
      return repository.target(named).or(Proposals::refuse);
    }
    for (String usual : USUAL_TARGETS) {
      if (repository.target(usual) instanceof Lookup.Found<Branch>(Branch found)) {
        return found;
      }
    }
    throw CommandFailure.usage(
        "there is no branch main or master to land on", "name one with --onto BRANCH");
  }

  /** The changes in the order in which they enter the queue. */
  @Override
  public List<Change> changes(Branch onto) {
    List<Branch> branches = new ArrayList<>();
    for (String name : new LinkedHashSet<>(request.branches())) {
      branches.add(repository.change(name).or(Proposals::refuse));
    }
    List<Proposal> proposals = repository.proposals(onto, branches);
    proposals.forEach(proposal -> requireOpen(proposal, onto));
    return Submission.order(
        proposals.stream().map(proposal -> candidate(proposal, branches)).toList(),
        new BranchRef(repository.project(), onto.name()),
        name -> hasLanded(name, onto));
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
  private static Submission.Candidate candidate(Proposal proposal, List<Branch> branches) {
    Branch branch = proposal.branch();
    Set<String> contains = new LinkedHashSet<>();
    for (Branch other : branches.subList(0, branches.indexOf(branch))) {
      if (other.tip().equals(branch.tip())) {
        contains.add(other.name());
      }
    }
    proposal.contains().forEach(other -> contains.add(other.name()));
    return new Submission.Candidate(
        branch.name(),
        new Revision(branch.tip().value()),
        proposal.subject(),
        contains,
        proposal.dependsOn());
  }

  private boolean hasLanded(String name, Branch onto) {
    return repository.change(name) instanceof Lookup.Found<Branch>(Branch found)
        && repository.isAncestor(found.tip(), onto.tip());
  }

  private static Branch refuse(String reason) {
    throw CommandFailure.usage(reason, "");
  }
}
