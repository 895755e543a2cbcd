package dev.headgate.sim.scenario;

import dev.headgate.config.Node;
import dev.headgate.config.Place;
import dev.headgate.config.Problem;
import dev.headgate.config.Problems;
import dev.headgate.config.Values.Value;
import dev.headgate.config.Words;
import dev.headgate.config.YamlText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What reading a file of scenarios yields; a file with problems is an expected outcome. */
public sealed interface ScenarioFile {
  /** The version of the format that is read. */
  String SCHEMA = "gate-conformance/1";

  /**
   * The file can be used.
   *
   * @param scenarios what it records, in file order; at least one
   */
  record Valid(List<GateScenario> scenarios) implements ScenarioFile {
    public Valid {
      scenarios = List.copyOf(scenarios);
    }
  }

  /**
   * The file cannot be used, which is the fault of whoever wrote it.
   *
   * @param problems what is wrong with it, in file order; never empty
   */
  record Invalid(List<Problem> problems) implements ScenarioFile {
    public Invalid {
      problems = List.copyOf(problems);
    }
  }

  /**
   * Reads a file. Never throws on its content.
   *
   * @param fileName how problems name the file
   * @param content its bytes
   */
  static ScenarioFile parse(String fileName, byte[] content) {
    Problems problems = new Problems(fileName);
    Optional<Node> root = YamlText.read(content, problems);
    List<GateScenario> scenarios = root.map(node -> read(node, problems)).orElse(List.of());
    if (scenarios.isEmpty() && problems.isEmpty()) {
      problems.add(Place.START, "the file has no scenarios", "list them under 'scenarios'");
    }
    return problems.isEmpty() ? new Valid(scenarios) : new Invalid(problems.inOrder());
  }

  private static List<GateScenario> read(Node root, Problems problems) {
    Reading reading = new Reading(problems);
    Map<String, Value> top =
        reading.fields(
            new Value("the file", root, root.at()), "the file", List.of("schema", "scenarios"));
    Value schema = top.get("schema");
    if (schema != null) {
      reading.choice(schema, Map.of(SCHEMA, SCHEMA));
    }
    Value list = top.get("scenarios");
    Map<String, GateScenario> scenarios = new LinkedHashMap<>();
    if (list != null) {
      for (Value item : reading.items(list)) {
        GateScenario scenario = new ScenarioReader(reading).read(item, scenarios.size() + 1);
        if (scenarios.putIfAbsent(scenario.id(), scenario) != null) {
          reading.problem(item, "two scenarios are called " + Words.quote(scenario.id()), "");
        }
      }
    }
    return List.copyOf(scenarios.values());
  }
}
