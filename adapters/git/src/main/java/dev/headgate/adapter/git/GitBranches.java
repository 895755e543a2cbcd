package dev.headgate.adapter.git;

import dev.headgate.conduct.Answers;
import dev.headgate.conduct.Branches;
import dev.headgate.conduct.EnvironmentException;
import dev.headgate.gate.Effect;
import dev.headgate.gate.Event;
import dev.headgate.model.BranchRef;
import dev.headgate.model.Content;
import java.util.Optional;

/**
 * Moves the branches of one repository, one landing after the other, on a thread of this object's
 * own; answers are told there.
 *
 * <p>With a remote, a content is pushed there before the branch moves here, so that this repository
 * is never ahead of a remote that refuses. If the remote is ahead, the branch here follows it first
 * and the landing is refused, to be tested on the new tip; if both are ahead of each other, a
 * person has to bring them together.
 */
public final class GitBranches implements Branches, AutoCloseable {
  private final Repository repository;
  private final BranchMover mover;
  private final Optional<Remote> remote;
  private final LandingStep.Watcher watcher;
  private final WorkLine line = new WorkLine("git landings");

  private GitBranches(Repository repository, LandingOptions options, LandingStep.Watcher watcher) {
    this.repository = repository;
    this.watcher = watcher;
    this.mover = new BranchMover(repository, options.checkout(), watcher);
    this.remote = options.pushTo().map(name -> new Remote(repository, name));
  }

  /**
   * Finishes first what a killed process had begun; the caller holds the repository's lock.
   *
   * @throws EnvironmentException if that cannot be finished; the message says what to do
   */
  public static GitBranches open(Repository repository, LandingOptions options) {
    return open(repository, options, step -> {});
  }

  static GitBranches open(
      Repository repository, LandingOptions options, LandingStep.Watcher watcher) {
    new BranchMover(repository, true, watcher).recover();
    return new GitBranches(repository, options, watcher);
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

  private Content tip(BranchRef branch) {
    return repository
        .tip(Branch.LOCAL + branch.branch())
        .orElseThrow(() ->
            new EnvironmentException(
                "the branch " + branch.branch() + " has been deleted: make it again to go on"));
  }

  private Event land(Effect.Land effect) {
    watcher.reached(LandingStep.BEGUN);
    BranchRef target = effect.change().target();
    Content tip = tip(target);
    if (repository.isAncestor(effect.content(), tip)) {
      return new Event.Landed(effect.item(), tip);
    }
    if (!tip.equals(effect.expectedTip())) {
      return movedAway(effect, tip);
    }
    String ref = Branch.LOCAL + target.branch();
    if (remote.isPresent()) {
      Remote there = remote.get();
      mover.requireCanMove(ref, tip, effect.content());
      switch (there.push(effect.content(), target.branch())) {
        case Remote.Result.Pushed() -> watcher.reached(LandingStep.PUSHED);
        case Remote.Result.Forbidden(String reason) -> {
          return new Event.LandRefused(effect.item(), tip, reason);
        }
        case Remote.Result.Elsewhere(Content ahead) -> {
          return follow(there, effect, tip, ahead);
        }
      }
    }
    String reason = "headgate: land " + effect.change().id();
    return switch (mover.move(ref, tip, effect.content(), reason)) {
      case BranchMover.Result.Moved() -> new Event.Landed(effect.item(), effect.content());
      case BranchMover.Result.Elsewhere(Content now) -> movedAway(effect, now);
      case BranchMover.Result.Forbidden(String why) ->
          new Event.LandRefused(effect.item(), tip, why);
    };
  }

  private static Event movedAway(Effect.Land effect, Content tip) {
    return new Event.LandRefused(
        effect.item(), tip, effect.change().target().branch() + " moved to " + tip);
  }

  /** Brings the branch here to where the remote's is, so that the change is tested on that. */
  private Event follow(Remote there, Effect.Land effect, Content tip, Content ahead) {
    String branch = effect.change().target().branch();
    if (!repository.isAncestor(tip, ahead)) {
      throw new EnvironmentException(
          branch
              + " here ("
              + tip
              + ") and at the remote ("
              + ahead
              + ") each have commits that the"
              + " other lacks: bring them together, for example by git pull, and run again");
    }
    String ref = Branch.LOCAL + branch;
    return switch (mover.move(ref, tip, ahead, "headgate: follow the remote")) {
      case BranchMover.Result.Moved() -> {
        there.forget(branch);
        yield movedAway(effect, ahead);
      }
      case BranchMover.Result.Elsewhere(Content now) -> movedAway(effect, now);
      case BranchMover.Result.Forbidden(String why) ->
          new Event.LandRefused(effect.item(), tip, why);
    };
  }
}
