package dev.headgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A copy of the launcher in a source tree of its own, with a Maven and JDKs that only pretend, and
 * nothing of this machine on its path but the tools of a POSIX shell.
 */
final class LauncherFixture {
  /** Far more than any of these scripts needs. */
  private static final long PATIENCE_SECONDS = 60;

  private static final List<String> TOOLS =
      List.of(
          "sh",
          "find",
          "mkdir",
          "rmdir",
          "mv",
          "rm",
          "cp",
          "ln",
          "cat",
          "grep",
          "tail",
          "date",
          "mkfifo",
          "cksum",
          "ps",
          "readlink",
          "sleep",
          "touch");

  /**
   * Builds a distribution; waits first if it finds a pipe named {@code hold}; may be told to fail.
   */
  private static final String MAVEN =
      """
      #!/bin/sh
      echo "$JAVA_HOME $*" >>calls
      echo '[INFO] Building headgate-model 9.9                     [2/3]'
      [ ! -p hold ] || { echo "$$" >maven.pid; read -r _ <hold; }
      [ ! -e broken ] || { echo '[ERROR] X.java:1 is wrong'; exit 1; }
      mkdir -p cli/target/launch/headgate/lib
      cat cli/src/main/java/X.java >cli/target/launch/headgate/headgate.jar
      echo model >cli/target/launch/headgate/lib/headgate-model-9.9.jar
      """;

  /** Makes a cache when asked for one; else prints what it was called with. */
  private static final String JAVA =
      """
      #!/bin/sh
      case "$*" in
        *AOTMode=create*)
          for option; do case $option in -XX:AOTCache=*) echo cache >"${option#*=}" ;; esac; done
          exit 0 ;;
        *AOTMode=record*) exit 0 ;;
      esac
      for argument; do echo "$argument"; done
      """;

  /**
   * How a call ended.
   *
   * @param status its exit status
   */
  record Ended(int status, String out, String err) {
    List<String> arguments() {
      return out.lines().toList();
    }
  }

  private final Path folder;
  private final Path tools;
  private final Map<String, String> environment = new LinkedHashMap<>();

  /** The pretended source tree. */
  final Path root;

  LauncherFixture(Path folder) throws IOException {
    this.folder = folder;
    this.root = Files.createDirectories(folder.resolve("a tree"));
    this.tools = Files.createDirectories(folder.resolve("tools"));
    for (String tool : TOOLS) {
      addTool(tool);
    }
    script(tools.resolve("mvn"), MAVEN);
    // The usual folders of this machine would make the search find what the test has not put there.
    String launcher =
        Rooms.read(Rooms.ROOT.resolve("headgate"))
            .replaceAll("(?<=\\s)/(usr|opt|Library)/", "/nowhere/$1/");
    script(root.resolve("headgate"), launcher);
    Files.writeString(root.resolve("pom.xml"), "<project/>");
    Files.writeString(
        Files.createDirectories(root.resolve("cli/src/main/java")).resolve("X.java"), "one");
    environment.put("PATH", tools.toString());
    environment.put("HOME", Files.createDirectories(folder.resolve("home")).toString());
  }

  Path state() {
    return root.resolve("target/headgate");
  }

  Path source() {
    return root.resolve("cli/src/main/java/X.java");
  }

  /** What Maven was called with, one call a line. */
  List<String> mavenCalls() throws IOException {
    Path calls = root.resolve("calls");
    return Files.exists(calls) ? Files.readAllLines(calls) : List.of();
  }

  /** The distributions that stand. */
  List<Path> distributions() throws IOException {
    if (!Files.isDirectory(state())) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(state())) {
      return files.filter(file -> file.getFileName().toString().startsWith("dist-")).toList();
    }
  }

  void set(String variable, Object value) {
    environment.put(variable, value.toString());
  }

  void unset(String variable) {
    environment.remove(variable);
  }

  /** Puts a tool of this machine on the path; false if the machine has none. */
  boolean addTool(String name) throws IOException {
    for (String candidate : System.getenv("PATH").split(File.pathSeparator)) {
      Path tool = Path.of(candidate, name);
      if (Files.isExecutable(tool)) {
        script(tools.resolve(name), "#!/bin/sh\nexec '%s' \"$@\"\n".formatted(tool));
        return true;
      }
    }
    return false;
  }

  void removeTool(String name) throws IOException {
    Files.delete(tools.resolve(name));
  }

  /** A pretended JDK in a folder below the fixture's. */
  Path jdk(String where, String version) throws IOException {
    Path home = folder.resolve(where);
    Files.createDirectories(home.resolve("bin"));
    script(home.resolve("bin/java"), JAVA);
    script(home.resolve("bin/javac"), "#!/bin/sh\n");
    Files.writeString(
        home.resolve("release"),
        "IMPLEMENTOR=\"Nobody\"\nJAVA_RUNTIME_VERSION=\"%s+7-LTS\"\nJAVA_VERSION=\"%s\"\n"
            .formatted(version, version));
    return home;
  }

  /** Makes Maven wait, once it runs, until {@link #letMavenGo}. */
  void holdMaven() throws Exception {
    Process made = new ProcessBuilder("mkfifo", "hold").directory(root.toFile()).start();
    assertThat(made.waitFor()).isZero();
  }

  void letMavenGo() throws IOException {
    Files.writeString(root.resolve("hold"), "go\n");
  }

  Process start(String... arguments) throws IOException {
    return startAs(root.resolve("headgate").toString(), arguments);
  }

  Process startAs(String launcher, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(launcher));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    return builder.start();
  }

  Ended run(String... arguments) throws Exception {
    return end(start(arguments));
  }

  static Ended end(Process process) throws Exception {
    process.getOutputStream().close();
    // Less than a pipe holds, so reading one after the other cannot block.
    String out = new String(process.getInputStream().readAllBytes());
    String err = new String(process.getErrorStream().readAllBytes());
    assertThat(process.waitFor(Duration.ofSeconds(PATIENCE_SECONDS))).isTrue();
    return new Ended(process.exitValue(), out, err);
  }

  static void awaitEnd(long pid) throws Exception {
    var handle = ProcessHandle.of(pid);
    if (handle.isPresent()) {
      handle.get().onExit().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
  }

  static Path script(Path file, String text) throws IOException {
    Files.writeString(file, text);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
