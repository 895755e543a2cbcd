package dev.headgate.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.headgate.model.AttemptEnd;
import dev.headgate.model.TestCounts;
import dev.headgate.subunit.RawOutput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a job's end is, however it comes. */
class RunnerTests {
  @TempDir Path folder;
  private Jobs jobs;

  @BeforeEach
  void openJobs() {
    jobs = new Jobs(folder);
  }

  @ParameterizedTest
  @CsvSource({"true,0", "exit 0,0", "exit 1,1", "exit 7,7", "exit 125,125", "exit 255,255"})
  void exitStatusIsTold(String run, int status) throws Exception {
    assertThat(jobs.run(run).end()).isEqualTo(AttemptEnd.exited(status, TestCounts.NONE));
  }

  @Test
  void multiLineRunStopsAtTheFirstFailingLine() throws Exception {
    Recording job = jobs.run("echo one\nfalse\necho two\n");
    assertThat(job.end().exitStatus()).isEqualTo(1);
    assertThat(job.stdout()).isEqualTo("one\n");
  }

  @Test
  void commandThatIsNotFoundIsTheChangesFailure() throws Exception {
    Recording job = jobs.run("no-such-program-anywhere");
    assertThat(job.end()).isEqualTo(AttemptEnd.exited(127, TestCounts.NONE));
    assertThat(job.text(RawOutput.STDERR)).contains("no-such-program-anywhere");
  }

  @Test
  void runThatBeginsWithADashIsACommand() throws Exception {
    assertThat(jobs.run("-x").end().exitStatus()).isEqualTo(127);
  }

  @ParameterizedTest
  @CsvSource({"KILL,9", "TERM,15", "SEGV,11", "HUP,1"})
  void signalThatWeDidNotSendIsTold(String name, int number) throws Exception {
    assumeNotIgnored(number);
    AttemptEnd end = jobs.run("kill -s " + name + " $$").end();
    assertThat(end.signal()).isEqualTo(number);
    assertThat(end.cancelled() || end.timedOut()).isFalse();
  }

  @Test
  void signalThatEndedTheLastCommandIsTold() throws Exception {
    assertThat(jobs.run("sh -c 'kill -s KILL $$'").end().signal()).isEqualTo(9);
  }

  @Test
  void streamsAreKeptApartAndInOrder() throws Exception {
    Recording job = jobs.run("for i in 1 2 3; do echo out$i; echo err$i >&2; done");
    assertThat(job.end().exitStatus()).isZero();
    assertThat(job.stdout()).isEqualTo("out1\nout2\nout3\n");
    assertThat(job.text(RawOutput.STDERR)).isEqualTo("err1\nerr2\nerr3\n");
    assertThat(job.events())
        .allSatisfy(event -> assertThat(event.routeCode()).isEqualTo(Jobs.ROUTE))
        .allSatisfy(event -> assertThat(event.timestamp()).isNotNull());
  }

  @Test
  void jobReadsAnEmptyInput() throws Exception {
    Recording job = jobs.run("cat; echo read");
    assertThat(job.end().exitStatus()).isZero();
    assertThat(job.stdout()).isEqualTo("read\n");
  }

  @Test
  void environmentIsExactlyWhatIsGiven() throws Exception {
    Recording job = new Recording();
    Map<String, String> given = Map.of("PATH", System.getenv("PATH"), "A", "b c\nd", "EMPTY", "");
    jobs.start(new Command("env -u PWD -0", folder, given, Duration.ofSeconds(50)), job);
    job.end();
    assertThat(job.stdout().split("\0"))
        .hasSize(4)
        .contains("PATH=" + System.getenv("PATH"), "A=b c\nd", "EMPTY=")
        .anyMatch(entry -> entry.startsWith("HEADGATE_MARK="));
  }

  @ParameterizedTest
  @ValueSource(strings = {"C", "C.UTF-8"})
  void textReachesTheJobWholeInAnyLocale(String locale) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            Texts.class.getName(),
            folder.toString());
    builder.environment().put("LC_ALL", locale);
    Process process = builder.redirectErrorStream(true).start();
    assertThat(process.inputReader().readLine().strip()).isEqualTo("c3a92762c3bc270a2463");
  }

  /** Prints what a job wrote, in hexadecimal. */
  static final class Texts {
    private Texts() {}

    public static void main(String[] arguments) throws InterruptedException {
      Recording job = new Recording();
      Path folder = Path.of(arguments[0]);
      Map<String, String> environment = Map.of("VALUE", "\u00e9'b", "run", "c");
      Command command =
          new Command(
              "printf %s \"$VALUE\"\nprintf \u00fc\\'\\\\n'$'$run",
              folder, environment, Duration.ofSeconds(50));
      new Jobs(folder).start(command, job);
      job.end();
      System.out.println(job.bytes(RawOutput.STDOUT).hex());
    }
  }

  /**
   * Under nohup or in a background job, this JVM inherits ignored signals, and no shell below it
   * can undo that.
   */
  private static void assumeNotIgnored(int signal) throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith("SigIgn:")) {
        long ignored = Long.parseUnsignedLong(line.substring("SigIgn:".length()).strip(), 16);
        assumeThat(ignored & (1L << (signal - 1)))
            .as("signal %d ignored on entry", signal)
            .isZero();
      }
    }
  }

  @Test
  void interruptsAreNotIgnored() throws Exception {
    assumeNotIgnored(2);
    assumeNotIgnored(3);
    assertThat(jobs.run("sh -c 'kill -s INT $$'").end().signal()).isEqualTo(2);
    assertThat(jobs.run("sh -c 'kill -s QUIT $$'").end().signal()).isEqualTo(3);
  }

  @Test
  void jobRunsInItsFolderAndLeadsASession() throws Exception {
    Recording job = jobs.run("pwd -P; read -r stat </proc/$$/stat; echo \"$$ ${stat##*) }\"");
    job.end();
    String[] lines = job.stdout().split("\n");
    String[] words = lines[1].split(" ");
    assertThat(lines[0]).isEqualTo(folder.toRealPath().toString());
    assertThat(words[3]).as("group").isEqualTo(words[0]);
    assertThat(words[4]).as("session").isEqualTo(words[0]);
  }

  @Test
  void missingFolderIsAFault() throws Exception {
    Recording job = new Recording();
    jobs.start(new Command("true", folder.resolve("gone"), Map.of(), Duration.ofSeconds(9)), job);
    assertThat(job.end().fault()).contains("gone");
  }

  @Test
  void impossibleEnvironmentIsAFault() throws Exception {
    Recording job = new Recording();
    jobs.start(new Command("true", folder, Map.of("A=B", "c"), Duration.ofSeconds(9)), job);
    assertThat(job.end().fault()).contains("environment");
  }

  @Test
  void stateFolderThatCannotBeMadeIsAFault() throws Exception {
    Path file = Files.createFile(folder.resolve("file"));
    Recording job = new Recording();
    new Runner(file).start(jobs.command("true"), "unit", job);
    assertThat(job.end().fault()).contains("file");
  }

  @Test
  void sinkThatFailsEndsTheJobByAFault() throws Exception {
    Recording job =
        new Recording() {
          @Override
          public synchronized void event(dev.headgate.subunit.Event event) throws IOException {
            throw new IOException("No space left on device");
          }
        };
    jobs.start("while :; do echo more; done", job);
    assertThat(job.end().fault()).contains("No space left on device");
  }

  @Test
  void sinkWithABugEndsTheJobByAFault() throws Exception {
    Recording job =
        new Recording() {
          @Override
          public synchronized void event(dev.headgate.subunit.Event event) {
            throw new IllegalStateException("oops");
          }
        };
    jobs.start("yes", job);
    assertThat(job.end().fault()).contains("oops");
  }

  @Test
  void nothingOfAnAttemptIsLeftInTheStateFolder() throws Exception {
    jobs.run("true").end();
    try (Stream<Path> left = Files.list(jobs.state().resolve("attempts"))) {
      assertThat(left).isEmpty();
    }
  }
}
