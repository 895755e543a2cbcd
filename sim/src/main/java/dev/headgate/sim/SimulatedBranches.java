package dev.headgate.sim;

import dev.headgate.conduct.Answers;
import dev.headgate.conduct.Branches;
import dev.headgate.conduct.EnvironmentException;
import dev.headgate.gate.Effect;
import dev.headgate.gate.Event;
import dev.headgate.model.ItemId;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Moves the branches of the invented repository, by compare and swap. */
final class SimulatedBranches implements Branches {
  private static final int SLOWEST_MOVE_MS = 1_000;

  private final World world;
  private final Post post;

  /**
   * What the newest landing of each item came to. A landing that is carried out again after it was
   * refused must not succeed then: the gate has gone on since.
   */
  private final Map<ItemId, Decided> decided = new HashMap<>();

  private record Decided(Effect.Move move, Event answer) {}

  SimulatedBranches(World world, Post post) {
    this.world = world;
    this.post = post;
  }

  @Override
  public void land(Effect.Land effect, Answers answers) {
    if (world.goesWrong(0.02)) {
      world.tally.count(Happening.PORT_FAILED);
      throw new EnvironmentException("the repository cannot be written");
    }
    world.whenLanding.accept(effect.change().id());
    world.timeline.inProcess(
        world.dice.between(0, SLOWEST_MOVE_MS), () -> post.send(answers, decide(effect)));
  }

  private Event decide(Effect.Land effect) {
    Decided newest = decided.get(effect.item());
    if (newest == null || !newest.move().equals(effect.move())) {
      newest = new Decided(effect.move(), move(effect));
      decided.put(effect.item(), newest);
    }
    return newest.answer();
  }

  private Event move(Effect.Land effect) {
    Effect.Move move = effect.move();
    Tree tip = world.repository.tip(move.branch());
    boolean contained = tip.descendsFrom(move.content());
    if (!contained && !tip.content().equals(move.expectedTip())) {
      world.tally.count(Happening.LANDING_REFUSED_FOR_A_MOVED_BRANCH);
      return refused(effect, tip, "the branch moved");
    }
    if (contained) {
      world.foundLanded(effect);
    } else {
      if (world.goesWrong(0.3)) {
        world.tally.count(Happening.LANDING_REFUSED_FOR_A_FAULT);
        return refused(effect, tip, "a lock is held");
      }
      world.land(effect);
    }
    return new Event.Landed(
        effect.item(), Map.of(move.branch(), world.repository.tip(move.branch()).content()));
  }

  private static Event refused(Effect.Land effect, Tree tip, String reason) {
    return new Event.LandRefused(
        effect.item(), Map.of(effect.move().branch(), tip.content()), reason, Set.of());
  }

  @Override
  public void ask(Effect.Ask effect, Answers answers) {
    world.timeline.inProcess(
        world.dice.between(0, SLOWEST_MOVE_MS),
        () ->
            post.send(
                answers,
                new Event.TipMoved(
                    effect.branch(), world.repository.tip(effect.branch()).content())));
  }
}
