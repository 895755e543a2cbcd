package dev.headgate.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headgate.model.AttemptEnd;
import dev.headgate.model.TestCounts;
import dev.headgate.model.Verdict;
import dev.headgate.subunit.Event;
import dev.headgate.subunit.PacketEncoder;
import dev.headgate.subunit.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jobs that write report files. */
class ReportJobTests {
  /** Never within a test: only what is read at the end is read. */
  private static final Duration NEVER = Duration.ofHours(1);

  private static final Duration OFTEN = Duration.ofMillis(10);

  private static final String FUNCTIONS =
      """
      report() { printf '<testsuite><testcase name="%s">%s</testcase></testsuite>' "$1" "$2"; }
      await() { while [ ! -e "told-$1" ]; do sleep 0.01; done; }
      """;

  @TempDir Path folder;
  private Path workspace;

  @BeforeEach
  void makeWorkspace() throws IOException {
    workspace = Files.createDirectories(folder.resolve("workspace"));
  }

  /** Tells the job which tests were heard of, by files that it can wait for. */
  private final class Answering extends Recording {
    @Override
    public synchronized void event(Event event) throws IOException {
      super.event(event);
      if (event.testId() != null && event.status().isFinal()) {
        Files.writeString(workspace.resolve("told-" + event.testId()), "");
      }
    }
  }

  private RunningJob start(String run, Duration every, Duration timeout, OutputSink sink) {
    RunnerSettings usual = RunnerSettings.DEFAULT;
    RunnerSettings settings =
        new RunnerSettings(
            usual.headBytes(),
            usual.tailBytes(),
            Duration.ofMillis(300),
            Duration.ofMillis(300),
            usual.lingerGrace(),
            usual.leftoverGrace(),
            every);
    Command command =
        new Command(
            FUNCTIONS + run,
            workspace,
            Map.of("PATH", System.getenv("PATH")),
            timeout,
            List.of("**/*.xml"));
    return new Runner(folder.resolve("state"), settings, InstantSource.system())
        .start(command, Jobs.ROUTE, sink);
  }

  private Recording run(String run, Duration every) {
    Recording job = new Answering();
    start(run, every, Duration.ofSeconds(50), job);
    Recording.await("the end of " + run, job::hasEnded);
    return job;
  }

  private static List<String> ends(Recording job) {
    return job.tests().stream()
        .filter(event -> event.status().isFinal())
        .map(event -> event.routeCode() + " " + event.testId() + " " + event.status().word())
        .toList();
  }

  private static String verdict(AttemptEnd end) {
    Verdict verdict = Verdict.of(end);
    return verdict.kind().code() + ": " + verdict.reason();
  }

  @Test
  void reportsAreReadWhileTheJobRuns() throws Exception {
    Recording job =
        run(
            """
            mkdir -p t
            report one >t/tmp; mv t/tmp t/TEST-one.xml; await one
            printf '<testsuite><testcase name="slow"/>' >slow.xml
            report two >two.xml; await two
            [ ! -e told-slow ]
            printf '</testsuite>' >>slow.xml; await slow
            """,
            OFTEN);
    assertThat(job.end()).isEqualTo(AttemptEnd.exited(0, new TestCounts(3, 0, 0, 0)));
    assertThat(ends(job))
        .containsExactly(
            "unit/1/report/t/TEST-one.xml one success",
            "unit/1/report/two.xml two success",
            "unit/1/report/slow.xml slow success");
    assertThat(job.notes()).isEmpty();
  }

  @Test
  void fileThatIsWrittenAgainCountsNoTestTwice() throws Exception {
    Recording job =
        run(
            """
            report one >a.xml; await one
            printf '<testsuite><testcase name="one"/><testcase name="two"/></testsuite>' >a.xml
            await two
            """,
            OFTEN);
    assertThat(job.end()).isEqualTo(AttemptEnd.exited(0, new TestCounts(2, 0, 0, 0)));
  }

  @Test
  void failureInAReportFailsAJobThatExitsWell() throws Exception {
    AttemptEnd end = run("report one '<failure/>' >a.xml", NEVER).end();
    assertThat(end.exitStatus()).isZero();
    assertThat(verdict(end)).isEqualTo("failed: 1 test failed");
  }

  @Test
  void reportsDoNotMakeAJobPass() throws Exception {
    assertThat(verdict(run("report one >a.xml; exit 3", NEVER).end()))
        .isEqualTo("failed: exit status 3");
  }

  @Test
  void jobWithoutReportsFails() throws Exception {
    assertThat(verdict(run("report one >a.txt", NEVER).end()))
        .isEqualTo("failed: no results: nothing matches **/*.xml");
  }

  @Test
  void reportOfAnEarlierJobDoesNotCount() throws Exception {
    Files.writeString(workspace.resolve("old.xml"), "<testsuite><testcase name='a'/></testsuite>");
    Recording job = run("touch other; ln -s . loop; ln -s old.xml new.xml", OFTEN);
    assertThat(verdict(job.end())).startsWith("failed: no results: nothing matches **/*.xml (1 ");
    assertThat(job.tests()).isEmpty();
  }

  @Test
  void reportThatIsCutOffFailsTheJob() throws Exception {
    Recording job = run("printf '<testsuite><testcase name=\"one\"/><testca' >a.xml", OFTEN);
    assertThat(verdict(job.end())).startsWith("failed: results incomplete: a.xml: ");
    assertThat(ends(job)).containsExactly("unit/1/report/a.xml one success");
    assertThat(job.notes()).contains("a.xml:1:");
  }

  @Test
  void reportsOfACancelledJobAreRead() throws Exception {
    Recording job = new Recording();
    RunningJob running =
        start("report one >a.xml; echo up; sleep 50", NEVER, Duration.ofSeconds(50), job);
    Recording.await("its output", () -> job.stdout().contains("up"));
    running.cancel();
    assertThat(verdict(job.end())).isEqualTo("none: cancelled");
    assertThat(ends(job)).hasSize(1);
  }

  @Test
  void reportsOfAJobOverItsTimeAreRead() throws Exception {
    Recording job = new Recording();
    String run = "report one >a.xml; report two >b.xml; exec sleep 50";
    start(run, NEVER, Duration.ofMillis(1500), job);
    assertThat(verdict(job.end())).isEqualTo("failed: over its time");
    assertThat(ends(job)).hasSize(2);
  }

  @Test
  void testThatIsStreamedAndReportedIsTwo() throws Exception {
    Files.write(
        workspace.resolve("packet"),
        PacketEncoder.encode(Event.test("one", Status.SUCCESS).build()).toByteArray());
    Recording job = run("cat packet; await one; report one >a.xml", NEVER);
    assertThat(job.end().tests()).isEqualTo(new TestCounts(2, 0, 0, 0));
    assertThat(ends(job)).containsExactly("unit/1 one success", "unit/1/report/a.xml one success");
  }

  @Test
  void sinkThatFailsOnAReportEndsTheJobByAFault() throws Exception {
    Recording job =
        new Recording() {
          @Override
          public synchronized void event(Event event) throws IOException {
            throw new IOException("No space left on device");
          }
        };
    start("report one >a.xml; sleep 50", OFTEN, Duration.ofSeconds(50), job);
    assertThat(job.end().fault()).contains("No space left on device");
  }
}
