package dev.headgate.sim.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headgate.config.Problem;
import dev.headgate.gate.Manager;
import dev.headgate.gate.Trigger;
import dev.headgate.model.Coordination.Deduplication;
import dev.headgate.model.PipelineName;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a file of scenarios says, and what is said of one that cannot be used. */
class ScenarioFileTests {
  private static final String FILE =
      """
      schema: gate-conformance/1
      scenarios:
      - id: one
        name: a name
        config:
          pipelines: {gate: {manager: dependent, trigger: approval, window: {start: 2}}}
          queues: [{name: main, projects: [p]}]
          jobs: {p: {gate: [{job: unit}, {job: lint, needs: [unit]}]}}
        changes:
          A: {project: p}
          B: {project: p, child_of: A}
        steps:
        - do: {approve: [A, B]}
          expect:
            queue: {main: [A, B]}
            running: [{job: unit, stack: [A]}]
        final: {merged: [A]}
      """;

  @Test
  void theWholeFileIsRead() {
    GateScenario scenario = Recordings.parse(FILE).getFirst();
    assertThat(scenario.id()).isEqualTo("one");
    assertThat(scenario.line()).isEqualTo(3);
    assertThat(scenario.setup().pipelines().getFirst().manager()).isEqualTo(Manager.DEPENDENT);
    assertThat(scenario.setup().pipelines().getFirst().window().start()).isEqualTo(2);
    assertThat(scenario.setup().pipelines().getFirst().window().floor()).isEqualTo(3);
    assertThat(scenario.proposals().keySet()).containsExactly("A", "B");
    assertThat(scenario.steps()).hasSize(1);
    assertThat(scenario.end().merged()).contains(List.of("A"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "manager: dependent|manager: dependant|test.yaml:6:33: 'manager' cannot be 'dependant'; did you mean 'dependent'?",
        "trigger: approval|triger: approval|test.yaml:6:44: unknown key 'triger' in pipeline 'gate'; did you mean 'trigger'?",
        "trigger: approval|trigger: approved|test.yaml:6:53: 'trigger' cannot be 'approved'; did you mean 'approval'?",
        "start: 2|start: two|test.yaml:6:79: 'start' must be a whole number from 0 to 1000000, not text",
        "start: 2|ceiling: 2|test.yaml:6:71: 'window': the window's ceiling 2 is below its floor 3",
        "needs: [unit]|need: [unit]|test.yaml:8:48: unknown key 'need' in the job; did you mean 'needs'?",
        "child_of: A|child_of: a|test.yaml:11:31: 'child_of': there is no change 'a'; did you mean 'A'?",
        "child_of: A|child_of: B|test.yaml:11:31: change 'B' needs itself",
        "approve: [A|aprove: [A|test.yaml:13:10: unknown key 'aprove' in 'do'; did you mean 'approve'?",
        "approve: [A|approve: [X|test.yaml:13:20: an entry of 'approve': there is no change 'X'; there are A, B",
        "queue: {main|queues: {main|test.yaml:15:7: unknown key 'queues' in 'expect'; did you mean 'queue'?",
        "stack: [A]|stak: [A]|test.yaml:16:29: unknown key 'stak' in the build; did you mean 'stack'?",
        "- do:|- du:|test.yaml:13:5: unknown key 'du' in the step; did you mean 'do'?",
        "conformance/1|conformance/2|test.yaml:1:9: 'schema' cannot be 'gate-conformance/2'; did you mean 'gate-conformance/1'?",
        "changes:|change:|test.yaml:9:3: unknown key 'change' in the scenario; did you mean 'changes'?",
        "projects: [p]|projects: [p], circular: maybe|test.yaml:7:52: 'circular' must be true or false, not text",
      })
  void whatIsWrongIsSaidWithItsPlaceAndTheNearestName(String right, String wrong, String said) {
    assertThat(FILE).contains(right);
    assertThat(problems(FILE.replace(right, wrong))).containsExactly(said);
  }

  @Test
  void anEmptyFileHasNoScenarios() {
    assertThat(problems(""))
        .containsExactly("test.yaml:1:1: the file has no scenarios; list them under 'scenarios'");
    assertThat(problems("scenarios: []")).hasSize(1);
  }

  @Test
  void textThatIsNoYamlIsAProblemWithItsPlace() {
    assertThat(problems("scenarios: [")).allMatch(problem -> problem.startsWith("test.yaml:1:"));
    assertThat(problems("scenarios:\n\t- a")).singleElement().asString().contains("test.yaml:2:1");
  }

  @Test
  void twoScenariosOfOneIdAreAProblem() {
    String second = FILE.substring(FILE.indexOf("- id"));
    assertThat(problems(FILE + second))
        .containsExactly("test.yaml:18:3: two scenarios are called 'one'");
  }

  @Test
  void queuesThatContradictEachOtherAreAProblem() {
    assertThat(problems(FILE.replace("projects: [p]}", "projects: [p]}, {name: b, projects: [p]}")))
        .singleElement()
        .asString()
        .contains("test.yaml:6:5")
        .contains("project p is in the queues main and b");
  }

  @Test
  void oneValueStandsForAListOfIt() {
    GateScenario scenario =
        Recordings.parse(
                FILE.replace("trigger: approval", "trigger: [approval, proposed]")
                    .replace("needs: [unit]", "needs: unit, lock: db, provides: x")
                    .replace("approve: [A, B]", "approve: A"))
            .getFirst();
    assertThat(scenario.setup().pipelines().getFirst().triggers())
        .containsExactlyInAnyOrder(Trigger.APPROVAL, Trigger.PROPOSED);
    assertThat(scenario.steps().getFirst().actions())
        .containsExactly(new Action.Approve(List.of("A")));
    PlannedJob lint = scenario.setup().jobs("p", new PipelineName("gate")).orElseThrow().get(1);
    assertThat(lint.job().needs()).hasSize(1);
    assertThat(lint.job().coordination().semaphores()).containsExactly("db");
    assertThat(lint.job().coordination().deduplication()).isEqualTo(Deduplication.AUTOMATIC);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"{db: 2}", "{db: {max: 2}}", "[{name: db, max: 2}]"})
  void locksAreWrittenInThreeWays(String locks) {
    String file = FILE.replace("    queues:", "    locks: " + locks + "\n    queues:");
    assertThat(Recordings.parse(file).getFirst().setup().locks()).containsEntry("db", 2);
  }

  @Test
  void aChangeMaySayNothingWhereThereIsOneProject() {
    GateScenario scenario = Recordings.parse(FILE.replace("A: {project: p}", "A:")).getFirst();
    assertThat(scenario.proposals().get("A").target()).hasToString("p:main");
  }

  private static List<String> problems(String text) {
    return switch (ScenarioFile.parse("test.yaml", text.getBytes(StandardCharsets.UTF_8))) {
      case ScenarioFile.Valid _ -> List.of();
      case ScenarioFile.Invalid(List<Problem> problems) ->
          problems.stream().map(Problem::toString).toList();
    };
  }
}
