package dev.headgate.sim.scenario;

import java.util.List;

/**
 * One step of a scenario.
 *
 * @param line where it stands in the file, from 1
 * @param actions what is done, in order; the world settles after each
 * @param expected what is seen then
 */
record ScenarioStep(int line, List<Action> actions, Expectation expected) {
  ScenarioStep {
    actions = List.copyOf(actions);
  }
}
