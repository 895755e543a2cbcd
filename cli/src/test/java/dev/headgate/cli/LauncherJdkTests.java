package dev.headgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headgate.cli.LauncherFixture.Ended;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which JDK the launcher takes. */
class LauncherJdkTests {
  @TempDir Path folder;
  private LauncherFixture launcher;

  @BeforeEach
  void tree() throws Exception {
    launcher = new LauncherFixture(folder);
  }

  @Test
  void whereThereIsNoneItSaysHowToGetOne() throws Exception {
    launcher.set("JAVA_HOME", launcher.jdk("old", "17.0.15"));
    Ended ended = launcher.run("--version");
    assertThat(ended.status()).isEqualTo(ExitCode.ENVIRONMENT.status());
    assertThat(ended.err()).contains("a JDK 25 or newer is needed", "get one:");
    assertThat(ended.out()).isEmpty();
  }

  @Test
  void itsOwnVariableWins() throws Exception {
    launcher.set("JAVA_HOME", launcher.jdk("one", "25.0.1"));
    Path own = launcher.jdk("two", "25.0.2");
    launcher.set("HEADGATE_JAVA_HOME", own);
    assertThat(chosen()).isEqualTo(own);
  }

  @ParameterizedTest
  @ValueSource(strings = {"21.0.9", "8.0.1", "nonsense", ""})
  void itsOwnVariableMustBeUsable(String version) throws Exception {
    launcher.set("JAVA_HOME", launcher.jdk("one", "25.0.1"));
    launcher.set("HEADGATE_JAVA_HOME", launcher.jdk("old", version));
    Ended ended = launcher.run("--java-home");
    assertThat(ended.status()).isEqualTo(ExitCode.ENVIRONMENT.status());
    assertThat(ended.err()).contains("HEADGATE_JAVA_HOME", folder.resolve("old").toString());
  }

  @Test
  void anOldJavaHomeIsPassedOverForTheOneOnThePath() throws Exception {
    launcher.set("JAVA_HOME", launcher.jdk("old", "17.0.15"));
    Path jdk = launcher.jdk("lib/jdk-25", "25.0.3");
    Path alternative =
        Files.createSymbolicLink(folder.resolve("alternative"), jdk.resolve("bin/java"));
    Files.createSymbolicLink(folder.resolve("tools/java"), alternative);
    assertThat(chosen()).isEqualTo(jdk);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "home/.sdkman/candidates/java/25.0.3-tem",
        "home/.jdks/temurin-25.0.3",
        "home/.asdf/installs/java/temurin-25",
        "home/.local/share/mise/installs/java/25",
        "home/.gradle/jdks/25",
        "home/Library/Java/JavaVirtualMachines/t/Contents/Home"
      })
  void theUsualFoldersAreLookedAt(String where) throws Exception {
    Path jdk = launcher.jdk(where, "25.0.3");
    assertThat(chosen()).isEqualTo(jdk);
  }

  @Test
  void theReleaseThatTheBuildIsCheckedWithIsPreferred() throws Exception {
    launcher.jdk("home/.jdks/a-26", "26");
    Path checked = launcher.jdk("home/.jdks/b-25", "25.0.3");
    assertThat(chosen()).isEqualTo(checked);
  }

  @Test
  void aNewerOneWillDo() throws Exception {
    Path newer = launcher.jdk("home/.jdks/a-27", "27-ea");
    assertThat(chosen()).isEqualTo(newer);
    launcher.run("--version");
    assertThat(launcher.mavenCalls()).singleElement().asString().startsWith(newer + " ");
  }

  @Test
  void aRememberedOneThatIsGoneIsSearchedAgain() throws Exception {
    Path first = launcher.jdk("home/.jdks/a", "25.0.1");
    Path second = launcher.jdk("home/.jdks/b", "25.0.2");
    assertThat(chosen()).isEqualTo(first);
    Files.delete(first.resolve("bin/java"));
    assertThat(chosen()).isEqualTo(second);
  }

  @Test
  void aRuntimeWithoutACompilerIsNoJdk() throws Exception {
    Path runtime = launcher.jdk("home/.jdks/a", "25.0.1");
    Files.delete(runtime.resolve("bin/javac"));
    Path jdk = launcher.jdk("home/.jdks/b", "25.0.2");
    assertThat(chosen()).isEqualTo(jdk);
  }

  private Path chosen() throws Exception {
    Ended ended = launcher.run("--java-home");
    assertThat(ended.status()).as(ended.err()).isZero();
    return Path.of(ended.out().strip());
  }
}
