package dev.headgate.sim;

import dev.headgate.conduct.Answers;
import dev.headgate.gate.Event;

/** Carries answers to the conductor: late, twice or not at all while the world is not calm. */
final class Post {
  private static final int USUAL_DELAY_MS = 300;

  /** Beyond the conductor's patience, so that effects are carried out again meanwhile. */
  private static final int LONG_DELAY_MS = 100_000;

  private final World world;

  Post(World world) {
    this.world = world;
  }

  void send(Answers answers, Event event) {
    send(event.getClass().getSimpleName(), () -> answers.answer(event));
  }

  /** Carries whatever the delivery brings; it may come at once, within this call. */
  void send(String what, Runnable delivery) {
    Dice dice = world.dice;
    if (world.goesWrong(1)) {
      world.tally.count(Happening.ANSWER_LOST);
      world.trail.note("the answer %s is lost", what);
      return;
    }
    if (world.goesWrong(1)) {
      world.tally.count(Happening.ANSWER_REPEATED);
      world.timeline.inProcess(dice.between(0, LONG_DELAY_MS), delivery);
    }
    if (world.goesWrong(1)) {
      world.tally.count(Happening.ANSWER_LATE);
      world.timeline.inProcess(dice.between(USUAL_DELAY_MS, LONG_DELAY_MS), delivery);
    } else if (dice.chance(20)) {
      delivery.run();
    } else {
      world.timeline.inProcess(dice.between(0, USUAL_DELAY_MS), delivery);
    }
  }
}
