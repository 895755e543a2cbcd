package dev.headgate.sim.scenario;

import dev.headgate.config.Values.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads one scenario: its parts in the order in which they refer to each other. */
final class ScenarioReader {
  private static final List<String> KEYS =
      List.of(
          "id",
          "name",
          "tags",
          "level",
          "provenance",
          "note",
          "config",
          "changes",
          "steps",
          "final");
  private static final List<String> STEP_KEYS = List.of("do", "expect", "note");

  private final Reading reading;

  ScenarioReader(Reading reading) {
    this.reading = reading;
  }

  /**
   * Reads it. If a problem was added, what it gives is of no use.
   *
   * @param number its place in the file, from 1: its id if it has none
   */
  GateScenario read(Value value, int number) {
    Map<String, Value> fields = reading.fields(value, "the scenario", KEYS);
    Setup setup = setup(value, fields);
    Map<String, Proposal> proposals = proposals(value, fields, setup);
    List<ScenarioStep> steps = steps(value, fields, setup, proposals);
    ExpectationReader expectations = new ExpectationReader(reading, proposals.keySet());
    Optional<Value> end = Optional.ofNullable(fields.get("final"));
    return new GateScenario(
        text(fields, "id").orElse("scenario " + number),
        text(fields, "name").orElse(""),
        value.at().line(),
        setup,
        proposals,
        steps,
        expectations.totals(end));
  }

  private Optional<String> text(Map<String, Value> fields, String key) {
    return Optional.ofNullable(fields.get(key)).flatMap(reading::text);
  }

  private Setup setup(Value scenario, Map<String, Value> fields) {
    Value config = fields.get("config");
    if (config == null) {
      missing(scenario, "config", "name its pipelines and jobs");
      return SetupReader.EMPTY;
    }
    return new SetupReader(reading).read(config);
  }

  private Map<String, Proposal> proposals(Value scenario, Map<String, Value> fields, Setup setup) {
    Value changes = fields.get("changes");
    if (changes == null) {
      missing(scenario, "changes", "write as in: A: { project: p }");
      return Map.of();
    }
    return new ProposalReader(reading, setup).read(changes);
  }

  private void missing(Value scenario, String key, String hint) {
    reading.missing(scenario, "the scenario has no '" + key + "'", hint);
  }

  private List<ScenarioStep> steps(
      Value scenario, Map<String, Value> ofScenario, Setup setup, Map<String, Proposal> proposals) {
    Value steps = ofScenario.get("steps");
    if (steps == null) {
      missing(scenario, "steps", "write as in: - do: { drain: {} }");
      return List.of();
    }
    ActionReader actions = new ActionReader(reading, setup, proposals);
    ExpectationReader expectations = new ExpectationReader(reading, proposals.keySet());
    List<ScenarioStep> read = new ArrayList<>();
    for (Value step : reading.items(steps)) {
      Map<String, Value> fields = new LinkedHashMap<>(reading.fields(step, "the step", STEP_KEYS));
      Value what = fields.get("do");
      if (what == null) {
        reading.missing(step, "the step has no 'do'", "write as in: - do: { drain: {} }");
      }
      read.add(
          new ScenarioStep(
              step.at().line(),
              what == null ? List.of() : actions.read(what),
              expectations.read(Optional.ofNullable(fields.get("expect")))));
    }
    return read;
  }
}
