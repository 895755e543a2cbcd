package dev.headgate.runner;

import dev.headgate.model.AttemptEnd;
import dev.headgate.model.TestCounts;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Conducts one attempt, from its folder to its end, on one thread that owns all its state; others
 * reach it through the mailbox.
 *
 * <pre>
 *   starting ── the shell is noted, watched, told to go ──▶ running
 *   running  ── exit | cancel | timeout | sink failed ──▶ ending (TERM, grace, KILL; not after an exit)
 *   ending   ── the shell has ended ──▶ settling: what it left behind lingers, TERM, grace, KILL
 *   settling ── nothing of the job runs ──▶ draining: the pipes' last bytes ──▶ ended
 * </pre>
 */
final class Attempt implements Runnable {
  /** The supervisor answers within milliseconds; one that takes so long is stuck. */
  private static final Duration ANSWER = Duration.ofSeconds(20);

  /** A killed process ends at once unless it waits for a device. */
  private static final Duration KILL = Duration.ofSeconds(10);

  /** How often it is looked whether what lingers has ended: cheap beside starting a process. */
  private static final Duration LOOK = Duration.ofMillis(50);

  /** What shells and the JDK add to the number of a signal. */
  private static final int SIGNAL_BASE = 128;

  /** Real-time signals follow, which nobody kills with; so do statuses such as 255. */
  private static final int LAST_SIGNAL = 31;

  private enum Reason {
    EXITED,
    CANCELLED,
    TIMED_OUT,
    SINK_FAILED
  }

  private final Path stateFolder;
  private final RunnerSettings settings;
  private final Command command;
  private final String route;
  private final OutputSink sink;
  private final Mark mark = Mark.fresh(System.getenv(Mark.VARIABLE));
  private final Mailbox mailbox = new Mailbox();
  private final AtomicBoolean cancelled = new AtomicBoolean();
  private final Collector collector;

  private Reason reason = Reason.EXITED;
  private boolean pipesReady;
  private boolean launched;
  private boolean cancelWanted;
  private boolean sinkFailed;
  private boolean exited;
  private int status;
  private boolean outputEnded;
  private boolean dismissed;
  private @Nullable List<LiveProcess> listed;
  private String missingResults = "";
  private String incompleteResults = "";

  Attempt(
      Path stateFolder,
      RunnerSettings settings,
      InstantSource clock,
      Command command,
      String route,
      OutputSink sink) {
    this.stateFolder = stateFolder;
    this.settings = settings;
    this.command = command;
    this.route = route;
    this.sink = sink;
    this.collector = new Collector(route, sink, settings, clock, mailbox);
  }

  /** Wants it to end; safe for use by any thread, any number of times. */
  void cancel() {
    if (cancelled.compareAndSet(false, true)) {
      mailbox.post(new Signal.CancelWanted());
    }
  }

  @Override
  public void run() {
    AttemptEnd end = AttemptEnd.faulted("a bug of the runner ended the attempt");
    try {
      end = conduct();
    } catch (IOException e) {
      end = AttemptEnd.faulted(message(e));
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts an attempt", e);
    } catch (RuntimeException e) {
      end = AttemptEnd.faulted("a bug of the runner ended the attempt: " + e);
      throw e;
    } finally {
      sink.ended(end);
    }
  }

  private static String message(Throwable e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  private AttemptEnd conduct() throws IOException, InterruptedException {
    if (cancelled.get()) {
      reason = Reason.CANCELLED;
      return end();
    }
    AttemptFolder folder = AttemptFolder.create(stateFolder, mark);
    try (Supervisor supervisor = Supervisor.start(folder, mark, mailbox)) {
      awaitPipes(supervisor);
      if (cancelWanted) {
        reason = Reason.CANCELLED;
      } else {
        runJob(folder, supervisor);
      }
      dismiss(supervisor);
    } catch (IOException e) {
      if (!launched) {
        // Otherwise the supervisor removes it, when nothing runs any more.
        folder.remove();
      }
      throw e;
    }
    folder.remove();
    return end();
  }

  private void awaitPipes(Supervisor supervisor) throws IOException, InterruptedException {
    supervisor.makePipes();
    Deadline answer = Deadline.in(ANSWER);
    while (!pipesReady && !cancelWanted) {
      requireBefore(answer);
      next(answer.left());
    }
  }

  private static void requireBefore(Deadline answer) throws IOException {
    if (answer.passed()) {
      throw new IOException("the supervisor of the job does not answer");
    }
  }

  private void runJob(AttemptFolder folder, Supervisor supervisor)
      throws IOException, InterruptedException {
    try (OutputPipes pipes = OutputPipes.open(folder, collector.queue())) {
      launched = true;
      ReportWatch reports = watchReports();
      JobProcess job = JobProcess.start(command, mark, folder);
      folder.write(AttemptRecord.of(mark, job.pid()));
      supervisor.watch(job.pid());
      Thread collecting = Thread.ofVirtual().name("output of " + route).start(collector);
      try {
        pipes.start(route);
        job.report(mailbox);
        reports.start(route);
        job.go();
        supervise(supervisor);
        dismiss(supervisor);
        drain(pipes);
        finish(reports);
      } catch (SupervisorLostException e) {
        Supervisor.endAll(folder, mark, job.pid());
        throw e;
      } finally {
        reports.abandon();
        pipes.abandon();
        collector.queue().put(new Chunk.Finish());
        // As long as the sink takes: its calls must be over before it is told the end.
        collecting.join();
      }
    }
  }

  private ReportWatch watchReports() {
    return new ReportWatch(
        command.directory(),
        command.results(),
        settings.reportLook(),
        System::nanoTime,
        InstantSource.system(),
        collector);
  }

  private void finish(ReportWatch reports) throws InterruptedException {
    reports.finish();
    missingResults = reports.missing();
    incompleteResults = reports.incomplete();
  }

  private void supervise(Supervisor supervisor) throws IOException, InterruptedException {
    reason = awaitReason();
    Deadline grace = Deadline.in(grace());
    if (!exited && !grace.passed()) {
      supervisor.terminate();
      awaitExit(grace);
    }
    if (!exited) {
      supervisor.kill();
      awaitExit(Deadline.in(KILL));
    }
    if (!exited) {
      throw new IOException("the job's shell cannot be killed");
    }
    settle(supervisor, grace);
  }

  private Reason awaitReason() throws IOException, InterruptedException {
    Deadline timeout = Deadline.in(command.timeout());
    while (!exited && !cancelWanted && !sinkFailed && !timeout.passed()) {
      next(timeout.left());
    }
    if (exited) {
      return Reason.EXITED;
    }
    if (cancelWanted) {
      return Reason.CANCELLED;
    }
    return sinkFailed ? Reason.SINK_FAILED : Reason.TIMED_OUT;
  }

  private Duration grace() {
    return switch (reason) {
      case CANCELLED -> settings.cancelGrace();
      case TIMED_OUT -> settings.timeoutGrace();
      case EXITED, SINK_FAILED -> Duration.ZERO;
    };
  }

  private void awaitExit(Deadline deadline) throws IOException, InterruptedException {
    while (!exited && !deadline.passed()) {
      next(deadline.left());
    }
  }

  /** Ends what the shell left behind; what we asked to end has until {@code grace}. */
  private void settle(Supervisor supervisor, Deadline grace)
      throws IOException, InterruptedException {
    List<LiveProcess> left;
    if (reason == Reason.EXITED) {
      left = lookUntilNone(supervisor, Deadline.in(settings.lingerGrace()));
      if (!left.isEmpty()) {
        note("the job left processes behind, which were ended: " + names(left));
        supervisor.terminate();
        left = lookUntilNone(supervisor, Deadline.in(settings.leftoverGrace()));
      }
    } else {
      left = lookUntilNone(supervisor, grace);
    }
    if (!left.isEmpty()) {
      supervisor.kill();
      left = lookUntilNone(supervisor, Deadline.in(KILL));
    }
    if (!left.isEmpty()) {
      throw new IOException("processes of the job cannot be killed: " + names(left));
    }
  }

  private static String names(List<LiveProcess> processes) {
    return processes.stream().map(LiveProcess::toString).collect(Collectors.joining(", "));
  }

  private List<LiveProcess> lookUntilNone(Supervisor supervisor, Deadline deadline)
      throws IOException, InterruptedException {
    List<LiveProcess> left = lookTwice(supervisor);
    while (!left.isEmpty() && !deadline.passed()) {
      next(LOOK);
      left = lookTwice(supervisor);
    }
    return left;
  }

  /**
   * A look lists the processes and then reads each: one that forks and ends in between hides its
   * child from that look, not from the next.
   */
  private List<LiveProcess> lookTwice(Supervisor supervisor)
      throws IOException, InterruptedException {
    List<LiveProcess> left = look(supervisor);
    return left.isEmpty() ? look(supervisor) : left;
  }

  private List<LiveProcess> look(Supervisor supervisor) throws IOException, InterruptedException {
    listed = null;
    supervisor.list();
    Deadline answer = Deadline.in(ANSWER);
    while (listed == null) {
      requireBefore(answer);
      next(answer.left());
    }
    return listed;
  }

  /**
   * Waits until nobody holds the pipes any more: as nothing of the job runs, that is at once, or it
   * is somebody that cannot be known as the job's.
   */
  private void drain(OutputPipes pipes) throws IOException, InterruptedException {
    OutputPipes.Rest rest = pipes.rest();
    while (!outputEnded && !rest.isOver()) {
      next(LOOK);
    }
    if (!outputEnded) {
      note("a process that cannot be found holds the job's output open; the rest is not kept");
    }
  }

  private void note(String text) throws InterruptedException {
    collector.queue().put(new Chunk.Note(text));
  }

  private void dismiss(Supervisor supervisor) {
    dismissed = true;
    supervisor.dismiss();
  }

  /** Takes the next signal, if one comes in that time. */
  private void next(Duration wait) throws SupervisorLostException, InterruptedException {
    switch (mailbox.poll(wait)) {
      case null -> {}
      case Signal.CancelWanted wanted -> cancelWanted = true;
      case Signal.PipesReady ready -> pipesReady = true;
      case Signal.Listed answer -> listed = answer.processes();
      case Signal.Exited exit -> {
        exited = true;
        status = exit.status();
      }
      case Signal.OutputEnded end -> outputEnded = true;
      case Signal.SinkFailed failed -> sinkFailed = true;
      case Signal.SupervisorGone gone -> {
        if (!dismissed) {
          throw new SupervisorLostException(gone.complaint());
        }
      }
    }
  }

  private AttemptEnd end() {
    TestCounts tests = collector.tests();
    if (reason == Reason.CANCELLED) {
      return new AttemptEnd(true, "", 0, false, tests, status, "");
    }
    if (collector.failure().isPresent()) {
      String fault = "its output could not be kept: " + message(collector.failure().get());
      return new AttemptEnd(false, fault, 0, false, tests, status, "");
    }
    if (reason == Reason.TIMED_OUT) {
      return new AttemptEnd(false, "", 0, true, tests, status, "");
    }
    return new AttemptEnd(false, "", signal(status), false, tests, status, "")
        .withResults(missingResults, incompleteResults);
  }

  /**
   * The signal that a status stands for, or 0. The JDK and the shell both say 128 + n where signal
   * n ended a process, so that a program which exits with such a status by itself is taken for
   * killed.
   */
  static int signal(int status) {
    int signal = status - SIGNAL_BASE;
    return signal >= 1 && signal <= LAST_SIGNAL ? signal : 0;
  }
}
