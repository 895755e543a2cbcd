package dev.headgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headgate.cli.GatedProject.Called;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What {@code headgate gate} prints in a pipe, for programs and for people. */
@Timeout(60)
class GateOutputTests {
  private static final Pattern ROW = Pattern.compile("(?m)^\\| (`[^|]+) \\| ([^|]*) \\| .*\\|$");
  private static final Pattern WORD = Pattern.compile("`([a-z-]+)`");

  @TempDir Path folder;

  @Test
  void everyEventHasTheFieldsOfItsPageAndNoOthers() {
    Map<String, Set<String>> page = pageOfEvents();
    Set<String> optional = Set.of("content", "base", "contents", "changes", "tips");
    Set<String> seen = new LinkedHashSet<>();
    for (Map<String, Object> event : eventfulGate().events()) {
      String kind = (String) event.get("event");
      assertThat(page).containsKey(kind);
      assertThat(event).containsEntry("v", 1L);
      assertThat(Instant.parse((String) event.get("at"))).isBefore(Instant.now());
      Set<String> fields = new TreeSet<>(event.keySet());
      fields.removeAll(Set.of("v", "at", "event"));
      assertThat(page.get(kind)).as("fields of %s", kind).containsAll(fields);
      Set<String> missing = new TreeSet<>(page.get(kind));
      missing.removeAll(fields);
      assertThat(optional).as("may be missing in %s", kind).containsAll(missing);
      seen.add(kind);
    }
    Set<String> rare = Set.of("resumed", "warning", "withdrawn", "passed", "explained");
    Set<String> expected = new TreeSet<>(page.keySet());
    expected.removeAll(rare);
    assertThat(seen).containsAll(expected);
  }

  @Test
  void theSummaryIsTheLastLineAndTellsEveryEnd() {
    Called called = eventfulGate();
    Map<String, Object> summary = called.events().getLast();
    assertThat(summary).containsEntry("event", "summary");
    assertThat((List<?>) summary.get("changes")).hasSize(5);
    assertThat(called.events("summary", "")).hasSize(1);
    assertThat(summary.get("tip")).isEqualTo(called.end("later").get("content"));
  }

  @Test
  void failedTestsAreToldWithTheirNamesAndLinesWhileTheRestRuns() {
    Called called = eventfulGate();
    Map<String, Object> failed =
        called.events("test-ended", "tests").stream()
            .filter(event -> Boolean.TRUE.equals(event.get("failed")))
            .findFirst()
            .orElseThrow();
    assertThat(failed)
        .containsEntry("test", "bridge.opens")
        .containsEntry("status", "fail")
        .containsEntry("lines", List.of("expected open", "but was shut"));
    assertThat(called.end("tests")).containsEntry("reason", "test failed: 1 test failed (build 2)");
  }

  @Test
  void plainOutputHasNoEscapesAndSaysWhatFailed() {
    GatedProject project = eventfulProject();
    Called called = project.call("gate", "-j", "2", "good", "tests", "later", "conflict", "broken");
    assertThat(called.exit()).isEqualTo(ExitCode.FAILED);
    assertThat(called.err()).isEmpty();
    assertThat(called.out())
        .doesNotContain("\u001b", "\r")
        .contains("tests  FAIL bridge.opens (test, build 2)", "    | but was shut")
        .contains("conflict  rejected", "2 landed, 3 rejected", "main is at ");
  }

  @Test
  void theLogOfABuildShowsItsOutputAndItsTests() {
    GatedProject project = eventfulProject();
    project.write("../home/later", "");
    project.gate("tests");
    Called log = project.call("log", "1");
    assertThat(log.exit()).isEqualTo(ExitCode.SUCCESS);
    assertThat(log.out())
        .contains("build 1, test of tests on main", "starting", "fail bridge.opens")
        .contains("    | but was shut", "failed: 1 test failed");
    assertThat(project.call("log", "--raw", "1").out()).isEqualTo("starting\n");
    assertThat(JsonText.parse(project.call("log", "--json", "1").out()))
        .containsEntry("verdict", "failed")
        .containsEntry("build", 1L);
    assertThat(project.call("last").out()).contains("tests  test  failed", "fail bridge.opens");
    assertThat(project.call("explain", "tests").out())
        .contains("rejected: test failed: 1 test failed", "`headgate log 1`");
  }

  @Test
  void nothingToDoIsSaid() {
    GatedProject project = GatedProject.create(folder, GatedProject.CHECK);
    Called called = project.call("gate");
    assertThat(called.exit()).isEqualTo(ExitCode.SUCCESS);
    assertThat(called.out())
        .isEqualTo("nothing to do: no branch was named and no queue was left unfinished\n");
  }

  private Called eventfulGate() {
    return eventfulProject().gate("good", "tests", "later", "conflict", "broken");
  }

  /**
   * One change that lands; one whose test fails, but not before the next is built upon it, whose
   * build is then cancelled; one that conflicts with the first; one whose configuration is broken.
   */
  private GatedProject eventfulProject() {
    GatedProject project =
        GatedProject.create(
            folder,
            """
            jobs:
              test: |
                [ -e stream ] || exit 0
                [ "$HEADGATE_CHANGE" = tests ] || { touch "$HOME/later"; exec sleep 600; }
                echo starting
                until [ -e "$HOME/later" ]; do sleep 0.05; done
                . ./stream
            """);
    return project
        .branch("good", "base", "good\n")
        .branch("tests", "stream", SampleStream.failingTest())
        .branch("later", "later", "later")
        .branch("conflict", "base", "conflict\n")
        .branch("broken", GatedProject.CONFIG, "jobs: {}\n");
  }

  /** The fields of each event, as docs/reference/gate-events.md has them. */
  private static Map<String, Set<String>> pageOfEvents() {
    Map<String, Set<String>> page = new LinkedHashMap<>();
    Matcher row = ROW.matcher(Rooms.read(Rooms.ROOT.resolve("docs/reference/gate-events.md")));
    while (row.find()) {
      for (String kind : words(row.group(1))) {
        page.put(kind, new TreeSet<>(words(row.group(2))));
      }
    }
    assertThat(page).hasSizeGreaterThan(10);
    return page;
  }

  private static List<String> words(String cell) {
    List<String> words = new ArrayList<>();
    Matcher word = WORD.matcher(cell);
    while (word.find()) {
      words.add(word.group(1));
    }
    return words;
  }
}
