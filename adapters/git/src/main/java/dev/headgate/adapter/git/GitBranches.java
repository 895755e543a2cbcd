package dev.headgate.adapter.git;

import dev.headgate.conduct.Answers;
import dev.headgate.conduct.Branches;
import dev.headgate.conduct.EnvironmentException;
import dev.headgate.gate.Effect;
import dev.headgate.gate.Event;
import dev.headgate.model.BranchRef;
import dev.headgate.model.Change;
import dev.headgate.model.ChangeId;
import dev.headgate.model.Content;
import dev.headgate.model.ProjectId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Moves the branches of the projects' repositories, one landing after the other, on a thread of
 * this object's own; answers are told there.
 *
 * <p>A landing of several branches of one repository is one transaction of git's. Over several
 * repositories there is none: all are looked at first, then each is moved in its turn, and if a
 * later one refuses all the same, the answer says what has landed. A process that is killed between
 * two of them goes on with the rest when it is started again.
 *
 * <p>With a remote, contents are pushed there before the branches move here, so that a repository
 * is never ahead of a remote that refuses. If the remote is ahead, the branch here follows it first
 * and the landing is refused, to be tested on the new tip; if both are ahead of each other, a
 * person has to bring them together.
 */
public final class GitBranches implements Branches, AutoCloseable {
  private final Map<ProjectId, RepositoryBranches> repositories;
  private final LandingStep.Watcher watcher;
  private final WorkLine line = new WorkLine("git landings");

  private GitBranches(Projects projects, LandingOptions options, LandingStep.Watcher watcher) {
    this.watcher = watcher;
    this.repositories =
        projects.each(repository -> new RepositoryBranches(repository, options, watcher));
  }

  /**
   * Finishes first what a killed process had begun; the caller holds the repositories' locks.
   *
   * @throws EnvironmentException if that cannot be finished; the message says what to do
   */
  public static GitBranches open(Projects projects, LandingOptions options) {
    return open(projects, options, step -> {});
  }

  static GitBranches open(Projects projects, LandingOptions options, LandingStep.Watcher watcher) {
    for (ProjectId project : projects.names()) {
      new BranchMover(projects.repository(project), true, watcher).recover();
    }
    return new GitBranches(projects, options, watcher);
  }

  @Override
  public void land(Effect.Land effect, Answers answers) {
    line.add(() -> answers.answer(land(effect)), answers::failed, answers::crashed);
  }

  @Override
  public void ask(Effect.Ask effect, Answers answers) {
    line.add(
        () -> answers.answer(new Event.TipMoved(effect.branch(), tip(effect.branch()))),
        answers::failed,
        answers::crashed);
  }

  /** Finishes the landing that is being made and drops those that wait. */
  @Override
  public void close() {
    line.close();
  }

  private RepositoryBranches of(ProjectId project) {
    return Projects.of(repositories, project);
  }

  private Content tip(BranchRef branch) {
    return of(branch.project()).tip(branch.branch());
  }

  private Event land(Effect.Land effect) {
    watcher.reached(LandingStep.BEGUN);
    Map<ProjectId, List<BranchMove>> moves = new LinkedHashMap<>();
    for (Effect.Move move : effect.moves()) {
      moves
          .computeIfAbsent(move.branch().project(), project -> new ArrayList<>())
          .add(new BranchMove(move.branch().branch(), move.expectedTip(), move.content()));
    }
    if (moves.size() > 1) {
      Optional<Event> refused = lookFirst(effect, moves);
      if (refused.isPresent()) {
        return refused.get();
      }
    }
    String reason = "headgate: land " + names(effect);
    for (Map.Entry<ProjectId, List<BranchMove>> part : moves.entrySet()) {
      if (of(part.getKey()).land(part.getValue(), reason)
          instanceof RepositoryBranches.Result.Refused(String why)) {
        return refused(effect, why);
      }
    }
    return new Event.Landed(effect.item(), tips(effect));
  }

  /** What can be known before the first repository is touched must not be found at the second. */
  private Optional<Event> lookFirst(Effect.Land effect, Map<ProjectId, List<BranchMove>> moves) {
    for (Map.Entry<ProjectId, List<BranchMove>> part : moves.entrySet()) {
      Optional<RepositoryBranches.Result.Refused> away =
          of(part.getKey()).movedAway(part.getValue());
      if (away.isPresent()) {
        return Optional.of(refused(effect, away.get().reason()));
      }
    }
    moves.forEach((project, part) -> of(project).requireCanMove(part));
    return Optional.empty();
  }

  private Event refused(Effect.Land effect, String reason) {
    Set<BranchRef> done = new TreeSet<>();
    for (Effect.Move move : effect.moves()) {
      BranchRef branch = move.branch();
      if (of(branch.project())
          .isDone(new BranchMove(branch.branch(), move.expectedTip(), move.content()))) {
        done.add(branch);
      }
    }
    Set<ChangeId> landed =
        effect.changes().stream()
            .filter(change -> done.contains(change.target()))
            .map(Change::id)
            .collect(Collectors.toSet());
    return new Event.LandRefused(effect.item(), tips(effect), reason, landed);
  }

  private Map<BranchRef, Content> tips(Effect.Land effect) {
    Map<BranchRef, Content> tips = new TreeMap<>();
    effect.moves().forEach(move -> tips.put(move.branch(), tip(move.branch())));
    return tips;
  }

  private static String names(Effect.Land effect) {
    return effect.changes().stream()
        .map(change -> change.id().value())
        .collect(Collectors.joining(", "));
  }
}
