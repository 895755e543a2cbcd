package dev.headgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headgate.cli.LauncherFixture.Ended;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The launcher's first use, every later use, and what goes wrong. */
class LauncherTests {
  /** Far more than a shell script needs. */
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  @TempDir Path folder;
  private LauncherFixture launcher;
  private Path jdk;

  @BeforeEach
  void tree() throws Exception {
    launcher = new LauncherFixture(folder);
    jdk = launcher.jdk("jdk 25", "25.0.9");
    launcher.set("JAVA_HOME", jdk);
  }

  @Test
  void firstUseBuildsAndLaterUsesDoNot() throws Exception {
    Ended first = launcher.run("gate", "a b", "");
    assertThat(first.status()).isZero();
    assertThat(first.arguments()).endsWith("gate", "a b", "");
    assertThat(first.err())
        .contains("building with Maven", "building 2/3 headgate-model", "built in");
    assertThat(launcher.mavenCalls())
        .singleElement()
        .asString()
        .startsWith(jdk + " ")
        .contains("-pl cli -am", "package");
    Ended second = launcher.run("--version");
    assertThat(second.err()).isEmpty();
    assertThat(launcher.mavenCalls()).hasSize(1);
  }

  @Test
  void theJvmGetsTheCacheThatWasMadeForTheseJarsAndThisJdk() throws Exception {
    List<String> arguments = launcher.run("--version").arguments();
    Path distribution = launcher.distributions().getFirst();
    Path cache = distribution.resolve("25.0.9+7-LTS.aot");
    assertThat(cache).exists();
    assertThat(arguments)
        .contains("-XX:AOTCache=" + cache, "-Xlog:disable", "-Xlog:all=error:stderr")
        .containsSubsequence("-jar", distribution.resolve("headgate.jar").toString(), "--version")
        .doesNotContain("-XX:+AutoCreateSharedArchive");
  }

  @Test
  void withoutTheVeryCacheOfThisJdkNoneIsPassed() throws Exception {
    launcher.run("--version");
    Files.delete(launcher.distributions().getFirst().resolve("25.0.9+7-LTS.aot"));
    assertThat(launcher.run("--version").out()).doesNotContain("AOTCache").contains("-Xshare:auto");
  }

  @Test
  void changedSourcesAreBuiltAgainIntoAFolderOfTheirOwn() throws Exception {
    launcher.run("--version");
    Path old = launcher.distributions().getFirst();
    Files.writeString(launcher.source(), "two");
    olderStamp();
    assertThat(launcher.run("--version").err()).contains("built in");
    Path current =
        launcher.state().resolve(Files.readString(launcher.state().resolve("current")).strip());
    assertThat(launcher.distributions()).containsExactlyInAnyOrder(old, current);
    assertThat(current.resolve("headgate.jar")).hasContent("two");
  }

  @Test
  void onlyTheCurrentDistributionAndTheOneBeforeAreKept() throws Exception {
    for (String text : List.of("one", "two", "three", "four")) {
      Files.writeString(launcher.source(), text);
      launcher.run("--rebuild");
    }
    assertThat(launcher.distributions())
        .extracting(distribution -> Files.readString(distribution.resolve("headgate.jar")))
        .containsExactlyInAnyOrder("three", "four");
  }

  @Test
  void aCacheWhoseMakerWasKilledIsMadeAgainByTheNextBuild() throws Exception {
    launcher.run("--version");
    Path cache = launcher.distributions().getFirst().resolve("25.0.9+7-LTS.aot");
    Files.delete(cache);
    assertThat(launcher.run("--rebuild", "--version").out()).contains("-XX:AOTCache=" + cache);
  }

  @Test
  void noHomeIsNeeded() throws Exception {
    launcher.unset("HOME");
    assertThat(launcher.run("--version").status()).isZero();
  }

  @Test
  void aDeletedSourceCountsAsChanged() throws Exception {
    Files.writeString(launcher.source().resolveSibling("Y.java"), "more");
    launcher.run("--version");
    Files.delete(launcher.source().resolveSibling("Y.java"));
    olderStamp();
    launcher.run("--version");
    assertThat(launcher.mavenCalls()).hasSize(2);
  }

  @Test
  void rebuildingCanBeForbiddenAndForced() throws Exception {
    launcher.run("--version");
    olderStamp();
    launcher.set("HEADGATE_REBUILD", "never");
    launcher.run("--version");
    assertThat(launcher.mavenCalls()).hasSize(1);
    assertThat(launcher.run("--rebuild").status()).isZero();
    assertThat(launcher.mavenCalls()).hasSize(2);
  }

  @Test
  void aFailedBuildShowsWhyAndLeavesNothingHalfDone() throws Exception {
    Files.createFile(launcher.root.resolve("broken"));
    Ended ended = launcher.run("--version");
    assertThat(ended.status()).isEqualTo(ExitCode.ENVIRONMENT.status());
    assertThat(ended.out()).isEmpty();
    assertThat(ended.err()).contains("X.java:1 is wrong", launcher.state() + "/build.log");
    assertThat(launcher.distributions()).isEmpty();
    assertThat(launcher.state().resolve("current")).doesNotExist();
    Files.delete(launcher.root.resolve("broken"));
    assertThat(launcher.run("--version").status()).isZero();
  }

  @Test
  void anInterruptedBuildEndsItsMavenAndLeavesNothingHalfDone() throws Exception {
    launcher.holdMaven();
    Process process = launcher.start("--version");
    awaitLine(process, "building 2/3");
    long maven = mavenPid();
    // Not destroy() of the process itself: that closes the streams that are still to be read.
    process.toHandle().destroy();
    assertThat(LauncherFixture.end(process).status()).isEqualTo(ExitCode.INTERRUPTED.status());
    LauncherFixture.awaitEnd(maven);
    assertThat(launcher.distributions()).isEmpty();
    Files.delete(launcher.root.resolve("hold"));
    assertThat(launcher.run("--version").status()).isZero();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void twoFirstUsesAtOnceBuildOnce(boolean flock) throws Exception {
    if (flock) {
      assertThat(launcher.addTool("flock") || !Files.exists(Path.of("/proc"))).isTrue();
    }
    launcher.holdMaven();
    Process first = launcher.start("first");
    awaitLine(first, "building 2/3");
    Process second = launcher.start("second");
    awaitLine(second, "another build is under way");
    launcher.letMavenGo();
    assertThat(LauncherFixture.end(first).arguments()).endsWith("first");
    Ended ended = LauncherFixture.end(second);
    assertThat(ended.status()).isZero();
    assertThat(ended.arguments()).endsWith("second");
    assertThat(launcher.mavenCalls()).hasSize(1);
  }

  @Test
  void theLockOfADeadProcessIsBroken() throws Exception {
    Process dead = launcher.startAs("/bin/sh", "-c", "exit 0");
    dead.waitFor();
    Files.createDirectories(launcher.state());
    Files.createSymbolicLink(
        launcher.state().resolve("lock.link"), Path.of(Long.toString(dead.pid())));
    assertThat(launcher.run("--version").status()).isZero();
    assertThat(Files.isSymbolicLink(launcher.state().resolve("lock.link"))).isFalse();
  }

  @Test
  void itFindsItsTreeThroughLinks() throws Exception {
    Path near = Files.createSymbolicLink(folder.resolve("hg"), Path.of("a tree/headgate"));
    Path far = Files.createSymbolicLink(folder.resolve("far"), near);
    assertThat(LauncherFixture.end(launcher.startAs(far.toString(), "x")).arguments())
        .contains("-Dheadgate.home=" + launcher.root);
  }

  @Test
  void withoutMavenItSaysHowToGetIt() throws Exception {
    launcher.removeTool("mvn");
    Ended ended = launcher.run("--version");
    assertThat(ended.status()).isEqualTo(ExitCode.ENVIRONMENT.status());
    assertThat(ended.err()).contains("Maven 3.8.7 or newer is needed", "apt install maven");
  }

  private void olderStamp() throws Exception {
    long source = Files.getLastModifiedTime(launcher.source()).toMillis();
    Files.setLastModifiedTime(
        launcher.state().resolve("built"), FileTime.fromMillis(source - 10_000));
  }

  private long mavenPid() throws Exception {
    Path file = launcher.root.resolve("maven.pid");
    Instant deadline = Instant.now().plus(PATIENCE);
    while (!Files.exists(file) || Files.size(file) == 0) {
      assertThat(Instant.now()).isBefore(deadline);
      Thread.onSpinWait();
    }
    return Long.parseLong(Files.readString(file).strip());
  }

  private static void awaitLine(Process process, String part) throws Exception {
    // Unbuffered beyond its line, so that the rest is still there for whoever reads to the end.
    BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8), 1);
    String line = lines.readLine();
    while (line != null && !line.contains(part)) {
      line = lines.readLine();
    }
    assertThat(line).as("a line with '%s'", part).isNotNull();
  }
}
