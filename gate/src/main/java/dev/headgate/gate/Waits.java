package dev.headgate.gate;

import dev.headgate.model.Job;
import dev.headgate.model.Need;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an item waits for now, in sentences. */
record Waits(Item item, Queue queue, @Nullable Item blocker, int window, int slotsFree) {

  List<String> sentences() {
    List<String> found = new ArrayList<>();
    switch (item.state()) {
      case WAITING -> found.add(whyNoPath());
      case PREPARING -> found.add("being merged onto its path");
      case TESTING -> jobs(found);
      case UNBUILDABLE -> found.add(item.failure() + "; " + ahead("rejected"));
      case LANDING -> found.add("the branch " + queue.target.branch() + " is being moved to it");
    }
    if (found.isEmpty()) {
      found.add(
          item.isFailing() ? Failures.reason(item) + "; " + ahead("rejected") : ahead("landed"));
    }
    return found;
  }

  private String whyNoPath() {
    if (blocker != null) {
      return "depends on " + blocker.name() + ", which is failing";
    }
    if (queue.positionOf(item) > window) {
      return "place " + queue.positionOf(item) + " of the queue; the window holds " + window;
    }
    if (queue.tip() == null) {
      return "where " + queue.target.branch() + " stands is not known yet";
    }
    return "the item ahead of it is being merged";
  }

  private void jobs(List<String> found) {
    for (Job job : item.jobs()) {
      switch (item.progress(job)) {
        case PASSED, FAILED, SKIPPED -> {}
        case ACTIVE ->
            found.add(job.name() + " runs (build " + item.builds(job.name()).getLast().id + ")");
        case DUE -> found.add(job.name() + " waits for a free worker");
        case BLOCKED -> found.add(job.name() + " waits for " + String.join(", ", needs(job)));
      }
    }
  }

  private List<String> needs(Job job) {
    return job.needs().stream()
        .map(Need::job)
        .filter(need ->
            item.jobs().stream()
                .anyMatch(other -> other.name().equals(need) && !item.progress(other).isDecided()))
        .map(Object::toString)
        .toList();
  }

  private String ahead(String then) {
    int before = queue.positionOf(item) - 1;
    return before == 0
        ? "about to be " + then
        : "all its jobs ended; it is " + then + " if the " + before + " ahead of it end as assumed";
  }
}
