package dev.headgate.sim;

import dev.headgate.conduct.EnvironmentException;
import dev.headgate.conduct.Reports;
import dev.headgate.gate.Effect;
import dev.headgate.gate.ItemEnd;
import dev.headgate.model.ItemId;
import java.util.LinkedHashMap;
import java.util.Map;

/** Remembers what people were told. */
final class SimulatedReports implements Reports {
  private final World world;
  private final Map<ItemId, ItemEnd> told = new LinkedHashMap<>();

  SimulatedReports(World world) {
    this.world = world;
  }

  @Override
  public void announce(Effect.Announce effect) {
    if (world.goesWrong(0.1)) {
      world.tally.count(Happening.REPORT_FAILED);
      throw new EnvironmentException("nobody answers");
    }
  }

  @Override
  public void report(Effect.Report effect) {
    if (world.goesWrong(0.1)) {
      world.tally.count(Happening.REPORT_FAILED);
      // Whether it fails is not kept, only that people may not know of this one.
      told.putIfAbsent(effect.item(), effect.end());
      throw new EnvironmentException("nobody answers");
    }
    ItemEnd before = told.put(effect.item(), effect.end());
    InvariantBroken.unless(
        before == null || before.equals(effect.end()),
        "item %s was reported as %s and now as %s",
        effect.item(),
        before,
        effect.end());
  }

  boolean told(ItemId item) {
    return told.containsKey(item);
  }
}
