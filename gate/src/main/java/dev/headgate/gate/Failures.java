package dev.headgate.gate;

import dev.headgate.model.Job;
import dev.headgate.model.Verdict;
import java.util.ArrayList;
import java.util.List;

/** What the ended builds of an item's present path say, in words and in values. */
final class Failures {
  private Failures() {}

  /** Why the item cannot land, in a sentence that names jobs and builds. */
  static String reason(Item item) {
    if (!item.failure().isEmpty()) {
      return item.failure();
    }
    List<String> parts = new ArrayList<>();
    for (Job job : item.jobs()) {
      if (job.voting() && item.progress(job) == JobProgress.FAILED) {
        List<Build> builds = item.builds(job.name());
        Build last = builds.getLast();
        String times = builds.size() == 1 ? "" : " in each of " + builds.size() + " builds";
        parts.add(
            job.name()
                + " failed"
                + times
                + ": "
                + last.verdict().reason()
                + " (build "
                + last.id
                + ")");
      }
    }
    return String.join("; ", parts);
  }

  /** Whether every failure that keeps it from landing is the environment's. */
  static boolean onlyEnvironment(Item item) {
    if (!item.failure().isEmpty()) {
      return false;
    }
    return item.jobs().stream()
        .filter(job -> job.voting() && item.progress(job) == JobProgress.FAILED)
        .allMatch(
            job -> item.builds(job.name()).getLast().verdict().kind() == Verdict.Kind.ENVIRONMENT);
  }

  static List<ItemEnd.JobEnd> jobEnds(Item item) {
    List<ItemEnd.JobEnd> ends = new ArrayList<>();
    for (Job job : item.jobs()) {
      List<Build> builds = item.builds(job.name());
      if (!builds.isEmpty() && !builds.getLast().isActive()) {
        Build last = builds.getLast();
        ends.add(
            new ItemEnd.JobEnd(
                job.name(), last.id, last.verdict(), last.tests(), job.voting(), builds.size()));
      }
    }
    return ends;
  }
}
