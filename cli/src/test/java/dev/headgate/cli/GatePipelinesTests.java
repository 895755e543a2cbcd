package dev.headgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headgate.cli.GatedProject.Called;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code headgate gate} in other pipelines than the usual one, and with a site file. */
@Timeout(60)
class GatePipelinesTests {
  @TempDir Path folder;

  private GatedProject project(String config) {
    return GatedProject.create(folder, config);
  }

  @Test
  void checkTestsEachChangeAloneAndLandsNothing() {
    GatedProject project = project(GatedProject.CHECK).badBranch("a").branch("b", "b", "b");
    Called called = project.gate("--pipeline", "check", "a", "b");
    assertThat(called.exit()).isEqualTo(ExitCode.FAILED);
    assertThat(called.outcome("a")).startsWith("rejected: test failed");
    assertThat(called.outcome("b")).startsWith("passed: ");
    assertThat(called.end("b")).containsEntry("pipeline", "check");
    assertThat(called.events("merged", "b").getFirst().get("assumed")).isEqualTo(List.of());
    assertThat(project.history("main")).containsExactly("Begin");
  }

  @Test
  void checkTestsAChangeWithWhatItDependsOn() {
    GatedProject project = project("jobs:\n  test: test -e below\n");
    project.branch("below", "below", "b");
    project.branch("above", "main", Map.of("above", "a"), "Above\n\nDepends-On: below\n");
    Called called = project.gate("--pipeline", "check", "below", "above");
    assertThat(called.outcome("above")).startsWith("passed: ");
    assertThat(called.exit()).isEqualTo(ExitCode.SUCCESS);
  }

  @Test
  void checkNeedsNoCleanWorkingTree() {
    GatedProject project = project(GatedProject.CHECK).branch("a", "a", "a");
    project.write("base", "mine\n");
    assertThat(project.gate("--pipeline", "check", "a").exit()).isEqualTo(ExitCode.SUCCESS);
    assertThat(project.read("base")).isEqualTo("mine\n");
  }

  @Test
  void plainOutputSaysWhatPassed() {
    GatedProject project = project(GatedProject.CHECK).branch("a", "a", "a");
    Called called = project.call("gate", "--pipeline", "check", "a");
    assertThat(called.out()).contains("a  passed in check", "1 passed, 0 rejected");
    assertThat(project.call("explain", "a").out()).contains("passed in check");
  }

  @Test
  void aPipelineThatIsNotThereIsAMistakeOfTheCaller() {
    GatedProject project = project(GatedProject.CHECK).branch("a", "a", "a");
    Called called = project.gate("--pipeline", "chek", "a");
    assertThat(called.exit()).isEqualTo(ExitCode.USAGE);
    assertThat(called.err()).contains("there is no pipeline chek", "did you mean check?");
  }

  @Test
  void theSiteFileOfTheWorkingTreeIsTaken() {
    GatedProject project = project(GatedProject.CHECK).branch("a", "a", "a");
    project.write(
        "headgate.yaml", "pipelines: { nightly: { manager: serial, triggers: merged } }\n");
    assertThat(project.gate("--pipeline", "nightly", "a").outcome("a")).startsWith("passed: ");
    Called called = project.gate("a");
    assertThat(called.exit()).isEqualTo(ExitCode.USAGE);
    assertThat(called.err()).contains("there is no pipeline gate", "there is nightly");
  }

  @Test
  void circlesCanBeForbidden() {
    GatedProject project = project(GatedProject.CHECK);
    project.branch("a", "main", Map.of("a", "a"), "Change a\n\nDepends-On: b\n");
    project.branch("b", "main", Map.of("b", "b"), "Change b\n\nDepends-On: a\n");
    project.write("../home/site.yaml", "queues: { one: { projects: project } }\n");
    Called called = project.gate("--site", "../home/site.yaml", "a", "b");
    assertThat(called.exit()).isEqualTo(ExitCode.FAILED);
    assertThat(called.events("rejected", "a").getFirst().get("reason").toString())
        .contains("circle", "does not allow them");
    assertThat(project.history("main")).containsExactly("Begin");
  }

  @Test
  void aWindowOfOneBuildsOneChangeAfterTheOther() {
    GatedProject project = project(GatedProject.CHECK).branch("a", "a", "a").branch("b", "b", "b");
    project.write("headgate.yaml", "pipelines: { gate: { window: 1 } }\n");
    Called called = project.gate("a", "b");
    assertThat(called.exit()).isEqualTo(ExitCode.SUCCESS);
    assertThat(called.events("merged", "b").getFirst().get("assumed")).isEqualTo(List.of());
  }

  @Test
  void aBrokenSiteFileIsTheUsersMistakeWithItsPlace() {
    GatedProject project = project(GatedProject.CHECK).branch("a", "a", "a");
    project.write("headgate.yaml", "pipelines:\n  gate: { windo: 1 }\n");
    Called called = project.gate("a");
    assertThat(called.exit()).isEqualTo(ExitCode.USAGE);
    assertThat(called.err())
        .contains("headgate.yaml:2:11: unknown key 'windo'", "did you mean 'window'?");
    assertThat(project.gate("--site", "nowhere.yaml", "a").err()).contains("cannot read");
  }

  @Test
  void jobsThatAreTiedTogetherRun() {
    GatedProject project =
        project(
            """
            jobs:
              first: { run: 'true', holds-followers: true, provides: [tool], semaphores: [bench] }
              second: { run: 'true', requires: tool, semaphores: bench }
              third: { noop: true, needs: [second] }
            """);
    project.branch("a", "a", "a").branch("b", "b", "b");
    Called called = project.gate("a", "b");
    assertThat(called.exit()).as(called.out()).isEqualTo(ExitCode.SUCCESS);
    assertThat(project.history("main")).hasSize(3);
  }

  @Test
  void explainTellsWhyAChangeWasRestartedAndWhatItWaitedFor() {
    GatedProject project =
        project("jobs:\n  test: 'sleep 0.3; ! [ -e bad ]'\n").badBranch("a").branch("b", "b", "b");
    Called called = project.gate("--explain", "a", "b");
    List<Map<String, Object>> ofB = called.events("explained", "b");
    assertThat(ofB).hasSizeGreaterThanOrEqualTo(2);
    assertThat(ofB.getFirst()).containsEntry("queued", true);
    assertThat((List<?>) ofB.getFirst().get("restarts")).hasSize(1);
    assertThat(ofB.getLast()).containsEntry("queued", false);
    assertThat((List<?>) ofB.getLast().get("waited")).isNotEmpty();
    assertThat((List<?>) called.events("explained", "a").getLast().get("restarts")).isEmpty();
  }

  @Test
  void explainInPlainOutputIsALineAndWhatWasWaitedFor() {
    GatedProject project = project(GatedProject.CHECK).branch("a", "a", "a");
    Called called = project.call("gate", "--explain", "a");
    assertThat(called.out()).contains("a  explained: never restarted; waited:", "    | ");
    assertThat(project.call("gate", "a").out()).doesNotContain("explained");
  }
}
