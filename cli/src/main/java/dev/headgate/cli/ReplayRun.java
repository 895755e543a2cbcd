package dev.headgate.cli;

import dev.headgate.adapter.git.Branch;
import dev.headgate.adapter.git.Lookup;
import dev.headgate.adapter.git.Replay;
import dev.headgate.adapter.git.ReplayPlan;
import dev.headgate.adapter.git.Repository;
import dev.headgate.model.BranchRef;
import dev.headgate.model.Change;
import dev.headgate.model.Content;
import dev.headgate.model.ProjectId;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * {@code headgate gate --replay RANGE}: gates a stretch of a project's own history again, onto a
 * branch of its own that begins where the stretch began, and compares the tree that results with
 * the history's.
 */
final class ReplayRun implements GateRun.Source {
  private static final String USUAL_BRANCH = "headgate-replay";
  private static final String CONFIG = ".headgate.yaml";

  private final Invocation invocation;
  private final GateRun.Request request;
  private final String range;
  private final @Nullable Path config;
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
    this.range = range;
    this.config = config;
    this.repository = Site.repository(invocation);
    this.plan =
        Replay.plan(repository, range, Optional.ofNullable(config).map(this::read))
            .or(reason -> {
              throw CommandFailure.usage(reason, "");
            });
    if (plan.changes().isEmpty()) {
      throw CommandFailure.usage("there is nothing to replay in " + range, skipped());
    }
    Content first = plan.changes().getFirst().upstream();
    if (config == null && !repository.holds(first, CONFIG)) {
      throw CommandFailure.usage(
          "the history has no " + CONFIG + " at " + Wording.commit(first),
          "give the jobs with --config FILE");
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
    // Before anything is said or waited for; making the branch decides.
    if (repository.target(branchName()) instanceof Lookup.Found<Branch>) {
      throw exists("the branch " + branchName() + " exists already");
    }
    if (!request.output().json()) {
      announce(invocation.console().out());
    }
    ExitCode gated =
        new GateRun(invocation, request).run(LocalSite.open(invocation, request), this);
    if (gated == ExitCode.SUCCESS) {
      return compare();
    }
    say("not everything landed, so nothing was compared with " + Wording.commit(plan.upstream()));
    return gated;
  }

  @Override
  public Map<ProjectId, Branch> targets() {
    return Map.of(
        repository.project(),
        repository
            .createBranch(branchName(), plan.base())
            .or(reason -> {
              throw exists(reason);
            }));
  }

  private CommandFailure exists(String reason) {
    return CommandFailure.usage(
        reason,
        "`headgate gate` finishes a replay that was killed; for a new one remove the branch (git branch -D "
            + branchName()
            + ") or name another with --onto");
  }

  private String branchName() {
    String named = request.onto();
    return named == null ? USUAL_BRANCH : named;
  }

  @Override
  public List<List<Change>> changes(Map<ProjectId, Branch> targets) {
    BranchRef onto = new BranchRef(repository.project(), branchName());
    return plan.changes().stream()
        .map(replayed ->
            List.of(
                new Change(
                    replayed.name(),
                    onto,
                    replayed.revision(),
                    replayed.dependsOn(),
                    replayed.title())))
        .toList();
  }

  private void announce(PrintStream out) {
    out.println(
        "replaying "
            + Wording.printable(range)
            + " as "
            + Wording.count(plan.changes().size(), "change")
            + " ("
            + kinds()
            + ") onto "
            + branchName());
    out.println(
        "which begins at "
            + Wording.commit(plan.base())
            + (config == null ? "" : ": the history's commit with " + config + " as " + CONFIG));
    String skipped = skipped();
    if (!skipped.isEmpty()) {
      out.println(skipped);
    }
    // The plain display names each title when its change enters the queue.
    if (invocation.console().terminal().live()) {
      for (ReplayPlan.Replayed change : plan.changes()) {
        out.println("  " + change.name() + "  " + Wording.printable(change.title()));
      }
    }
    out.println();
    out.flush();
  }

  private String kinds() {
    return Stream.of(
            part(ReplayPlan.Kind.MERGE, "merge"),
            part(ReplayPlan.Kind.CARRIED, "merge carried over"),
            part(ReplayPlan.Kind.COMMIT, "single commit"))
        .filter(part -> !part.isEmpty())
        .collect(Collectors.joining(", "));
  }

  private String part(ReplayPlan.Kind kind, String noun) {
    long n = plan.changes().stream().filter(change -> change.kind() == kind).count();
    return n == 0 ? "" : n + " " + (n == 1 ? noun : noun.replaceFirst("(merge|commit)", "$1s"));
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
    say(
        "the tree of "
            + branch.name()
            + " is that of "
            + Wording.commit(plan.upstream())
            + (config == null ? "" : ", with " + CONFIG + " added")
            + leftOut());
    return ExitCode.SUCCESS;
  }

  private String leftOut() {
    long commits = plan.notReplayed().stream().filter(commit -> !commit.carried()).count();
    return commits == 0
        ? ""
        : " (" + Wording.count(commits, "commit") + " left out, as said above)";
  }

  private void say(String line) {
    if (!request.output().json()) {
      invocation.console().out().println(line);
    }
  }
}
