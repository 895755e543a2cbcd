package dev.headgate.cli;

import dev.headgate.adapter.git.Lookup;
import dev.headgate.conduct.Answers;
import dev.headgate.conduct.EnvironmentException;
import dev.headgate.gate.Effect;
import dev.headgate.gate.Event.BuildStarted;
import dev.headgate.model.AttemptEnd;
import dev.headgate.model.BranchRef;
import dev.headgate.model.BuildId;
import dev.headgate.model.Content;
import dev.headgate.model.ProjectId;
import dev.headgate.model.TestCounts;
import dev.headgate.model.Verdict;
import dev.headgate.runner.Command;
import dev.headgate.runner.OutputSink;
import dev.headgate.runner.RunningJob;
import dev.headgate.store.RunEnd;
import dev.headgate.store.RunHeader;
import dev.headgate.store.RunWriter;
import dev.headgate.store.StoreException;
import dev.headgate.subunit.Event;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * One build in this process: takes its slot's worktree to the content, and those of the other
 * projects that it works on, runs the job there, records its stream.
 */
final class LocalBuild implements Runnable, OutputSink {
  private final LocalBuilds builds;
  private final Effect.Start effect;
  private final Answers answers;
  private final int slot;
  private final CountDownLatch over = new CountDownLatch(1);
  private @Nullable RunWriter recording;
  private @Nullable RunningJob job;
  private boolean started;
  private boolean cancelled;

  LocalBuild(LocalBuilds builds, Effect.Start effect, Answers answers, int slot) {
    this.builds = builds;
    this.effect = effect;
    this.answers = answers;
    this.slot = slot;
  }

  BuildId id() {
    return effect.build();
  }

  int slot() {
    return slot;
  }

  Answers answers() {
    return answers;
  }

  @Override
  public void run() {
    try {
      ProjectId project = effect.change().target().project();
      Path workspace =
          builds.slots().checkout(project, slot, effect.content(), effect.job().keep());
      Lookup<List<RecordedBuild.Besides>> besides = besides();
      RecordedBuild recorded =
          RecordedBuild.of(
              effect,
              slot,
              builds.temporary(slot),
              builds.environment(),
              builds.projects().repository(project).commonDirectory(),
              besides.or(reason -> List.of()));
      recording = builds.runs().begin(header(recorded));
      if (besides instanceof Lookup.Problem<?>(String reason)) {
        ended(AttemptEnd.faulted(reason));
      } else {
        startJob(workspace, recorded);
      }
    } catch (EnvironmentException e) {
      stopSite(e);
    } catch (StoreException e) {
      stopSite(new EnvironmentException(String.valueOf(e.getMessage()), e));
    } catch (RuntimeException | Error e) {
      builds.crashed(this, e);
      over.countDown();
    }
  }

  /**
   * Makes the working trees of the other projects: those of the path as the path has them, those
   * that the job names besides where they are now.
   */
  private Lookup<List<RecordedBuild.Besides>> besides() {
    BranchRef own = effect.change().target();
    Map<ProjectId, Content> contents = new TreeMap<>();
    effect
        .contents()
        .forEach((branch, content) -> {
          // Of several branches of another project, the one named as the job's own branch is.
          if (!branch.project().equals(own.project())
              && (branch.branch().equals(own.branch())
                  || !contents.containsKey(branch.project()))) {
            contents.put(branch.project(), content);
          }
        });
    for (ProjectId project : effect.job().coordination().projects()) {
      if (!project.equals(own.project()) && !contents.containsKey(project)) {
        switch (builds.slots().tip(project, own.branch())) {
          case Lookup.Found<Content>(Content tip) -> contents.put(project, tip);
          case Lookup.Problem<Content>(String reason) -> {
            return new Lookup.Problem<>(reason);
          }
        }
      }
    }
    List<RecordedBuild.Besides> besides = new ArrayList<>();
    contents.forEach((project, content) ->
        besides.add(
            new RecordedBuild.Besides(
                project,
                builds.projects().repository(project).commonDirectory(),
                content,
                builds.slots().checkout(project, slot, content, List.of()))));
    return new Lookup.Found<>(besides);
  }

  private void startJob(Path workspace, RecordedBuild recorded) {
    Command command =
        new Command(
            recorded.run(),
            workspace,
            recorded.environment(),
            recorded.timeout(),
            recorded.results());
    synchronized (this) {
      if (!cancelled) {
        started = true;
        answers.answer(new BuildStarted(id()));
        job = builds.runner().start(command, effect.job().name() + "/" + slot, this);
        return;
      }
    }
    ended(new AttemptEnd(true, "", 0, false, TestCounts.NONE, 0, ""));
  }

  /**
   * A build that is run again after a crash has a run of its own, so the time is part of its name.
   */
  private RunHeader header(RecordedBuild recorded) {
    Instant now = builds.clock().instant();
    return new RunHeader(
        builds.runs().freshRunId(id().value()),
        id().value(),
        effect.job().name().value(),
        effect.change().id().value(),
        effect.item().toString(),
        effect.content().value(),
        RecordedBuild.path(effect),
        effect.attempt(),
        now,
        recorded.json());
  }

  synchronized void answerStarted(Answers to) {
    if (started) {
      to.answer(new BuildStarted(id()));
    }
  }

  /** Ends it as soon as can be: while its worktree is made, that means right after. */
  synchronized void cancel() {
    cancelled = true;
    if (job != null) {
      job.cancel();
    }
  }

  /**
   * Waits until nothing of it runs, also if it is interrupted: leaving would leave processes
   * behind. The runner bounds how long a cancelled job may take.
   */
  void awaitEnd() {
    boolean interrupted = false;
    while (over.getCount() > 0) {
      try {
        over.await();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  // What the runner tells.

  @Override
  public void event(Event event) throws IOException {
    try {
      recorder().append(event);
    } catch (StoreException e) {
      throw new IOException(e.getMessage(), e);
    }
    builds.board().streamed(id(), event);
  }

  @Override
  public void ended(AttemptEnd end) {
    try {
      Verdict verdict = Verdict.of(end);
      recorder()
          .seal(
              new RunEnd(
                  builds.clock().instant(), verdict.kind().code(), verdict.reason(), end.tests()));
      builds.ended(this, end);
    } catch (StoreException e) {
      stopSite(new EnvironmentException(String.valueOf(e.getMessage()), e));
    } finally {
      over.countDown();
    }
  }

  private void stopSite(EnvironmentException problem) {
    builds.failed(this, problem);
    over.countDown();
  }

  private RunWriter recorder() {
    RunWriter writer = recording;
    if (writer == null) {
      throw new IllegalStateException("build " + id() + " says something before it was begun");
    }
    return writer;
  }
}
