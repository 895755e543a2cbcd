package dev.headgate.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is left when whoever started a job is killed. */
class SuddenDeathTests {
  private static final Duration PROMISED = Duration.ofSeconds(2);

  @TempDir Path folder;
  private final String seconds = "4" + ProcessHandle.current().pid();

  /** A job of four processes, of which one ignores polite signals and two left the session. */
  private final String tree =
      """
      trap '' TERM HUP
      setsid sleep SECONDS &
      (setsid sh -c 'sleep SECONDS; true' >/dev/null 2>&1 &)
      env -i sleep SECONDS &
      touch up
      sleep SECONDS
      """
          .replace("SECONDS", seconds);

  @AfterEach
  void endWhatATestLeft() {
    Processes.withArgument(seconds)
        .forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
  }

  private static void signal(String name, long pid) throws Exception {
    new ProcessBuilder("sh", "-c", "kill -s \"$0\" \"$1\"", name, Long.toString(pid))
        .start()
        .waitFor();
  }

  /** The supervisor of the one attempt noted in the test's folder. */
  private long supervisor() throws IOException {
    AttemptFolder attempt = AttemptFolder.all(folder.resolve("state")).getFirst();
    return Processes.withArgument(attempt.path().toString()).getFirst();
  }

  private void killOwnerAndSupervisor(Process owner) throws Exception {
    // Stopped, it cannot see that the supervisor is gone and act on it.
    signal("STOP", owner.pid());
    signal("KILL", supervisor());
    owner.destroyForcibly().waitFor();
  }

  @Test
  void jobDiesWithItsOwner() throws Exception {
    Process owner = Owner.start(folder, tree);
    awaitTree();
    owner.destroyForcibly();
    Recording.await("the job's death", PROMISED, () -> !Processes.run(seconds));
    Recording.await(
        "a clean state folder", PROMISED, () -> listed(folder.resolve("state")).isEmpty());
  }

  private void awaitTree() {
    Recording.await("the whole tree", () -> Processes.withArgument(seconds).size() >= 4);
  }

  @Test
  void ownerMayDieAtAnyMomentOfAStart() throws Exception {
    for (int moment = 0; moment < 8; moment++) {
      Path own = Files.createDirectory(folder.resolve("moment" + moment));
      Process owner = Owner.spawn(own, tree);
      Recording.await("the moment", () -> Files.exists(own.resolve("begins")));
      LockSupport.parkNanos(moment * 10_000_000L);
      owner.destroyForcibly().waitFor();
      Recording.await("the job's death", PROMISED, () -> !runsAnythingOf(own));
      assertThat(Leftovers.kill(own.resolve("state")).ended()).isEmpty();
      assertThat(listed(own.resolve("state"))).isEmpty();
    }
  }

  /** Looks for the job, and for the supervisor, of which the folder is an argument. */
  private boolean runsAnythingOf(Path own) {
    return Processes.run(seconds)
        || listed(own.resolve("state")).stream()
            .anyMatch(attempt -> Processes.run(attempt.path().toString()));
  }

  private static List<AttemptFolder> listed(Path state) {
    try {
      return AttemptFolder.all(state);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void jobOfAKilledOwnerAndSupervisorIsEndedAtTheNextStart() throws Exception {
    Process owner = Owner.start(folder, tree);
    assertThat(Leftovers.kill(folder.resolve("state")).ended())
        .as("while the owner runs, it is none of ours")
        .isEmpty();
    killOwnerAndSupervisor(owner);
    awaitTree();

    Leftovers.Report report = Leftovers.kill(folder.resolve("state"));

    assertThat(Processes.run(seconds)).isFalse();
    assertThat(report.ended()).anyMatch(name -> name.startsWith("sleep ("));
    assertThat(report.stuck()).isEmpty();
    assertThat(listed(folder.resolve("state"))).isEmpty();
    assertThat(Leftovers.kill(folder.resolve("state")).ended()).isEmpty();
  }

  @Test
  void processThatOnlyHasTheNumberOfALeaderIsLeftAlone() throws Exception {
    AttemptRecord ofDead = AttemptRecord.of(Mark.fresh(null), 1);
    Process bystander = new ProcessBuilder("setsid", "sleep", seconds).start();
    String start = ProcessTable.start(bystander.pid());
    List<AttemptRecord> mistaken =
        List.of(
            leader(ofDead, bystander.pid(), "1", ofDead.boot()),
            leader(ofDead, bystander.pid(), start, ofDead.boot()),
            leader(ofDead, bystander.pid(), start, "another-boot"));
    for (AttemptRecord attempt : mistaken) {
      AttemptFolder.create(folder, attempt.mark()).write(attempt);
      assertThat(Leftovers.kill(folder)).isEqualTo(new Leftovers.Report(List.of(), List.of()));
      assertThat(bystander.isAlive()).isTrue();
      assertThat(listed(folder)).isEmpty();
    }
    bystander.destroyForcibly();
  }

  private static AttemptRecord leader(AttemptRecord of, long leader, String start, String boot) {
    return new AttemptRecord(of.mark(), leader, start, boot, of.owner(), "0");
  }

  @Test
  void leaderThatIsVerifiedIsEndedWithItsSession() throws Exception {
    AttemptRecord model = AttemptRecord.of(Mark.fresh(null), 1);
    ProcessBuilder builder =
        new ProcessBuilder("setsid", "sh", "-c", "env -i sleep " + seconds + " & wait");
    builder.environment().put(Mark.VARIABLE, model.mark().value());
    Process leader = builder.start();
    Recording.await("its child", () -> Processes.run(seconds));
    AttemptRecord attempt =
        leader(model, leader.pid(), ProcessTable.start(leader.pid()), model.boot());
    AttemptFolder.create(folder, attempt.mark()).write(attempt);
    assertThat(Leftovers.kill(folder).ended()).hasSize(2);
    assertThat(Processes.run(seconds)).isFalse();
    assertThat(leader.waitFor()).isEqualTo(137);
  }

  @Test
  void halfARecordAndAFolderOfNothingAreRemoved() throws Exception {
    AttemptFolder half = AttemptFolder.create(folder, Mark.fresh(null));
    String whole = AttemptRecord.of(Mark.fresh(null), 1).text();
    Files.writeString(half.path().resolve("record"), whole.substring(0, whole.length() - 9));
    AttemptFolder.create(folder, Mark.fresh(null));
    assertThat(Leftovers.kill(folder).ended()).isEmpty();
    assertThat(listed(folder)).isEmpty();
    assertThat(Leftovers.kill(folder.resolve("nowhere")).ended()).isEmpty();
  }

  @Test
  void recordSurvivesItsText() {
    AttemptRecord attempt = AttemptRecord.of(Mark.fresh("0".repeat(32)), 7);
    assertThat(AttemptRecord.parse(attempt.text())).contains(attempt);
    assertThat(attempt.mark().value()).startsWith("0".repeat(32) + ".");
    assertThat(Mark.fresh("something else").value()).doesNotContain(".");
    assertThat(attempt.mark().own()).hasSize(32);
  }
}
