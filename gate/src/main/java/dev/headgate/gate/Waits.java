package dev.headgate.gate;

import dev.headgate.model.BranchRef;
import java.util.ArrayList;
import java.util.List;

/** What an item waits for now, in sentences. */
record Waits(State state, Item item) {

  List<String> sentences() {
    List<String> found = new ArrayList<>();
    if (!item.held().isEmpty()) {
      found.add("held: " + item.held());
      return found;
    }
    switch (item.state()) {
      case WAITING -> found.add(whyNoPath());
      case PREPARING -> found.add("being merged onto its path");
      case TESTING -> item.tasks().forEach(task -> job(task, found));
      case UNBUILDABLE -> found.add(item.failure() + "; " + ahead("rejected"));
      case LANDING -> found.add("the branch " + branches() + " is being moved to it");
    }
    if (found.isEmpty()) {
      found.add(
          item.isFailing(state.settings.differences())
              ? failures().reason() + "; " + ahead("rejected")
              : freezeOr(ahead(item.queue.pipeline.manager().lands() ? "landed" : "reported")));
    }
    return found;
  }

  private Failures failures() {
    return new Failures(item, state.settings.differences());
  }

  private String branches() {
    return String.join(
        ", ", item.changes.stream().map(change -> change.target().branch()).distinct().toList());
  }

  private String whyNoPath() {
    Item blocker = state.blocker(item);
    if (blocker != null) {
      return "depends on " + blocker.name() + ", which is " + State.standing(blocker);
    }
    if (!item.active) {
      return "place "
          + item.queue.positionOf(item)
          + " of the queue; the window holds "
          + item.queue.window();
    }
    for (var change : item.changes) {
      if (!state.tips.containsKey(change.target())) {
        return "where " + change.target().branch() + " stands is not known yet";
      }
    }
    return "the item ahead of it is being merged";
  }

  private void job(Task task, List<String> found) {
    String name = failures().words(task);
    switch (item.progress(task, state.settings.differences())) {
      case PASSED, FAILED, SKIPPED, LEFT_OUT, STOPPED -> {}
      case ACTIVE -> {
        Build build = item.builds(task.key()).getLast();
        String failing = build.evidence().isEmpty() ? "" : ", failing: " + build.evidence();
        found.add(name + " runs (build " + build.id + failing + ")");
      }
      case PAUSED ->
          found.add(
              name
                  + " is paused until the jobs needing it have ended (build "
                  + item.builds(task.key()).getLast().id
                  + ")");
      case DUE -> found.add(name + " waits for " + dueFor(task));
      case BLOCKED -> found.add(name + " waits for " + String.join(", ", needs(task)));
    }
  }

  private String dueFor(Task task) {
    if (!item.active) {
      return "a place in the window, which holds " + item.queue.window();
    }
    String holder = new Starts(state).holder(item);
    if (!holder.isEmpty()) {
      return holder + ", which holds what is behind it";
    }
    String semaphore = state.taken(task.job().coordination().semaphores());
    if (semaphore != null) {
      return "the semaphore " + semaphore + ", held by build " + state.holders.get(semaphore);
    }
    return new Starts(state).required(item, task) instanceof Starts.Required.Waits waits
        ? waits.on()
        : "a free worker";
  }

  private List<String> needs(Task task) {
    List<String> open = new ArrayList<>();
    for (Task.Needed need : item.plan().needs(task.key())) {
      Task needed = item.task(need.key());
      if (!item.progress(needed, state.settings.differences()).isDecided()) {
        open.add(failures().words(needed));
      }
    }
    return open;
  }

  private String freezeOr(String otherwise) {
    for (BranchRef branch : item.contents().keySet()) {
      String reason = state.freezes.get(branch);
      if (reason != null && item.ahead() == null) {
        return "all its jobs passed; nothing may land on " + branch + " now: " + reason;
      }
    }
    return otherwise;
  }

  private String ahead(String then) {
    int before = item.ahead() == null ? 0 : item.queue.positionOf(item) - 1;
    return before == 0
        ? "about to be " + then
        : "all its jobs ended; it is " + then + " if the " + before + " ahead of it end as assumed";
  }
}
