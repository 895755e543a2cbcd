package dev.headgate.gate;

import dev.headgate.model.Outcome;
import dev.headgate.model.Verdict;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What the ended builds of an item's present path say, in words and in values. */
final class Failures {
  private final Item item;
  private final Differences differences;

  Failures(Item item, Differences differences) {
    this.item = item;
    this.differences = differences;
  }

  /** Why the item cannot land, in a sentence that names jobs and builds. */
  String reason() {
    if (!item.failure().isEmpty()) {
      return item.failure();
    }
    List<String> parts = new ArrayList<>();
    for (Task task : item.tasks()) {
      Set<Task> causes = causes(task);
      if (causes.contains(task)) {
        parts.add(failure(task));
      } else if (causes.stream().noneMatch(cause -> cause.job().voting())) {
        causes.forEach(cause -> parts.add(words(task) + " did not run: " + failure(cause)));
      }
    }
    for (Task task : item.tasks()) {
      if (parts.isEmpty() && task.job().voting() && item.isAboutToFail(task)) {
        parts.add(
            words(task)
                + " is failing: "
                + item.builds(task.key()).getLast().evidence()
                + " (build "
                + item.builds(task.key()).getLast().id
                + ")");
      }
    }
    return String.join("; ", parts);
  }

  /** A job's name, with its change's if the item has several. */
  String words(Task task) {
    return item.changes.size() == 1
        ? task.key().job().toString()
        : task.key().job() + " of " + task.key().change();
  }

  private String failure(Task task) {
    List<Build> builds = item.builds(task.key());
    Build last = builds.getLast();
    String times = builds.size() == 1 ? "" : " in each of " + builds.size() + " builds";
    return words(task)
        + " failed"
        + times
        + ": "
        + last.verdict().reason()
        + " (build "
        + last.id
        + ")";
  }

  /** Whose fault it is that the item cannot land. */
  Outcome outcome() {
    boolean environment =
        item.failure().isEmpty()
            && item.tasks().stream()
                .flatMap(task -> causes(task).stream())
                .noneMatch(cause ->
                    item.builds(cause.key()).getLast().verdict().kind() == Verdict.Kind.FAILED);
    return environment ? Outcome.ENVIRONMENT : Outcome.CHANGE;
  }

  /**
   * The failed jobs for which this job keeps the item from landing: itself, or those that kept it
   * from running, voting or not; none if it does not.
   */
  private Set<Task> causes(Task task) {
    Set<Task> failed = new LinkedHashSet<>();
    if (task.job().voting() && item.blocks(task, differences)) {
      addCauses(task, failed, new HashSet<>());
    }
    return failed;
  }

  /** Visits each job once: a layered graph would cost its number of ways otherwise. */
  private void addCauses(Task task, Set<Task> failed, Set<JobKey> seen) {
    if (item.progress(task, differences) == JobProgress.FAILED) {
      failed.add(task);
      return;
    }
    for (Task.Needed need : item.plan().needs(task.key())) {
      JobKey key = need.key();
      Task needed = item.task(key);
      JobProgress progress = item.progress(needed, differences);
      boolean keeps =
          progress == JobProgress.FAILED
              || progress == JobProgress.SKIPPED
              || progress == JobProgress.STOPPED;
      if (keeps && (need.hard() || !differences.softNeedsSurviveFailure()) && seen.add(key)) {
        addCauses(needed, failed, seen);
      }
    }
  }

  List<ItemEnd.JobEnd> jobEnds() {
    List<ItemEnd.JobEnd> ends = new ArrayList<>();
    for (Task task : item.tasks()) {
      List<Build> builds = item.builds(task.key());
      if (!builds.isEmpty() && !builds.getLast().isActive()) {
        Build last = builds.getLast();
        ends.add(
            new ItemEnd.JobEnd(
                task.key().change(),
                task.key().job(),
                last.definition,
                last.id,
                last.verdict(),
                last.tests(),
                task.job().voting(),
                builds.size()));
      }
    }
    return ends;
  }
}
