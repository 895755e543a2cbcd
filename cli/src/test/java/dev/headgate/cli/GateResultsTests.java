package dev.headgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headgate.cli.GatedProject.Called;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Changes whose jobs tell their tests by report files. */
@Timeout(60)
class GateResultsTests {
  private static final String CONFIG =
      """
      jobs:
        unit:
          results: ["**/surefire-reports/*.xml"]
          run: |
            echo building
            mkdir -p core/target/surefire-reports
            [ ! -e report ] || cp report core/target/surefire-reports/TEST-core.xml
            [ ! -e wait ] || until [ -e "$HOME/seen" ]; do sleep 0.05; done
      """;

  private static final String PASSES =
      """
      <testsuite name="core"><system-out>opened the log</system-out>
        <testcase classname="Gate" name="opens" time="1"/>
        <testcase classname="Gate" name="leaks" time="0"><skipped/></testcase>
      </testsuite>
      """;

  private static final String FAILS =
      """
      <testsuite name="core">
        <testcase classname="Gate" name="opens" time="1"/>
        <testcase classname="Gate" name="shuts"><failure>but was open</failure></testcase>
      </testsuite>
      """;

  @TempDir Path folder;

  @Test
  void changesLandOrFailByTheirReports() {
    GatedProject project =
        GatedProject.create(folder, CONFIG)
            .branch("good", "report", PASSES)
            .branch("fails", "main", Map.of("module/report", "x", "report", FAILS), "Fail")
            .branch("cut", "report", FAILS.substring(0, 60))
            .branch("none", "other", "no report");
    Called called = project.gate("none", "cut", "fails", "good");
    assertThat(called.outcome("none"))
        .startsWith("rejected: unit failed: no results: nothing matches **/surefire-reports/*.xml");
    assertThat(called.outcome("cut"))
        .startsWith("rejected: unit failed: results incomplete: core/target/surefire-reports/");
    assertThat(called.outcome("fails")).startsWith("rejected: unit failed: 1 test failed (build ");
    assertThat(called.outcome("good")).isEqualTo("landed: landed on main");
    assertThat(called.events("test-ended", "fails"))
        .anySatisfy(event ->
            assertThat(event)
                .containsEntry("test", "Gate.shuts")
                .containsEntry("status", "fail")
                .containsEntry("lines", List.of("but was open")));
    assertThat(project.call("last", "--change", "good").out())
        .contains("good  unit  passed", "2 tests passed");
    assertThat(project.call("last", "--change", "fails").out()).contains("fail Gate.shuts");
  }

  @Test
  void theLogShowsReportedTestsAndTheRawLogOnlyTheOutput() {
    GatedProject project = GatedProject.create(folder, CONFIG).branch("good", "report", PASSES);
    assertThat(project.gate("good").exit()).isEqualTo(ExitCode.SUCCESS);
    assertThat(project.call("log", "1").out())
        .contains("building", "success Gate.opens", "skip Gate.leaks", "opened the log");
    assertThat(project.call("log", "--raw", "1").out()).isEqualTo("building\n");
    Called again = project.call("reproduce", "1", "--run");
    assertThat(again.exit()).as(again.out() + again.err()).isEqualTo(ExitCode.SUCCESS);
  }

  @Test
  void reportedTestsAreToldWhileTheJobRuns() throws Exception {
    GatedProject project =
        GatedProject.create(folder, CONFIG)
            .branch("slow", "main", Map.of("wait", "", "report", FAILS), "Fail slowly");
    try (ChildCommand gate = project.start("gate", "--json", "slow")) {
      assertThat(gate.awaitLine("\"test-ended\"")).contains("Gate.");
      project.write("../home/seen", "");
      assertThat(gate.end().outcome("slow")).startsWith("rejected: unit failed: 1 test failed");
    }
  }
}
