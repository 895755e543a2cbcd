package dev.headgate.sim;

import dev.headgate.conduct.Probe;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** Ends the process at planned points, and tells when something was committed. */
final class Crashes implements Probe {
  private static final int MOST_IN_A_HISTORY = 4;

  /** How often a point is passed before it is the one to crash at. */
  private static final int LATEST_PASS = 30;

  private final World world;
  private final Runnable onCommit;
  private final List<Plan> plans = new ArrayList<>();

  private static final class Plan {
    final Point point;
    int passes;

    Plan(Point point, int passes) {
      this.point = point;
      this.passes = passes;
    }
  }

  Crashes(World world, Runnable onCommit) {
    this.world = world;
    this.onCommit = onCommit;
    int count = world.dice.chance(20) ? 0 : world.dice.between(0, MOST_IN_A_HISTORY);
    for (int i = 0; i < count; i++) {
      Point point = world.dice.pick(List.of(Point.values()));
      boolean onceAProcess = point == Point.BEFORE_RESUME || point == Point.AFTER_RESUME;
      plans.add(
          new Plan(
              point, onceAProcess ? world.dice.between(0, 2) : world.dice.between(0, LATEST_PASS)));
    }
  }

  @Override
  public void reached(Point point) {
    if (point == Point.AFTER_PERSIST) {
      onCommit.run();
    }
    if (world.isCalm()) {
      return;
    }
    for (Iterator<Plan> left = plans.iterator(); left.hasNext(); ) {
      Plan plan = left.next();
      if (plan.point == point && --plan.passes < 0) {
        left.remove();
        crash(point);
      }
    }
  }

  private void crash(Point point) {
    world.tally.count(Happening.CRASHED);
    world.tally.crashed(point);
    if (point == Point.AFTER_PERSIST || point == Point.BEFORE_EFFECT) {
      world.tally.count(Happening.CRASHED_BETWEEN_COMMIT_AND_EFFECT);
    }
    world.trail.note("crash at %s", point);
    throw new SimulatedCrash(point);
  }
}
