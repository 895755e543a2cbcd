package dev.headgate.gate;

import dev.headgate.model.Job;
import dev.headgate.model.JobName;
import dev.headgate.model.Need;
import dev.headgate.model.Verdict;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

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
      Set<JobName> causes = causes(item, job);
      if (causes.contains(job.name())) {
        parts.add(failure(item, job.name()));
      } else if (causes.stream().noneMatch(cause -> item.job(cause).voting())) {
        causes.forEach(cause -> parts.add(job.name() + " did not run: " + failure(item, cause)));
      }
    }
    return String.join("; ", parts);
  }

  private static String failure(Item item, JobName job) {
    List<Build> builds = item.builds(job);
    Build last = builds.getLast();
    String times = builds.size() == 1 ? "" : " in each of " + builds.size() + " builds";
    return job + " failed" + times + ": " + last.verdict().reason() + " (build " + last.id + ")";
  }

  /** Whether no failure that keeps it from landing is the change's. */
  static boolean onlyEnvironment(Item item) {
    return item.failure().isEmpty()
        && item.jobs().stream()
            .flatMap(job -> causes(item, job).stream())
            .noneMatch(
                cause -> item.builds(cause).getLast().verdict().kind() == Verdict.Kind.FAILED);
  }

  /**
   * The failed jobs for which this job keeps the item from landing: itself, or those that kept it
   * from running, voting or not; none if it does not.
   */
  private static Set<JobName> causes(Item item, Job job) {
    Set<JobName> failed = new LinkedHashSet<>();
    if (job.voting() && item.progress(job).keepsFromLanding()) {
      addCauses(item, job, failed, new HashSet<>());
    }
    return failed;
  }

  /** Visits each job once: a layered graph would cost its number of ways otherwise. */
  private static void addCauses(Item item, Job job, Set<JobName> failed, Set<JobName> seen) {
    if (item.progress(job) == JobProgress.FAILED) {
      failed.add(job.name());
      return;
    }
    for (Need need : job.needs()) {
      Job needed = item.job(need.job());
      if (need.hard() && item.progress(needed).keepsFromLanding() && seen.add(needed.name())) {
        addCauses(item, needed, failed, seen);
      }
    }
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
