package dev.headgate.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headgate.model.AttemptEnd;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a job and all that it started are brought to an end. */
class EndingTests {
  private static final AtomicInteger NUMBERS = new AtomicInteger();

  @TempDir Path folder;
  private Jobs jobs;

  /** Seconds to sleep for that no other process of this machine sleeps for. */
  private String seconds;

  @BeforeEach
  void openJobs() {
    jobs = new Jobs(folder, quick());
    seconds = "3" + ProcessHandle.current().pid() + "." + NUMBERS.incrementAndGet();
  }

  private static RunnerSettings quick() {
    return new RunnerSettings(
        1 << 20,
        1 << 16,
        Duration.ofMillis(300),
        Duration.ofMillis(300),
        Duration.ofMillis(200),
        Duration.ofMillis(300),
        Duration.ofMillis(20));
  }

  private Recording startAndSee(String run, Duration timeout, RunningJob[] started) {
    Recording job = new Recording();
    started[0] = jobs.start(Jobs.withTimeout(jobs.command(run), timeout), job);
    Recording.await("its output", () -> job.stdout().contains("up"));
    return job;
  }

  private Recording startAndCancel(String run) {
    RunningJob[] started = new RunningJob[1];
    Recording job = startAndSee(run, Duration.ofSeconds(50), started);
    started[0].cancel();
    return job;
  }

  @Test
  void jobOverItsTimeIsEnded() throws Exception {
    Recording job = new Recording();
    Duration timeout = Duration.ofMillis(200);
    jobs.start(Jobs.withTimeout(jobs.command("sleep " + seconds), timeout), job);
    AttemptEnd end = job.end();
    assertThat(end.timedOut()).isTrue();
    assertThat(end.signal()).isZero();
    assertThat(Processes.run(seconds)).isFalse();
  }

  @Test
  void jobOverItsTimeMayStillSayWhatItDid() throws Exception {
    String run = "trap 'echo was busy; exit 3' TERM; echo up; while :; do sleep 0.01; done";
    Recording job = startAndSee(run, Duration.ofMillis(500), new RunningJob[1]);
    AttemptEnd end = job.end();
    assertThat(end.timedOut()).isTrue();
    assertThat(job.stdout()).isEqualTo("up\nwas busy\n");
  }

  @Test
  void jobThatIgnoresTheSignalIsKilled() throws Exception {
    String run = "trap '' TERM; echo up; sleep " + seconds + " & sleep " + seconds;
    Recording job = startAndSee(run, Duration.ofMillis(500), new RunningJob[1]);
    assertThat(job.end().timedOut()).isTrue();
    assertThat(Processes.run(seconds)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sleep SECONDS",
        "trap '' TERM; sleep SECONDS",
        "sleep SECONDS & sleep SECONDS",
        "setsid sleep SECONDS & sleep SECONDS",
        "(setsid sh -c \"trap '' TERM; sleep SECONDS; sleep SECONDS\" &) ; sleep SECONDS",
        "env -i setsid sleep SECONDS & sleep SECONDS",
        "env -i sleep SECONDS & (env -i sh -c \"trap '' TERM; sleep SECONDS; sleep SECONDS\") & wait",
        "kill -s STOP $$",
        "sh -c 'kill -s STOP $$' & sleep SECONDS",
      })
  void cancelledJobIsEndedWithItsWholeTree(String run) throws Exception {
    AttemptEnd end = startAndCancel("echo up\n" + run.replace("SECONDS", seconds)).end();
    assertThat(end.cancelled()).as("%s", end).isTrue();
    assertThat(Processes.run(seconds)).isFalse();
  }

  @Test
  void cancellingTwiceOrLateIsHarmless() throws Exception {
    RunningJob[] started = new RunningJob[1];
    Recording job = startAndSee("echo up; sleep " + seconds, Duration.ofSeconds(50), started);
    started[0].cancel();
    started[0].cancel();
    assertThat(job.end().cancelled()).isTrue();
    started[0].cancel();
    assertThat(job.hasEnded()).as("a second end").isFalse();
  }

  @Test
  void cancellingAtAnyMomentEndsTheJobOnce() throws Exception {
    for (int moment = 0; moment < 25; moment++) {
      Recording job = new Recording();
      RunningJob running = jobs.start("sleep " + seconds, job);
      java.util.concurrent.locks.LockSupport.parkNanos(moment * 1_000_000L);
      running.cancel();
      assertThat(job.end().cancelled()).isTrue();
    }
    assertThat(Processes.run(seconds)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sleep SECONDS &",
        "sleep SECONDS >/dev/null 2>&1 &",
        "setsid sleep SECONDS &",
        "setsid sleep SECONDS >/dev/null 2>&1 </dev/null &",
        "(setsid sh -c \"trap '' TERM; sleep SECONDS; sleep SECONDS\" >/dev/null 2>&1 &)",
        "(trap '' TERM; sleep SECONDS; sleep SECONDS) &",
        "env -i sleep SECONDS &",
      })
  void processesLeftBehindAreEndedAndNamed(String run) throws Exception {
    Recording job = jobs.run(run.replace("SECONDS", seconds) + "\nexit 4");
    assertThat(job.end().exitStatus()).isEqualTo(4);
    assertThat(Processes.run(seconds)).isFalse();
    assertThat(job.notes()).contains("left processes behind").containsPattern("(sleep|sh) \\(\\d+");
  }

  @Test
  void processThatKeepsWritingDoesNotKeepTheJobFromEnding() throws Exception {
    Recording job = jobs.run("yes " + seconds + " & exit 0");
    assertThat(job.end().exitStatus()).isZero();
    assertThat(Processes.run(seconds)).isFalse();
  }

  @Test
  void processOutOfReachThatHoldsTheOutputIsNotWaitedFor() throws Exception {
    String daemon = "(env -i setsid sh -c 'echo $$ >daemon; exec sleep 30' &)";
    Recording job = jobs.run(daemon + "; while ! [ -s daemon ]; do sleep 0.01; done; echo up");
    long pid = Long.parseLong(Files.readString(folder.resolve("daemon")).strip());
    ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
    assertThat(job.end().exitStatus()).isZero();
    assertThat(job.stdout()).isEqualTo("up\n");
    assertThat(job.notes()).contains("cannot be found");
  }

  @Test
  void programThatStillWritesAtTheEndOfAPipeMayFinish() throws Exception {
    String slow = "(while read -r line; do sleep 0.05; echo \"$line\"; done) <fifo &";
    Recording job = jobs.run("mkfifo fifo; " + slow + " echo late >fifo; exit 0");
    assertThat(job.end().exitStatus()).isZero();
    assertThat(job.stdout()).isEqualTo("late\n");
    assertThat(job.notes()).isEmpty();
  }

  @Test
  void jobWhoseSupervisorIsKilledIsEndedByAFault() throws Exception {
    String run = "echo up; setsid sleep " + seconds + " & sleep " + seconds;
    Recording job = startAndSee(run, Duration.ofSeconds(50), new RunningJob[1]);
    for (long pid : Processes.withArgument("headgate-supervisor")) {
      if (ProcessHandle.of(pid).flatMap(ProcessHandle::parent).map(ProcessHandle::pid).orElse(0L)
          == ProcessHandle.current().pid()) {
        ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
      }
    }
    assertThat(job.end().fault()).contains("supervisor");
    assertThat(Processes.run(seconds)).isFalse();
  }
}
