package dev.headgate.sim.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The gate does what recorded histories, and those derived from the same rules, say. */
class RecordedScenariosTests {
  static Stream<Arguments> scenarios() {
    return Stream.of("scenarios.yaml", "more-scenarios.yaml", "rule-scenarios.yaml")
        .flatMap(file ->
            Recordings.of(file).stream()
                .map(scenario -> Arguments.of(file + " " + scenario.id(), scenario)));
  }

  @Test
  void thereAreScenarios() {
    assertThat(Recordings.of("scenarios.yaml")).hasSize(30);
    assertThat(Recordings.of("more-scenarios.yaml")).hasSizeGreaterThan(50);
    assertThat(Recordings.of("rule-scenarios.yaml")).hasSizeGreaterThan(100);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("scenarios")
  void everyStepIsAsRecorded(String name, GateScenario scenario) {
    assertThat(differences(new Replay(false), scenario)).as(name).isEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("scenarios")
  void everyStepIsAsRecordedIfTheGateIsLoadedAnewAfterEachEvent(
      String name, GateScenario scenario) {
    assertThat(differences(new Replay(false, true), scenario)).as(name).isEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("scenarios")
  void whatCountsInTheEndIsAsRecordedIfVerdictsAreKept(String name, GateScenario scenario) {
    assertThat(differences(new Replay(true), scenario)).as(name).isEmpty();
  }

  private static List<String> differences(Replay replay, GateScenario scenario) {
    return replay.of(scenario).disagreement().stream()
        .flatMap(found ->
            found.differences().stream()
                .map(difference -> "line " + found.line() + ": " + difference))
        .toList();
  }
}
