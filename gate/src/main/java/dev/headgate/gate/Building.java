package dev.headgate.gate;

import dev.headgate.model.BuildId;
import dev.headgate.model.Change;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;

/** The builds of items: starting them, what they report, and ending them. */
final class Building {
  private final Turn turn;
  private final State state;

  Building(Turn turn, State state) {
    this.turn = turn;
    this.state = state;
  }

  /** Items that the artifacts or jobs of this one concern may have to look again. */
  void markWaitersFor(Item item) {
    boolean provides =
        item.tasks().stream().anyMatch(task -> !task.job().coordination().provides().isEmpty());
    if (provides) {
      wakeBehind(item);
      for (Change change : item.changes) {
        turn.knowledge.markDependents(change.id());
      }
    }
  }

  void buildStarted(BuildId id) {
    Build build = state.builds.get(id);
    if (build != null && build.state() == BuildState.STARTING) {
      build.started(turn.now);
      turn.rows.touch(build);
    }
  }

  void buildEnded(Event.BuildEnded event) {
    Build build = state.builds.get(event.build());
    if (build != null && build.isActive()) {
      free(build);
      build.ended(event.verdict(), event.tests(), event.children(), turn.now);
      if (turn.differences().rebuildsWhenTipMoves() || isBuiltAgain(build)) {
        build.isNotFailing();
      }
      afterEnd(build);
    }
  }

  /** Whether another build of the job is due, so that what was known of this one says no more. */
  private boolean isBuiltAgain(Build build) {
    if (!build.isCurrent()) {
      return false;
    }
    Item item = itemOf(build);
    item.buildsChanged();
    return item.progress(item.task(build.key), turn.differences()) == JobProgress.DUE;
  }

  void buildLost(Event.BuildLost event) {
    Build build = state.builds.get(event.build());
    if (build == null || !build.isActive()) {
      return;
    }
    boolean wasPaused = build.state() == BuildState.PAUSED;
    free(build);
    build.lost(event.reason(), event.again(), turn.now);
    build.isNotFailing();
    if (wasPaused && build.isCurrent()) {
      dropDependents(build);
    }
    afterEnd(build);
  }

  /**
   * What ran while a build that is lost was paused: all of it runs anew if the build does; if not,
   * only what has ended counts.
   */
  private void dropDependents(Build build) {
    Item item = itemOf(build);
    item.buildsChanged();
    boolean again = item.progress(item.task(build.key), turn.differences()) == JobProgress.DUE;
    for (Task dependent : item.dependentsOf(build.key)) {
      for (Build other : List.copyOf(item.builds(dependent.key()))) {
        if (again || other.isActive()) {
          item.remove(other);
          drop(other);
        }
      }
    }
  }

  private void free(Build build) {
    state.activeBuilds--;
    state.release(build);
  }

  private void afterEnd(Build build) {
    if (build.isCurrent()) {
      turn.rows.touch(build);
      buildsChanged(itemOf(build));
    } else {
      forget(build);
    }
  }

  void buildPaused(Event.BuildPaused event) {
    Build build = state.builds.get(event.build());
    if (build == null
        || (build.state() != BuildState.STARTING && build.state() != BuildState.RUNNING)) {
      return;
    }
    build.paused(event.children(), turn.now);
    turn.rows.touch(build);
    if (build.isCurrent()) {
      buildsChanged(itemOf(build));
    }
  }

  void evidence(Event.Evidence event) {
    Build build = state.builds.get(event.build());
    if (build != null && build.isActive() && build.isCurrent() && build.evidence().isEmpty()) {
      build.failing(event.detail().isEmpty() ? "a test failed" : event.detail());
      turn.rows.touch(build);
      buildsChanged(itemOf(build));
    }
  }

  private Item itemOf(Build build) {
    return Objects.requireNonNull(state.items.get(build.item));
  }

  private void buildsChanged(Item item) {
    item.buildsChanged();
    if (item.queue.pipeline.failFast()) {
      stopIfFailed(item);
    }
    resumePaused(item);
    if (item.holder) {
      wakeBehind(item);
    }
    markWaitersFor(item);
    turn.dirty.add(item);
  }

  /** The first job that fails an item ends its others; evidence alone does not. */
  private void stopIfFailed(Item item) {
    boolean failed = false;
    for (Task task : item.tasks()) {
      failed |=
          task.job().voting() && item.progress(task, turn.differences()) == JobProgress.FAILED;
    }
    if (!failed || item.isStopped()) {
      return;
    }
    item.stop();
    turn.rows.touch(item);
    for (Build build : item.builds()) {
      if (build.isActive()) {
        item.remove(build);
        drop(build);
      }
    }
  }

  private void resumePaused(Item item) {
    for (Task task : item.tasks()) {
      if (item.progress(task, turn.differences()) == JobProgress.PAUSED
          && item.dependentsOf(task.key()).stream()
              .allMatch(other -> item.progress(other, turn.differences()).isDecided())) {
        Build build = item.builds(task.key()).getLast();
        build.resumed(turn.now);
        item.buildsChanged();
        turn.rows.touch(build);
        turn.draft.effect(new Effect.Resume(build.id));
      }
    }
  }

  /** Jobs of what stands on an item may be due now. */
  void wakeBehind(Item item) {
    Deque<Item> line = new ArrayDeque<>(item.behind());
    while (!line.isEmpty()) {
      Item next = line.removeFirst();
      feed(next);
      if (next.state() != ItemState.WAITING) {
        line.addAll(next.behind());
      }
    }
  }

  void feed(Item item) {
    if (item.state() == ItemState.TESTING) {
      state.hungry.add(item);
    }
  }

  /** A build of a path that was given up: it is ended if it runs, and forgotten. */
  void drop(Build build) {
    if (build.state() == BuildState.CANCELLING) {
      return;
    }
    if (build.isActive()) {
      build.abandoned(turn.now);
      turn.rows.touch(build);
      turn.draft.effect(new Effect.Cancel(build.id));
    } else {
      forget(build);
    }
  }

  void forget(Build build) {
    state.builds.remove(build.id);
    turn.draft.delete(new Row.Key("build", build.id.toString()));
  }

  void capacityIs(int count) {
    if (count != state.slots) {
      state.slots = count;
      turn.rows.touchSite();
    }
  }

  /** Hands free slots to due jobs, items whose turn it is first. */
  void startDue() {
    Starts starts = new Starts(state);
    Item item = state.hungry.isEmpty() ? null : state.hungry.first();
    while (item != null && state.slotsFree() > 0) {
      boolean waitsForSlotsAlone =
          item.state() == ItemState.TESTING
              && item.active
              && starts.holder(item).isEmpty()
              && !startDue(item, starts);
      if (!waitsForSlotsAlone) {
        state.hungry.remove(item);
      }
      item = state.hungry.higher(item);
    }
  }

  /** Whether no job of the item waits for a slot alone. */
  boolean startDue(Item item, Starts starts) {
    for (Task task : item.tasks()) {
      if (item.progress(task, turn.differences()) != JobProgress.DUE) {
        continue;
      }
      switch (starts.required(item, task)) {
        case Starts.Required.Ready ready -> {
          String taken = state.taken(task.job().coordination().semaphores());
          if (taken != null) {
            state.waiters.computeIfAbsent(taken, name -> new LinkedHashSet<>()).add(item);
          } else if (state.slotsFree() == 0) {
            return false;
          } else {
            start(item, task);
          }
        }
        case Starts.Required.Waits waits -> {}
      }
    }
    return true;
  }

  private Build newBuild(Item item, Task task, List<String> semaphores) {
    Build build =
        new Build(
            new BuildId(state.nextBuild++),
            item.id,
            task.key(),
            item.builds(task.key()).size() + 1,
            task.definition(),
            item.path(),
            semaphores,
            turn.now);
    turn.rows.touchSite();
    state.builds.put(build.id, build);
    item.add(build);
    turn.rows.touch(build);
    return build;
  }

  private void start(Item item, Task task) {
    Build build = newBuild(item, task, task.job().coordination().semaphores());
    state.activeBuilds++;
    state.acquire(build);
    turn.draft.effect(
        new Effect.Start(
            build.id,
            item.id,
            item.queue.pipeline.name(),
            task.change(),
            task.job(),
            build.contents,
            State.assumed(item).stream().map(Change::id).toList(),
            build.attempt));
  }
}
