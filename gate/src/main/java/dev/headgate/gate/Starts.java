package dev.headgate.gate;

import dev.headgate.model.Change;
import java.util.Collections;
import java.util.Set;

/** What a due job must wait for beside a worker. */
record Starts(State state) {

  /** What required artifacts say of a job that is due. */
  sealed interface Required {
    /** They are there, or nobody ahead makes them. */
    record Ready() implements Required {}

    /** They are not made yet, or not until what was to make them has left. */
    record Waits(String on) implements Required {}
  }

  private static final Required READY = new Required.Ready();

  /** The item ahead, and its job, that holds those behind; empty if none does. */
  String holder(Item item) {
    if (item.queue.holders == 0) {
      return "";
    }
    Differences differences = state.settings.differences();
    for (Item before = item.ahead(); before != null; before = before.ahead()) {
      if (before.holder && before.holdsFollowers(differences)) {
        return before.name();
      }
    }
    return "";
  }

  /** Whether what a job requires is there. */
  Required required(Item item, Task task) {
    Set<String> names = task.job().coordination().requires();
    if (names.isEmpty()) {
      return READY;
    }
    for (Item before = item.ahead(); before != null; before = before.ahead()) {
      Required found = provided(before, names);
      if (!(found instanceof Required.Ready)) {
        return found;
      }
    }
    for (Change change : item.carried) {
      Item own = state.placed(item.queue.pipeline, change.id());
      // Of its own queue, what counts is ahead; what is behind may wait for this item.
      if (own == null || own.queue == item.queue || carriesSomeOf(own, item)) {
        continue;
      }
      Required found = provided(own, names);
      if (!(found instanceof Required.Ready)) {
        return found;
      }
    }
    return READY;
  }

  /** Whether it may wait for the other in its turn. */
  private static boolean carriesSomeOf(Item item, Item other) {
    return item.carried.stream().anyMatch(change -> other.has(change.id()));
  }

  private Required provided(Item provider, Set<String> names) {
    for (Task task : provider.tasks()) {
      if (Collections.disjoint(task.job().coordination().provides(), names)) {
        continue;
      }
      String what = task.key().job() + " of " + task.key().change();
      switch (provider.progress(task, state.settings.differences())) {
        case PASSED, PAUSED -> {}
        case BLOCKED, DUE, ACTIVE, FAILED, SKIPPED, LEFT_OUT, STOPPED -> {
          return new Required.Waits(what + ", which makes what it requires");
        }
      }
    }
    return READY;
  }
}
