package dev.headgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headgate.cli.GatedProject.Called;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code headgate gate} over several repositories. */
@Timeout(60)
class GateProjectsTests {
  /** The canal works only with a lake of the same level, if that is told. */
  private static final String TOGETHER =
      """
      jobs:
        test: '! [ -e bad ]'
        level:
          run: cmp level "$HEADGATE_PROJECT_LAKE_DIR/level"
          projects: [lake]
      """;

  @TempDir Path folder;
  private GatedProject canal;
  private GatedProject lake;

  @BeforeEach
  void makeRepositories() {
    canal = GatedProject.create(folder, "canal", TOGETHER);
    lake = GatedProject.create(folder, "lake", GatedProject.CHECK);
    canal.commit("main", "main", "Level", Map.of("level", "1\n"));
    lake.commit("main", "main", "Level", Map.of("level", "1\n"));
    canal.git("reset", "--quiet", "--hard");
    lake.git("reset", "--quiet", "--hard");
  }

  private Called gate(String... arguments) {
    String[] all = new String[arguments.length + 2];
    all[0] = "--project";
    all[1] = "lake=../lake";
    System.arraycopy(arguments, 0, all, 2, arguments.length);
    return canal.gate(all);
  }

  /** Only together do they fit: each depends on the other. */
  private void raise() {
    canal.branch("up", "main", Map.of("level", "2\n"), "Raise\n\nDepends-On: lake:fill\n");
    lake.branch("fill", "main", Map.of("level", "2\n"), "Fill\n\nDepends-On: canal:up\n");
  }

  @Test
  void changesOfTwoProjectsThatNeedEachOtherLandTogether() {
    raise();
    Called called = gate("up", "lake:fill");
    assertThat(called.outcome("up")).startsWith("landed");
    assertThat(called.outcome("lake:fill")).startsWith("landed");
    assertThat((List<?>) called.end("up").get("changes")).hasSize(2);
    assertThat(canal.history("main")).last().isEqualTo("Merge up: Raise");
    assertThat(lake.history("main")).last().isEqualTo("Merge lake:fill: Fill");
    assertThat(canal.read("level")).isEqualTo("2\n");
    assertThat(lake.read("level")).isEqualTo("2\n");
    assertThat(called.end("up").get("contents"))
        .isEqualTo(Map.of("canal:main", canal.tip("main"), "lake:main", lake.tip("main")));
    assertThat(called.events("summary", "").getFirst().get("tips"))
        .isEqualTo(Map.of("canal:main", canal.tip("main"), "lake:main", lake.tip("main")));
    assertThat(called.exit()).isEqualTo(ExitCode.SUCCESS);
  }

  @Test
  void oneOfThemAloneIsRefusedForTheOther() {
    raise();
    assertThat(gate("up").outcome("up"))
        .isEqualTo("rejected: it depends on lake:fill, which has not landed and is not queued");
    assertThat(lake.history("main")).containsExactly("Begin", "Level");
  }

  @Test
  void aChangeIsTestedWithTheOtherProjectsChangesAheadOfIt() {
    canal.branch("up", "main", Map.of("level", "2\n"), "Raise\n\nDepends-On: lake:fill\n");
    lake.branch("fill", "level", "2\n");
    Called called = gate("up", "lake:fill");
    assertThat(called.events("queued", "").stream().map(event -> event.get("change")))
        .containsExactly("lake:fill", "up");
    assertThat(called.outcome("up")).startsWith("landed");
  }

  @Test
  void checkTestsAChangeOfOneProjectThatDependsOnOneOfAnother() {
    canal.branch("up", "main", Map.of("new", "n"), "Raise\n\nDepends-On: lake:fill\n");
    lake.branch("fill", "more", "more\n");
    Called called = gate("--pipeline", "check", "lake:fill", "up");
    assertThat(called.outcome("up")).startsWith("passed: ");
    assertThat(called.outcome("lake:fill")).startsWith("passed: ");
    assertThat(lake.history("main")).containsExactly("Begin", "Level");
  }

  @Test
  void withoutTheOtherAChangeFailsOnWhatItFinds() {
    canal.branch("up", "level", "2\n");
    assertThat(gate("up").outcome("up")).startsWith("rejected: level failed");
  }

  @Test
  void aFailureInOneProjectKeepsTheOtherOut() {
    canal.branch("up", "main", Map.of("level", "2\n"), "Raise\n\nDepends-On: lake:fill\n");
    lake.branch(
        "fill", "main", Map.of("level", "2\n", "bad", ""), "Fill\n\nDepends-On: canal:up\n");
    Called called = gate("lake:fill", "up");
    assertThat(called.exit()).isEqualTo(ExitCode.FAILED);
    assertThat(called.outcome("up")).startsWith("rejected: ");
    assertThat(called.outcome("lake:fill")).startsWith("rejected: ");
    assertThat(canal.history("main")).containsExactly("Begin", "Level");
    assertThat(lake.history("main")).containsExactly("Begin", "Level");
  }

  @Test
  void whatHasLandedInTheOtherProjectIsNoDependencyAnyMore() {
    lake.branch("fill", "more", "more\n");
    assertThat(gate("lake:fill").exit()).isEqualTo(ExitCode.SUCCESS);
    canal.branch("up", "main", Map.of("new", "n"), "Raise\n\nDepends-On: lake:fill\n");
    assertThat(gate("up").outcome("up")).startsWith("landed");
  }

  @Test
  void aDependencyOnAProjectThatIsNotHereIsToldAsWritten() {
    canal.branch("up", "main", Map.of("new", "n"), "Raise\n\nDepends-On: sea:tide\n");
    assertThat(gate("up").outcome("up"))
        .isEqualTo("rejected: it depends on sea:tide, which has not landed and is not queued");
  }

  @Test
  void aJobThatNamesAProjectThatIsNotHereIsNotHeldAgainstTheChange() {
    canal.branch("up", "new", "n");
    Called called = canal.gate("up");
    assertThat(called.exit()).isEqualTo(ExitCode.ENVIRONMENT);
    assertThat(called.outcome("up")).contains("there is no project lake in this queue");
  }

  @Test
  void mistakesOfTheCallerAreNamed() {
    canal.branch("up", "new", "n");
    assertUsage(gate("sea:tide"), "there is no project sea in this queue", "--project sea=FOLDER");
    assertUsage(gate("lake:fil"), "project lake: there is no branch fil");
    assertUsage(canal.gate("--project", "lake", "up"), "NAME=FOLDER");
    assertUsage(
        canal.gate("--project", "lake=../nowhere", "up"), "project lake: there is no folder");
    assertUsage(canal.gate("--project", "canal=../lake", "up"), "two projects are named canal");
    assertUsage(canal.gate("--project", "twin=.", "up"), "the same repository");
    assertUsage(gate("--onto", "stable", "up"), "no branch stable");
  }

  private static void assertUsage(Called called, String... said) {
    assertThat(called.exit()).isEqualTo(ExitCode.USAGE);
    assertThat(called.err()).contains(said);
    assertThat(called.out()).isEmpty();
  }

  @Test
  void aRepositoryThatAnotherCommandHoldsIsNotTouched() throws Exception {
    raise();
    lake.branch("slow", "main", Map.of(GatedProject.CONFIG, "jobs: { wait: sleep 20 }\n"), "Slow");
    try (ChildCommand other = lake.start("gate", "slow")) {
      other.awaitLine("wait started");
      Called called = gate("up", "lake:fill");
      assertThat(called.exit()).isEqualTo(ExitCode.ENVIRONMENT);
      assertThat(called.err()).contains("held by");
    }
  }

  @Test
  void aBuildOfAnotherProjectIsReproducedWithWhatItSaw() {
    canal.branch("up", "main", Map.of("level", "3\n"), "Raise\n\nDepends-On: lake:fill\n");
    lake.branch("fill", "level", "2\n");
    Called called = gate("lake:fill", "up");
    Map<String, Object> failed =
        called.events("build-ended", "up").stream()
            .filter(event -> event.get("job").equals("level"))
            .findFirst()
            .orElseThrow();
    Called again = canal.call("reproduce", "--run", String.valueOf(failed.get("build")));
    assertThat(again.exit()).isEqualTo(ExitCode.FAILED);
    assertThat(again.out()).contains("HEADGATE_PROJECT_LAKE_DIR=", "differ");
    Map<String, Object> ofLake = called.events("build-ended", "lake:fill").getFirst();
    assertThat(canal.call("reproduce", "--run", String.valueOf(ofLake.get("build"))).exit())
        .isEqualTo(ExitCode.SUCCESS);
  }

  @Test
  void explainNamesTheOthersOfACircle() {
    raise();
    gate("up", "lake:fill");
    Called explained = canal.call("explain", "up");
    assertThat(explained.out()).contains("together with lake:fill");
    assertThat(canal.call("explain", "lake:fill").out()).contains("together with up");
  }
}
