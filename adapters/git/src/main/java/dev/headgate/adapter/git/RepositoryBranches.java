package dev.headgate.adapter.git;

import dev.headgate.conduct.EnvironmentException;
import dev.headgate.model.Content;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Moves branches of one repository, and of its remote if there is one: all of a landing or none.
 */
final class RepositoryBranches {
  /** What came of a landing. */
  sealed interface Result {
    /** Every branch contains its content. */
    record Landed() implements Result {}

    /** No branch was moved to its content; the reason is a sentence. */
    record Refused(String reason) implements Result {}
  }

  private final Repository repository;
  private final BranchMover mover;
  private final Optional<Remote> remote;
  private final LandingStep.Watcher watcher;

  RepositoryBranches(Repository repository, LandingOptions options, LandingStep.Watcher watcher) {
    this.repository = repository;
    this.mover = new BranchMover(repository, options.checkout(), watcher);
    this.remote = options.pushTo().map(name -> new Remote(repository, name));
    this.watcher = watcher;
  }

  Content tip(String branch) {
    return repository.requireTip(branch);
  }

  /** Whether the branch contains the move's content already. */
  boolean isDone(BranchMove move) {
    return repository.isAncestor(move.to(), tip(move.branch()));
  }

  /** Why the moves that are left cannot be made any more; empty if they can. */
  Optional<Result.Refused> movedAway(List<BranchMove> moves) {
    for (BranchMove move : moves) {
      Content tip = tip(move.branch());
      if (!tip.equals(move.from()) && !repository.isAncestor(move.to(), tip)) {
        return Optional.of(movedAway(move.branch(), tip));
      }
    }
    return Optional.empty();
  }

  private static Result.Refused movedAway(String branch, Content tip) {
    return new Result.Refused(branch + " moved to " + tip);
  }

  /** Throws {@link EnvironmentException} if a working tree cannot follow. */
  void requireCanMove(List<BranchMove> moves) {
    moves.stream().filter(move -> !isDone(move)).forEach(mover::requireCanMove);
  }

  Result land(List<BranchMove> moves, String reason) {
    List<BranchMove> left = moves.stream().filter(move -> !isDone(move)).toList();
    Optional<Result.Refused> refused = movedAway(left);
    if (left.isEmpty() || refused.isPresent()) {
      return refused.<Result>map(known -> known).orElseGet(Result.Landed::new);
    }
    if (remote.isPresent()) {
      Remote there = remote.get();
      left.forEach(mover::requireCanMove);
      switch (there.push(left)) {
        case Remote.Result.Pushed() -> watcher.reached(LandingStep.PUSHED);
        case Remote.Result.Forbidden(String why) -> {
          return new Result.Refused(why);
        }
        case Remote.Result.Elsewhere(Map<String, Content> ahead) -> {
          return follow(there, ahead);
        }
      }
    }
    return switch (mover.move(left, reason)) {
      case BranchMover.Result.Moved() -> new Result.Landed();
      case BranchMover.Result.Elsewhere(String branch, Content now) -> movedAway(branch, now);
      case BranchMover.Result.Forbidden(String why) -> new Result.Refused(why);
    };
  }

  /** Brings branches here to where the remote's are, so that the changes are tested on that. */
  private Result follow(Remote there, Map<String, Content> ahead) {
    Map<String, Content> followed = new LinkedHashMap<>();
    List<BranchMove> moves = new ArrayList<>();
    ahead.forEach((branch, tip) -> {
      Content here = tip(branch);
      if (!repository.isAncestor(here, tip)) {
        throw new EnvironmentException(
            branch
                + " here ("
                + here
                + ") and at the remote ("
                + tip
                + ") each have commits that the"
                + " other lacks: bring them together, for example by git pull, and run again");
      }
      followed.put(branch, tip);
      moves.add(new BranchMove(branch, here, tip));
    });
    return switch (mover.move(moves, "headgate: follow the remote")) {
      case BranchMover.Result.Moved() -> {
        there.forget(followed.keySet());
        BranchMove first = moves.getFirst();
        yield movedAway(first.branch(), first.to());
      }
      case BranchMover.Result.Elsewhere(String branch, Content now) -> movedAway(branch, now);
      case BranchMover.Result.Forbidden(String why) -> new Result.Refused(why);
    };
  }
}
