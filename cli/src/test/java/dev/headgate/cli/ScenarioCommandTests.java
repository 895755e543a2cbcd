package dev.headgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headgate.cli.Commands.Subcommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code headgate simulate scenario}: what it prints and how it ends. */
class ScenarioCommandTests {
  private static final String RECORDED =
      """
      schema: gate-conformance/1
      scenarios:
      - id: one
        name: a change lands
        config:
          pipelines: {gate: {manager: dependent, trigger: approval}}
          jobs: {p: {gate: [unit]}}
        changes: {A: {project: p}}
        steps:
        - do: {approve: A}
          expect:
            queue: {p: [A]}
            running: [{job: unit, stack: [A]}]
            reports: [{changes: [A], kind: start}]
        - do: drain
          expect:
            queue: {}
            running: []
            ended: [{job: unit, stack: [A], result: success}]
            merged: [A]
            window: {p: 21}
            reports: [{changes: [A], kind: success}]
      """;

  private static final String HISTORY =
      """
      # What broke once.
      schema: gate-history/1
      broken: it landed untested
      setup:
        seed: 3
        settings:
        - pipelines:
          - name: gate
            manager: dependent
            triggers: []
            window: {start: 0, floor: 1, ceiling: 0, grow: {kind: linear, by: 0}, shrink: {kind: linear, by: 0}}
            fail-fast: false
            supersedes: []
            keeps-old-revisions: false
            ignores-dependencies: false
            disable-after: 0
            precedence: 0
            requires: []
            rejects: []
            projects: null
          queues: []
          semaphores: {}
          differences:
            lands-without-jobs: true
            skipped-voting-jobs-block: true
            soft-needs-survive-failure: true
            shrinks-for-failed-jobs-only: true
            rebuilds-when-tip-moves: true
            reports-in-order: false
            reuses-verdicts: true
            reports-every-refusal: true
            reports-moves: false
            keeps-empty-windows: true
        projects: [p1]
        branches: [{project: p1, branch: main}]
        proposals:
        - id: c1
          versions:
          - [{id: c1, target: {project: p1, branch: main}, revision: c1.0, depends-on: [], title: "", parents: {}, topic: "", labels: []}]
        graphs: [{jobs: []}]
      decisions:
      - {act: capacity, which: 0, how: 3, more: 0}
      - {act: enqueue, which: 0, how: 0, more: 0}
      """;

  @TempDir Path folder;
  private final Capture capture = new Capture();

  @Test
  void whatAgreesIsCounted() throws IOException {
    assertThat(run(file("a.yaml", RECORDED), file("b.yaml", RECORDED))).isEqualTo(ExitCode.SUCCESS);
    assertThat(capture.out()).isEqualTo("2 of 2 scenarios agree\n");
    assertThat(capture.err()).isEmpty();
  }

  @Test
  void theFirstDifferenceIsShownWithBothSides() throws IOException {
    String file = file("a.yaml", RECORDED.replace("p: 21", "p: 22"));
    assertThat(run(file)).isEqualTo(ExitCode.FAILED);
    assertThat(capture.out())
        .isEqualTo(
            file
                + """
                :15: one, step 2: a change lands
                  window
                    expected {p=22}
                    found    {p=21}
                0 of 1 scenario agree
                """);
  }

  @Test
  void theDocumentSaysTheSame() throws IOException {
    String file = file("a.yaml", RECORDED.replace("p: 21", "p: 22"));
    assertThat(run(file, "--json", "--reuse", "off")).isEqualTo(ExitCode.FAILED);
    Map<String, Object> document = JsonText.parse(capture.out());
    assertThat(document)
        .containsEntry("v", 1L)
        .containsEntry("reuse", false)
        .containsEntry("agreed", 0L)
        .containsEntry("disagreed", 1L)
        .containsEntry(
            "scenarios",
            List.of(
                Map.of(
                    "file",
                    file,
                    "line",
                    3L,
                    "id",
                    "one",
                    "name",
                    "a change lands",
                    "agrees",
                    false,
                    "disagreement",
                    Map.of(
                        "step", 2L,
                        "line", 15L,
                        "differences",
                            List.of(
                                Map.of(
                                    "what", "window",
                                    "expected", "{p=22}",
                                    "found", "{p=21}"))))));
  }

  @Test
  void whereVerdictsAreKeptTheWindowIsNotCompared() throws IOException {
    String file = file("a.yaml", RECORDED.replace("p: 21", "p: 22"));
    assertThat(run("--reuse=on", file)).isEqualTo(ExitCode.SUCCESS);
  }

  @Test
  void aHistoryThatHoldsAgrees() throws IOException {
    String file = file("h.yaml", HISTORY);
    assertThat(run(file, "--json")).isEqualTo(ExitCode.SUCCESS);
    assertThat(capture.out())
        .contains("\"agreed\":1")
        .contains("\"id\":\"seed 3\"", "\"name\":\"it landed untested\"");
  }

  @Test
  void aHistoryOfAnotherVersionIsTheCallers() throws IOException {
    String file = file("h.yaml", HISTORY.replace("history/1", "history/9"));
    assertThat(run(file)).isEqualTo(ExitCode.USAGE);
    assertThat(capture.err()).contains("only gate-history/1 is read");
  }

  @Test
  void everyProblemOfEveryFileIsTheCallers() throws IOException {
    String one = file("a.yaml", RECORDED.replace("manager", "manger"));
    String other = file("b.yaml", "scenarios: [");
    assertThat(run(one, other)).isEqualTo(ExitCode.USAGE);
    assertThat(capture.out()).isEmpty();
    assertThat(capture.err())
        .contains(one + ":6:24: unknown key 'manger' in pipeline 'gate'; did you mean 'manager'?")
        .contains(other + ":1:");
  }

  @Test
  void aFileThatIsNotThereIsTheCallers() {
    assertThat(run(folder.resolve("none.yaml").toString())).isEqualTo(ExitCode.USAGE);
    assertThat(capture.err()).contains("none.yaml does not exist");
  }

  @Test
  void aFolderIsNoFile() {
    assertThat(run(folder.toString())).isEqualTo(ExitCode.USAGE);
    assertThat(capture.err()).contains("is a folder");
  }

  @Test
  void withoutAFileThereIsNothingToDo() {
    assertThat(run()).isEqualTo(ExitCode.USAGE);
    assertThat(capture.err()).contains("FILE");
  }

  @Test
  void theGroupAloneShowsItsParts() {
    assertThat(capture.run(simulate(), "simulate")).isEqualTo(ExitCode.USAGE);
    assertThat(capture.err()).contains("scenario");
  }

  @Test
  void anUnknownPartIsAUsageErrorWithTheNearestName() {
    assertThat(capture.run(simulate(), "simulate", "scenaro")).isEqualTo(ExitCode.USAGE);
    assertThat(capture.err()).contains("unknown command 'scenaro'; did you mean 'scenario'?");
  }

  private ExitCode run(String... arguments) {
    String[] all = new String[arguments.length + 2];
    all[0] = "simulate";
    all[1] = "scenario";
    System.arraycopy(arguments, 0, all, 2, arguments.length);
    return capture.run(simulate(), all);
  }

  private static List<Subcommand> simulate() {
    return List.of(
        new Subcommand(
            "simulate",
            _ -> new SimulateCommand(),
            List.of(new Subcommand("scenario", ScenarioCommand::new))));
  }

  private String file(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content).toString();
  }
}
