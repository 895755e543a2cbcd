package dev.headgate.sim.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A disagreement is found, whatever it is about, and said with both sides. */
class ReplayTests {
  private static final String FILE =
      """
      scenarios:
      - id: one
        config:
          pipelines: {gate: {manager: dependent, trigger: approval}}
          queues: [{name: main, projects: [p]}]
          jobs: {p: {gate: [{job: unit}]}}
        changes: {A: {project: p}, B: {project: p}}
        steps:
        - do: {approve: [A, B]}
          expect:
            queue: {main: [A, B]}
            running: [{job: unit, stack: [A]}, {job: unit, stack: [A, B]}]
            reports: [{changes: [A], kind: start}, {changes: [B], kind: start}]
        - do: {finish: [{job: unit, change: A, result: failure}]}
          expect:
            queue: {main: [B]}
            running: [{job: unit, stack: [B]}]
            ended: [{job: unit, stack: [A], result: failure}, {job: unit, stack: [A, B], result: aborted}]
            window: {main: 10}
            reports: [{changes: [A], kind: failure, why: jobs}]
        - do: {finish: [{job: unit, change: B}]}
          expect:
            queue: {}
            running: []
            ended: [{job: unit, stack: [B], result: success}]
            merged: [B]
            window: {main: 11}
            reports: [{changes: [B], kind: success}]
        final: {merged: [B], left_in_queue: {}, builds: 3, aborted: 1, window: {main: 11}}
      """;

  @Test
  void whatIsAsRecordedAgrees() {
    assertThat(play(FILE).agrees()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "queue: {main: [A, B]}|queue: {main: [B, A]}|1|queue",
        "queue: {main: [A, B]}|queue: {other: [A, B]}|1|queue",
        "queue: {main: [B]}||2|queue",
        "[{job: unit, stack: [A]}, {|[{|1|running",
        "running: [{job: unit, stack: [B]}]||2|running",
        "stack: [A, B]}]|stack: [B, A]}]|1|running",
        "running: []||3|running",
        ", {job: unit, stack: [A, B], result: aborted}||2|ended",
        "result: failure}, {|result: lost}, {|2|ended",
        "merged: [B]|merged: [A]|3|merged",
        "window: {main: 10}||2|window",
        "window: {main: 10}|window: {main: 9}|2|window",
        "window: {main: 10}|window: {main: 10, other: 20}|2|window",
        "reports: [{changes: [B], kind: success}]||3|reports",
        "why: jobs|why: dependency|2|reports",
        "kind: start}, {changes: [B]|kind: start}, {changes: [B, A]|1|reports",
        "{finish: [{job: unit, change: B}]}|{finish: [{job: unit, change: A}]}|3|do",
        "builds: 3|builds: 4|0|builds",
        "aborted: 1|aborted: 0|0|aborted",
        "left_in_queue: {}|left_in_queue: {main: [A]}|0|left_in_queue",
        "window: {main: 11}}|window: {main: 12}}|0|window",
      })
  void everyDifferenceIsFound(String recorded, String other, int step, String what) {
    assertThat(FILE).contains(recorded);
    Replay.Result result = play(FILE.replace(recorded, other == null ? "" : other));
    assertThat(result.disagreement()).isPresent();
    Replay.Disagreement found = result.disagreement().orElseThrow();
    assertThat(found.step()).isEqualTo(step);
    assertThat(found.differences().stream().map(Difference::what)).contains(what);
  }

  @Test
  void bothSidesAreSaid() {
    Replay.Result result = play(FILE.replace("window: {main: 10}", "window: {main: 9}"));
    assertThat(result.disagreement().orElseThrow().differences())
        .containsExactly(new Difference("window", "{main=9}", "{main=10}"));
    assertThat(result.disagreement().orElseThrow().line()).isEqualTo(14);
  }

  @Test
  void ifVerdictsAreKeptABuildThatDoesNotRunNeedNotEnd() {
    String more =
        FILE.replace(
            "[{job: unit, change: B}]", "[{job: unit, change: B}, {job: unit, change: B}]");
    assertThat(play(more).agrees()).isFalse();
    assertThat(new Replay(true).of(Recordings.parse(more).getFirst()).agrees()).isTrue();
  }

  @Test
  void ifVerdictsAreKeptTheVerdictsAreCompared() {
    GateScenario scenario =
        Recordings.parse(FILE.replace("why: jobs", "why: dependency")).getFirst();
    Replay.Result result = new Replay(true).of(scenario);
    assertThat(result.disagreement().orElseThrow().differences())
        .containsExactly(
            new Difference(
                "reports",
                "[A: failure (dependency), B: success]",
                "[A: failure (jobs), B: success]"));
  }

  @Test
  void theOrderOfWhatLandsTogetherDoesNotCount() {
    List<Landing> landings =
        List.of(
            new Landing("q", List.of("A", "B")),
            new Landing("r", List.of("X")),
            new Landing("q", List.of("C")));
    assertThat(Landing.areAsRecorded(landings, List.of("B", "A", "C", "X"))).isTrue();
    assertThat(Landing.areAsRecorded(landings, List.of("X", "A", "B", "C"))).isTrue();
    assertThat(Landing.areAsRecorded(landings, List.of("C", "A", "B", "X"))).isFalse();
    assertThat(Landing.areAsRecorded(landings, List.of("A", "B", "C"))).isFalse();
    assertThat(Landing.areAsRecorded(landings, List.of("A", "B", "C", "X", "X"))).isFalse();
  }

  private static Replay.Result play(String text) {
    return new Replay(false).of(Recordings.parse(text).getFirst());
  }
}
