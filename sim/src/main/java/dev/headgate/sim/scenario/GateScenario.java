package dev.headgate.sim.scenario;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One recorded history of a gate (docs/reference/scenarios.md). Immutable.
 *
 * @param id what it is called, unique in its file
 * @param name what it shows, in a sentence; may be empty
 * @param line where it begins in its file, from 1
 * @param setup the site at the start
 * @param proposals its changes at their first revision, by name, in file order
 * @param steps what was done and seen, in order
 * @param end what was seen when all was over
 */
public record GateScenario(
    String id,
    String name,
    int line,
    Setup setup,
    Map<String, Proposal> proposals,
    List<ScenarioStep> steps,
    Expectation.Totals end) {
  public GateScenario {
    proposals = Collections.unmodifiableMap(new LinkedHashMap<>(proposals));
    steps = List.copyOf(steps);
  }
}
