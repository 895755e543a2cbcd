package dev.headgate.cli;

import dev.headgate.adapter.git.Branch;
import dev.headgate.adapter.git.Lookup;
import dev.headgate.adapter.git.Replay;
import dev.headgate.adapter.git.ReplayPlan;
import dev.headgate.adapter.git.Repository;
import dev.headgate.model.BranchRef;
import dev.headgate.model.Change;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code headgate gate --replay RANGE}: gates a stretch of a project's own history again, onto a
 * branch of its own that begins where the stretch began, and compares the tree that results with
 * the history's.
 */
final class ReplayRun implements GateRun.Source {
  private static final String USUAL_BRANCH = "headgate-replay";

  private final Invocation invocation;
  private final GateRun.Request request;
  private final Repository repository;
  private final ReplayPlan plan;

  /**
   * Plans the replay.
   *
   * @param config the file whose jobs are run; null if the history has its own
   * @throws CommandFailure if the range cannot be replayed
   */
  ReplayRun(Invocation invocation, GateRun.Request request, String range, @Nullable Path config) {
    this.invocation = invocation;
    this.request = request;
    this.repository = Site.repository(invocation);
    this.plan =
        Replay.plan(repository, range, Optional.ofNullable(config).map(this::read))
            .or(reason -> {
              throw CommandFailure.usage(reason, "");
            });
    if (plan.changes().isEmpty()) {
      throw CommandFailure.usage("there is nothing to replay in " + range, skipped());
    }
  }

  private String read(Path config) {
    Path file = invocation.directory().resolve(config);
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw CommandFailure.usage("cannot read " + file + ": " + e, "");
    }
  }

  ExitCode run() throws InterruptedException {
    if (!request.json()) {
      announce(invocation.console().out());
    }
    ExitCode gated = new GateRun(invocation, request).run(repository, this);
    return gated == ExitCode.SUCCESS ? compare() : gated;
  }

  @Override
  public Branch target() {
    return repository
        .createBranch(branchName(), plan.base())
        .or(reason -> {
          throw CommandFailure.usage(reason, "or name another branch with --onto");
        });
  }

  private String branchName() {
    String named = request.onto();
    return named == null ? USUAL_BRANCH : named;
  }

  @Override
  public List<Change> changes(Branch target) {
    BranchRef onto = new BranchRef(repository.project(), target.name());
    return plan.changes().stream()
        .map(replayed ->
            new Change(
                replayed.name(), onto, replayed.revision(), replayed.dependsOn(), replayed.title()))
        .toList();
  }

  private void announce(PrintStream out) {
    out.println(
        "replaying "
            + Wording.count(plan.changes().size(), "change")
            + " onto "
            + Wording.commit(plan.base())
            + ", up to "
            + Wording.commit(plan.upstream()));
    for (ReplayPlan.Replayed change : plan.changes()) {
      out.println("  " + change.name() + "  " + Wording.printable(change.title()));
    }
    String skipped = skipped();
    if (!skipped.isEmpty()) {
      out.println(skipped);
    }
    out.println();
    out.flush();
  }

  private String skipped() {
    StringBuilder text = new StringBuilder();
    for (ReplayPlan.NotReplayed commit : plan.notReplayed()) {
      text.append(text.isEmpty() ? "" : "\n")
          .append(commit.carried() ? "not merged again, but carried over: " : "left out: ")
          .append(Wording.commit(commit.upstream()))
          .append(' ')
          .append(Wording.printable(commit.title()))
          .append(": ")
          .append(commit.reason());
    }
    return text.toString();
  }

  /** Everything landed, so the trees must be the same; if not, we merged wrongly. */
  private ExitCode compare() {
    if (!(repository.target(branchName()) instanceof Lookup.Found<Branch>(Branch branch))) {
      throw CommandFailure.environment(
          "the branch " + branchName() + " has been removed", "", null);
    }
    String tree = repository.tree(branch.tip());
    if (!tree.equals(plan.finalTree())) {
      throw new IllegalStateException(
          "the replayed tree " + tree + " is not the history's " + plan.finalTree());
    }
    if (!request.json()) {
      invocation
          .console()
          .out()
          .println(
              "the tree of " + branch.name() + " is that of " + Wording.commit(plan.upstream()));
    }
    return ExitCode.SUCCESS;
  }
}
