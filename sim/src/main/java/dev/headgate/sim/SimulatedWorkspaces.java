package dev.headgate.sim;

import dev.headgate.conduct.EnvironmentException;
import dev.headgate.conduct.Workspaces;
import dev.headgate.gate.Effect;
import dev.headgate.model.Change;
import dev.headgate.model.Content;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Merges in the invented repository. */
final class SimulatedWorkspaces implements Workspaces {
  private static final int SLOWEST_MERGE_MS = 2_000;

  private final World world;
  private final Post post;

  SimulatedWorkspaces(World world, Post post) {
    this.world = world;
    this.post = post;
  }

  @Override
  public void prepare(Effect.Prepare effect, Outcomes outcomes) {
    if (world.goesWrong(0.02)) {
      world.tally.count(Happening.PORT_FAILED);
      outcomes.failed(new EnvironmentException("no space left to merge in"));
      return;
    }
    int takes = world.dice.between(0, SLOWEST_MERGE_MS);
    world.timeline.inProcess(takes, () -> post.send("Merge", () -> outcomes.merge(merge(effect))));
  }

  private Merge merge(Effect.Prepare effect) {
    Change change = effect.change();
    Content base = effect.baseOfChange();
    Tree merged = world.repository.merge(base, change.revision().value());
    if (merged == null) {
      world.tally.count(Happening.MERGE_CONFLICTED);
      return new Merge.Conflict(change.id() + " and " + base + " change the same lines");
    }
    List<String> files = merged.content().equals(base) ? List.of() : merged.changedFiles();
    return new Merge.Merged(
        Map.of(change.target(), merged.content()),
        List.of(
            new MergedChange(
                change.id(),
                files,
                Optional.of(merged.configuration()).filter(text -> !text.isEmpty()))));
  }
}
