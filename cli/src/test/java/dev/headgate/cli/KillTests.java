package dev.headgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headgate.store.RunRepository;
import dev.headgate.store.SqliteSiteStore;
import dev.headgate.store.StoredEffect;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills the demo by {@code kill -9} at random moments, resumes it, and compares with a run that
 * nobody killed. The seed and the number of kills are the system properties {@code
 * headgate.kill.seed} and {@code headgate.kills}.
 */
@Tag("slow")
final class KillTests {
  private static final int KILLS = Integer.getInteger("headgate.kills", 3);
  private static final long SEED = Long.getLong("headgate.kill.seed", System.nanoTime());

  /** DESIGN §12: children are dead so soon after us. */
  private static final Duration CHILDREN_DIE_WITHIN = Duration.ofSeconds(2);

  private static final Duration LOOK_AGAIN_AFTER = Duration.ofMillis(20);

  private static final Duration RUN_AT_MOST = Duration.ofMinutes(3);

  /** A kill that follows an event so closely often hits what the event sets off. */
  private static final int CLOSE_MILLIS = 40;

  @TempDir Path folder;

  private final SplittableRandom random = new SplittableRandom(SEED);
  private final Map<String, Integer> caught = new LinkedHashMap<>();

  @Test
  void killedAndResumedDemoLandsTheSameCommits() throws Exception {
    Path quiet = folder.resolve("quiet");
    long begin = System.nanoTime();
    assertThat(end(start(quiet, "demo", "--directory", quiet.toString(), "--json"))).isZero();
    long usual = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
    String expected = log(quiet);
    assertThat(expected.lines()).hasSizeGreaterThan(5);

    for (int kill = 1; kill <= KILLS; kill++) {
      Path killed = folder.resolve("killed-" + kill);
      killOnce(killed, usual, kill % 2 == 0);
      assertThat(log(killed)).as("seed %d, kill %d", SEED, kill).isEqualTo(expected);
    }
    System.out.printf(
        "kills: %d (seed %d), of them between a journal write and its effect: %s%n",
        KILLS, SEED, caught);
  }

  private void killOnce(Path project, long usual, boolean close) throws Exception {
    Process demo = start(project, "demo", "--directory", project.toString(), "--json");
    if (close) {
      killAfterEvent(demo, random.nextInt(60));
    } else {
      demo.waitFor(random.nextLong(200, Math.max(201, usual)), TimeUnit.MILLISECONDS);
    }
    demo.destroyForcibly().waitFor();
    awaitNoProcess(project);
    if (!Files.exists(project.resolve(".git/headgate/headgate.db"))) {
      resumeFromNothing(project);
      return;
    }
    countCaught(project);
    assertThat(end(start(project, "gate", "--onto", "main", "--json"))).isIn(0, 1);
    enterWhatNeverEntered(project);
    assertThat(Files.exists(project.resolve(".git/headgate/slots"))).isFalse();
    assertThat(git(project, "worktree", "list").lines()).hasSize(1);
    assertThat(git(project, "status", "--porcelain")).isEmpty();
  }

  /** It was killed before it kept anything: the user calls the same again. */
  private void resumeFromNothing(Path project) throws Exception {
    if (Files.exists(project)) {
      try (Stream<Path> files = Files.walk(project)) {
        files.sorted(Comparator.reverseOrder()).forEach(KillTests::delete);
      }
    }
    caught.merge("nothing kept yet", 1, Integer::sum);
    assertThat(end(start(project, "demo", "--directory", project.toString(), "--json"))).isZero();
  }

  /**
   * A user whose command died names the changes again; those that ended or stand in the queue are
   * known.
   */
  private void enterWhatNeverEntered(Path project) throws Exception {
    List<String> missing = new ArrayList<>();
    try (SqliteSiteStore store =
        SqliteSiteStore.openReadOnly(project.resolve(".git/headgate/headgate.db"))) {
      for (DemoProject.Topic topic : DemoProject.TOPICS) {
        if (store.history(topic.branch()).stream()
            .allMatch(entry -> entry.kind().equals("restarted"))) {
          missing.add(topic.branch());
        }
      }
    }
    if (!missing.isEmpty()) {
      caught.merge("changes not yet entered", 1, Integer::sum);
      List<String> command = new ArrayList<>(List.of("gate", "--onto", "main", "--json"));
      command.addAll(missing);
      assertThat(end(start(project, command.toArray(String[]::new)))).isIn(0, 1);
    }
  }

  private void killAfterEvent(Process demo, int events) throws IOException, InterruptedException {
    BufferedReader lines = demo.inputReader(StandardCharsets.UTF_8);
    for (int i = 0; i < events; i++) {
      String line = lines.readLine();
      if (line == null || line.contains("\"event\":\"summary\"")) {
        return;
      }
    }
    demo.waitFor(random.nextInt(CLOSE_MILLIS), TimeUnit.MILLISECONDS);
  }

  /** Effects that are kept and of which nothing shows outside: the kill hit between the two. */
  private void countCaught(Path project) throws Exception {
    Path folder = project.resolve(".git/headgate");
    Path database = folder.resolve("headgate.db");
    try (SqliteSiteStore store = SqliteSiteStore.openReadOnly(database);
        RunRepository runs = RunRepository.openReadOnly(folder, database)) {
      for (StoredEffect effect : store.load().outbox()) {
        Map<String, Object> body = JsonText.parse(effect.body());
        String kind = Objects.requireNonNull((String) body.get("kind"));
        boolean undone =
            switch (kind) {
              case "land" -> !git(project, "rev-parse", "main").equals(body.get("content"));
              case "start" -> runs.ofBuild(((Number) body.get("build")).longValue()).isEmpty();
              default -> true;
            };
        if (undone) {
          caught.merge(kind, 1, Integer::sum);
        }
      }
    }
  }

  private static void awaitNoProcess(Path project) throws Exception {
    long deadline = System.nanoTime() + CHILDREN_DIE_WITHIN.toNanos();
    List<ProcessHandle> left = processesIn(project);
    while (!left.isEmpty()) {
      assertThat(System.nanoTime())
          .as("processes left: %s", commandLines(left))
          .isLessThan(deadline);
      awaitEndBriefly(left.getFirst());
      left = processesIn(project);
    }
  }

  private static void awaitEndBriefly(ProcessHandle process) throws Exception {
    try {
      process.onExit().get(LOOK_AGAIN_AFTER.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      // The JDK itself polls for processes that are not its children, more and more seldom.
      return;
    }
  }

  private static List<String> commandLines(List<ProcessHandle> processes) {
    return processes.stream()
        .map(process -> process.pid() + " " + process.info().commandLine().orElse("?"))
        .toList();
  }

  /** Processes whose working folder is below the project. */
  private static List<ProcessHandle> processesIn(Path project) throws IOException {
    Path real = Files.exists(project) ? project.toRealPath() : project;
    return ProcessHandle.allProcesses().filter(process -> worksIn(process, real)).toList();
  }

  private static boolean worksIn(ProcessHandle process, Path folder) {
    try {
      return Path.of("/proc/" + process.pid() + "/cwd").toRealPath().startsWith(folder);
    } catch (IOException e) {
      // It has ended, or belongs to someone else: not ours.
      return false;
    }
  }

  private static String log(Path project) throws Exception {
    return git(project, "log", "--format=%H %s", "--first-parent", "main");
  }

  private Process start(Path project, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED", "-cp"));
    command.add(System.getProperty("java.class.path"));
    command.add("dev.headgate.cli.Main");
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(folder.resolve("errors.txt").toFile());
    builder.directory((Files.exists(project) ? project : folder).toFile());
    return builder.start();
  }

  private static int end(Process process) throws Exception {
    process.getInputStream().transferTo(OutputStream.nullOutputStream());
    assertThat(process.waitFor(RUN_AT_MOST.toSeconds(), TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }

  private static String git(Path project, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("git"));
    command.addAll(List.of(arguments));
    Process git =
        new ProcessBuilder(command).directory(project.toFile()).redirectErrorStream(true).start();
    String said = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    assertThat(git.waitFor()).as("git %s: %s", List.of(arguments), said).isZero();
    return said;
  }

  private static void delete(Path file) {
    try {
      Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
