package dev.headgate.cli;

import dev.headgate.adapter.git.ProjectSlots;
import dev.headgate.adapter.git.Projects;
import dev.headgate.conduct.Answers;
import dev.headgate.conduct.Builds;
import dev.headgate.conduct.EnvironmentException;
import dev.headgate.gate.Effect;
import dev.headgate.gate.Event;
import dev.headgate.model.AttemptEnd;
import dev.headgate.model.BuildId;
import dev.headgate.model.TestCounts;
import dev.headgate.model.Verdict;
import dev.headgate.runner.Runner;
import dev.headgate.store.RunRepository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Runs builds in this process: each in a slot, which is a worktree of exactly the content under
 * test, on a virtual thread of its own until its process runs.
 */
final class LocalBuilds implements Builds {
  /**
   * Ends remembered so that a start that is carried out again is answered the same; answers repeat
   * within seconds, and this is hours of builds.
   */
  private static final int ENDS_REMEMBERED = 1_000;

  private final Projects projects;
  private final ProjectSlots slots;
  private final Runner runner;
  private final RunRepository runs;
  private final Path temporary;
  private final Board board;
  private final Map<String, String> environment;
  private final Clock clock;
  private final TreeSet<Integer> freeSlots = new TreeSet<>();
  private final Map<BuildId, LocalBuild> running = new LinkedHashMap<>();
  private final Map<BuildId, Event.BuildEnded> ended =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<BuildId, Event.BuildEnded> eldest) {
          return size() > ENDS_REMEMBERED;
        }
      };
  private int slotsMade;

  LocalBuilds(
      Projects projects,
      ProjectSlots slots,
      Runner runner,
      RunRepository runs,
      Path temporary,
      Board board,
      Map<String, String> environment,
      Clock clock) {
    this.projects = projects;
    this.slots = slots;
    this.runner = runner;
    this.runs = runs;
    this.temporary = temporary;
    this.board = board;
    this.environment = environment;
    this.clock = clock;
  }

  @Override
  public void start(Effect.Start effect, Answers answers) {
    LocalBuild build;
    synchronized (this) {
      Event.BuildEnded end = ended.get(effect.build());
      if (end != null) {
        answers.answer(end);
        return;
      }
      LocalBuild present = running.get(effect.build());
      if (present != null) {
        present.answerStarted(answers);
        return;
      }
      int slot = takeSlot();
      build = new LocalBuild(this, effect, answers, slot);
      running.put(effect.build(), build);
    }
    Thread.ofVirtual().name("build-" + effect.build()).start(build);
  }

  @Override
  public void cancel(Effect.Cancel effect, Answers answers) {
    LocalBuild build;
    synchronized (this) {
      build = running.get(effect.build());
      if (build == null) {
        answers.answer(
            ended.getOrDefault(
                effect.build(),
                new Event.BuildEnded(
                    effect.build(), new Verdict(Verdict.Kind.NONE, "cancelled"), TestCounts.NONE)));
        return;
      }
    }
    build.cancel();
  }

  /** A build here waits for nothing until its process ends, so none is ever paused. */
  @Override
  public void resume(Effect.Resume effect, Answers answers) {}

  /** A slot is free again before the gate knows, so that the gate's next start always finds one. */
  synchronized void ended(LocalBuild build, AttemptEnd end) {
    running.remove(build.id());
    freeSlots.add(build.slot());
    Event.BuildEnded event = new Event.BuildEnded(build.id(), Verdict.of(end), end.tests());
    ended.put(build.id(), event);
    build.answers().answer(event);
  }

  /**
   * The build could be neither run nor judged: the site stops, and the build is started again when
   * it is next opened.
   */
  synchronized void failed(LocalBuild build, EnvironmentException problem) {
    running.remove(build.id());
    build.answers().failed(problem);
  }

  /** As {@link #failed}, and the fault is ours. */
  synchronized void crashed(LocalBuild build, Throwable bug) {
    running.remove(build.id());
    build.answers().crashed(bug);
  }

  /** The lowest free slot, whose worktree and caches are the warmest. */
  private int takeSlot() {
    Integer free = freeSlots.pollFirst();
    return free == null ? ++slotsMade : free;
  }

  /** Ends whatever still runs, when the site stops for a reason other than that all is done. */
  void cancelAll() {
    for (LocalBuild build : snapshot()) {
      build.cancel();
    }
    for (LocalBuild build : snapshot()) {
      build.awaitEnd();
    }
  }

  private synchronized List<LocalBuild> snapshot() {
    return List.copyOf(running.values());
  }

  /** An empty folder for a slot's temporary files; what an earlier build left there is removed. */
  Path temporary(int slot) {
    Path folder = temporary.resolve(Integer.toString(slot));
    try {
      FileTree.delete(folder);
      return Files.createDirectories(folder);
    } catch (IOException e) {
      throw new EnvironmentException("cannot make the folder " + folder + " empty: " + e, e);
    }
  }

  Projects projects() {
    return projects;
  }

  ProjectSlots slots() {
    return slots;
  }

  Runner runner() {
    return runner;
  }

  RunRepository runs() {
    return runs;
  }

  Board board() {
    return board;
  }

  Map<String, String> environment() {
    return environment;
  }

  Clock clock() {
    return clock;
  }
}
