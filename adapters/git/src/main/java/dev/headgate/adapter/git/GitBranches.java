package dev.headgate.adapter.git;

import dev.headgate.conduct.Answers;
import dev.headgate.conduct.Branches;
import dev.headgate.conduct.EnvironmentException;
import dev.headgate.gate.Effect;
import dev.headgate.gate.Event;
import dev.headgate.model.BranchRef;
import dev.headgate.model.Content;

/**
 * Moves the branches of one repository, one landing after the other, on a thread of this object's
 * own; answers are told there.
 */
public final class GitBranches implements Branches, AutoCloseable {
  private final Repository repository;
  private final WorkLine line = new WorkLine("git landings");

  public GitBranches(Repository repository) {
    this.repository = repository;
  }

  @Override
  public void land(Effect.Land effect, Answers answers) {
    line.add(() -> answers.answer(land(effect)), answers::failed);
  }

  @Override
  public void ask(Effect.Ask effect, Answers answers) {
    line.add(
        () -> answers.answer(new Event.TipMoved(effect.branch(), tip(effect.branch()))),
        answers::failed);
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
    String ref = Branch.LOCAL + effect.change().target().branch();
    Content tip = tip(effect.change().target());
    if (tip.equals(effect.content()) || repository.isAncestor(effect.content(), tip)) {
      return new Event.Landed(effect.item(), tip);
    }
    if (!tip.equals(effect.expectedTip())) {
      return refused(effect, tip);
    }
    String[] command = {"update-ref", "-m", "headgate: land " + effect.change().id(), "--stdin"};
    Git git = repository.git().withHooks();
    Finished said = git.feed("update " + ref + " " + effect.content() + " " + tip + "\n", command);
    if (said.succeeded()) {
      return new Event.Landed(effect.item(), effect.content());
    }
    Content now = tip(effect.change().target());
    if (now.equals(tip)) {
      throw git.failure(said, command);
    }
    return refused(effect, now);
  }

  private static Event refused(Effect.Land effect, Content tip) {
    return new Event.LandRefused(
        effect.item(), tip, effect.change().target().branch() + " moved to " + tip);
  }
}
