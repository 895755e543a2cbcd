package dev.headgate.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headgate.model.TestCounts;
import dev.headgate.subunit.Bytes;
import dev.headgate.subunit.Event;
import dev.headgate.subunit.PacketEncoder;
import dev.headgate.subunit.RawOutput;
import dev.headgate.subunit.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of the bytes that a job writes. */
class OutputTests {
  @TempDir Path folder;
  private Jobs jobs;

  @BeforeEach
  void openJobs() {
    jobs = new Jobs(folder);
  }

  private static Bytes packet(String test, Status status) {
    return PacketEncoder.encode(Event.test(test, status).build());
  }

  private void file(String name, Bytes... parts) throws IOException {
    Files.write(folder.resolve(name), Bytes.concat(List.of(parts)).toByteArray());
  }

  @Test
  void packetsBecomeEventsUnderTheRouteAndTheRestIsText() throws Exception {
    Event routed = Event.test("b", Status.FAIL).routeCode("worker/7").build();
    file(
        "out",
        Bytes.ofUtf8("before\n"),
        packet("a", Status.SUCCESS),
        Bytes.ofUtf8("between, without an end of line"),
        PacketEncoder.encode(routed),
        Bytes.ofUtf8("after\n"));
    Recording job = jobs.run("cat out");
    assertThat(job.end().tests()).isEqualTo(new TestCounts(1, 1, 0, 0));
    assertThat(job.tests())
        .extracting(event -> event.routeCode() + " " + event.testId() + " " + event.status())
        .containsExactly("unit/1 a SUCCESS", "unit/1/worker/7 b FAIL");
    assertThat(job.stdout()).isEqualTo("before\nbetween, without an end of lineafter\n");
    assertThat(job.events())
        .extracting(event -> event.testId() == null ? event.fileContent().utf8() : event.testId())
        .containsExactly("before\n", "a", "between, without an end of line", "b", "after\n");
  }

  @Test
  void testThatNeverEndedIsUnfinished() throws Exception {
    file("out", packet("a", Status.INPROGRESS), packet("a", Status.SKIP));
    file("err", packet("hangs", Status.INPROGRESS));
    assertThat(jobs.run("cat out; cat err >&2").end().tests())
        .isEqualTo(new TestCounts(0, 0, 1, 1));
  }

  @Test
  void failureThatTheJobItselfTriedAgainStillCounts() throws Exception {
    file(
        "out",
        packet("a", Status.FAIL),
        packet("a", Status.INPROGRESS),
        packet("a", Status.SUCCESS));
    assertThat(jobs.run("cat out").end().tests().failed()).isEqualTo(1);
  }

  @Test
  void textOfOnePipeCutsNoPacketOfTheOther() throws Exception {
    byte[] packet = packet("cut", Status.SUCCESS).toByteArray();
    StringBuilder run = new StringBuilder();
    for (byte octet : packet) {
      run.append("printf '\\").append(Integer.toOctalString(octet & 0xFF)).append("'\n");
      run.append("printf x >&2\n");
    }
    Recording job = jobs.run(run.toString());
    assertThat(job.end().tests().passed()).isEqualTo(1);
    assertThat(job.text(RawOutput.STDERR)).isEqualTo("x".repeat(packet.length));
    assertThat(job.stdout()).isEmpty();
  }

  @Test
  void damagedPacketsAreKeptAsTextAndCounted() throws Exception {
    byte[] damaged = packet("damaged", Status.SUCCESS).toByteArray();
    damaged[damaged.length - 1] ^= 1;
    file(
        "out",
        Bytes.ofUtf8("x\n"),
        Bytes.copyOf(damaged),
        packet("whole", Status.SUCCESS),
        Bytes.copyOf(damaged, 0, 5));
    Recording job = jobs.run("cat out");
    assertThat(job.end().tests().passed()).isEqualTo(1);
    assertThat(job.bytes(RawOutput.STDOUT))
        .isEqualTo(
            Bytes.concat(
                List.of(Bytes.ofUtf8("x\n"), Bytes.copyOf(damaged), Bytes.copyOf(damaged, 0, 5))));
    assertThat(job.notes()).contains("damaged packets are kept in stdout");
  }

  @Test
  void partOfALineIsShownWhileTheJobGoesOn() throws Exception {
    Recording job = new Recording();
    RunningJob running = jobs.start("printf '> '; printf '\\263' >&2; exec sleep 40", job);
    Recording.await("the prompt", () -> job.stdout().equals("> "));
    running.cancel();
    assertThat(job.end().cancelled()).isTrue();
    assertThat(job.text(RawOutput.STDERR).length()).isEqualTo(1);
  }

  @Test
  void lineThatGrowsWithoutPauseIsShownWhileItGrows() throws Exception {
    Recording job = new Recording();
    RunningJob running = jobs.start("while :; do printf .; sleep 0.03; done", job);
    Recording.await("its beginning", () -> job.stdout().length() > 5);
    running.cancel();
    job.end();
  }

  @Test
  void packetIsNotGivenUpWhileItsWriterPauses() throws Exception {
    Bytes inner = packet("inner", Status.FAIL);
    Bytes outer =
        PacketEncoder.encode(
            Event.test("outer", Status.SUCCESS)
                .file("log", Bytes.concat(List.of(inner, Bytes.copyOf(new byte[100_000]))))
                .build());
    file("head", outer.slice(0, 70_000));
    file("tail", outer.slice(70_000));
    Recording job = jobs.run("cat head; sleep 0.5; cat tail");
    assertThat(job.end().tests()).isEqualTo(new TestCounts(1, 0, 0, 0));
  }

  @Test
  void emptyOutputIsNoEvent() throws Exception {
    Recording job = jobs.run("true");
    assertThat(job.end().exitStatus()).isZero();
    assertThat(job.events()).isEmpty();
  }

  @Test
  void textIsCutIntoPacketsOfBoundedSize() throws Exception {
    Recording job = jobs.run("head -c 1000000 /dev/zero");
    job.end();
    assertThat(job.bytes(RawOutput.STDOUT).length()).isEqualTo(1_000_000);
    assertThat(job.events())
        .allSatisfy(event -> assertThat(event.fileContent().length()).isLessThanOrEqualTo(65_536));
  }

  @Test
  void middleOfALongOutputIsDroppedAndCountedButNoTest() throws Exception {
    jobs = new Jobs(folder, smallOutput());
    file("test", packet("in the middle", Status.FAIL));
    Recording job =
        jobs.run(
            "head -c 1500 /dev/zero; cat test; head -c 100000 /dev/zero; echo the end;"
                + " echo short >&2");
    assertThat(job.end().tests().failed()).isEqualTo(1);
    Bytes kept = job.bytes(RawOutput.STDOUT);
    assertThat(kept.length()).isEqualTo(1000 + 300);
    assertThat(kept.slice(1000).utf8()).endsWith("\0the end\n");
    assertThat(job.notes()).contains((101_500 + 8 - 1300) + " bytes of stdout were dropped here");
    assertThat(job.text(RawOutput.STDERR)).isEqualTo("short\n");
  }

  private static RunnerSettings smallOutput() {
    Duration grace = Duration.ofSeconds(1);
    return new RunnerSettings(1000, 300, grace, grace, grace, grace, grace);
  }

  @Test
  void outputJustWithinTheLimitIsWhole() throws Exception {
    jobs = new Jobs(folder, smallOutput());
    Recording job = jobs.run("head -c 1300 /dev/zero");
    job.end();
    assertThat(job.bytes(RawOutput.STDOUT).length()).isEqualTo(1300);
    assertThat(job.notes()).doesNotContain("dropped");
  }

  @Test
  void sinkThatIsSlowMakesTheJobWait() throws Exception {
    List<Integer> progress = new ArrayList<>();
    Path written = folder.resolve("written");
    Recording job =
        new Recording() {
          @Override
          public synchronized void event(Event event) throws IOException {
            if (progress.isEmpty()) {
              // The job can be ahead of us by what the pipe and the queue hold, and no more.
              Recording.await("a full pipe", () -> isStill(written));
              progress.add(Integer.valueOf(Files.readString(written).strip()));
            }
            super.event(event);
          }
        };
    jobs.start(
        "i=0; while [ $i -lt 100 ]; do head -c 40000 /dev/zero; i=$((i+1)); echo $i >w; mv w"
            + " written; done",
        job);
    assertThat(job.end().exitStatus()).isZero();
    assertThat(progress.getFirst()).isBetween(1, 40);
    assertThat(job.bytes(RawOutput.STDOUT).length()).isEqualTo(4_000_000);
  }

  /** Sees that a file no longer changes. */
  private static boolean isStill(Path file) {
    try {
      if (!Files.exists(file)) {
        return false;
      }
      long age = System.currentTimeMillis() - Files.getLastModifiedTime(file).toMillis();
      return age > 300;
    } catch (IOException e) {
      // It is replaced at this moment.
      return false;
    }
  }
}
