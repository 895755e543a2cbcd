package dev.headgate.sim.machine;

import dev.headgate.gate.Differences;
import dev.headgate.gate.Row;
import dev.headgate.model.BranchRef;
import dev.headgate.model.Change;
import dev.headgate.model.ChangeId;
import dev.headgate.model.Content;
import dev.headgate.model.Job;
import dev.headgate.model.JobGraph;
import dev.headgate.model.JobName;
import dev.headgate.model.Need;
import dev.headgate.model.Verdict;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the builds of an item say of its last path. */
final class Proof {
  private final Row.Item item;
  private final Differences differences;
  private final Map<BranchRef, Content> path;
  private final List<KnownBuild> tests = new ArrayList<>();

  Proof(Row.Item item, Memory memory) {
    this.item = item;
    this.differences = memory.settings.differences();
    this.path = Memory.path(item);
    for (KnownBuild test : memory.testsOf(item.id())) {
      if (test.isOn(path)) {
        tests.add(test);
      }
    }
  }

  /** The jobs that had to pass and did not, in words; empty if all did. */
  List<String> missing() {
    List<String> missing = new ArrayList<>();
    for (Change change : item.changes()) {
      JobGraph graph = item.jobs().getOrDefault(change.id(), JobGraph.EMPTY);
      for (Job job : graph.jobs()) {
        if (job.voting() && !job.coordination().noop() && !isProven(job)) {
          missing.add(job.name() + " of " + change.id());
        }
      }
    }
    return missing;
  }

  private boolean isProven(Job job) {
    return passed(job) || (!failedLately(job) && isExcused(job.name(), new HashSet<>()));
  }

  /** Whether a job that it needs said that it shall not run, or kept it from running. */
  private boolean isExcused(JobName name, Set<JobName> seen) {
    if (!seen.add(name)) {
      return false;
    }
    for (JobGraph graph : item.jobs().values()) {
      for (Job job : graph.jobs()) {
        for (Need need : job.needs()) {
          if (job.name().equals(name) && excuses(need, name, seen)) {
            return true;
          }
        }
      }
    }
    return false;
  }

  private boolean excuses(Need need, JobName child, Set<JobName> seen) {
    for (KnownBuild test : tests) {
      if (test.job().name().equals(need.job())
          && test.hasPassed()
          && test.leavesOut(child, need.hard())) {
        return true;
      }
    }
    boolean skips = need.hard() || !differences.softNeedsSurviveFailure();
    if (skips && !differences.skippedVotingJobsBlock() && failedLast(need.job())) {
      return true;
    }
    return skips && isExcused(need.job(), seen);
  }

  /**
   * Whether it failed for some change, also if it passed on this path before it was built anew. A
   * job that changes share may need the failed one.
   */
  private boolean failedLast(JobName name) {
    Map<ChangeId, Boolean> failed = new HashMap<>();
    for (KnownBuild test : tests) {
      if (test.job().name().equals(name) && (test.hasPassed() || test.hasFailed())) {
        failed.put(test.start.change().id(), test.hasFailed());
      }
    }
    return failed.containsValue(true);
  }

  /** Whether the jobs are to blame: one failed for good that votes, or that a voting one needs. */
  boolean blames() {
    for (JobGraph graph : item.jobs().values()) {
      for (Job job : graph.jobs()) {
        if (job.voting() && (failed(job) || needsFailed(graph, job, new HashSet<>()))) {
          return true;
        }
      }
    }
    return false;
  }

  private boolean needsFailed(JobGraph graph, Job job, Set<JobName> seen) {
    for (Need need : job.needs()) {
      Job needed = graph.job(need.job()).orElseThrow();
      if (seen.add(needed.name()) && (failed(needed) || needsFailed(graph, needed, seen))) {
        return true;
      }
    }
    return false;
  }

  /** Whether its tries are used up. */
  private boolean failed(Job job) {
    return failed(job, false);
  }

  /** Whether its tries are used up since the last build of what it needs began. */
  private boolean failedLately(Job job) {
    return failed(job, true);
  }

  private boolean failed(Job job, boolean lately) {
    int failures = 0;
    int faults = 0;
    boolean never = false;
    for (KnownBuild test : tests) {
      if (lately && isNeeded(test.job().name(), job, new HashSet<>())) {
        failures = 0;
        faults = 0;
        never = false;
      } else if (test.job().equals(job) && test.hasFailed()) {
        failures += test.verdict() == Verdict.Kind.FAILED ? 1 : 0;
        faults += test.verdict() == Verdict.Kind.FAILED ? 0 : 1;
        never |= test.isNeverBuiltAgain();
      }
    }
    return never || failures > job.retry() || faults >= job.attempts();
  }

  private boolean isNeeded(JobName name, Job job, Set<JobName> seen) {
    for (Need need : job.needs()) {
      if (need.job().equals(name)) {
        return true;
      }
      for (JobGraph graph : item.jobs().values()) {
        Job needed = graph.job(need.job()).orElse(null);
        if (needed != null && seen.add(needed.name()) && isNeeded(name, needed, seen)) {
          return true;
        }
      }
    }
    return false;
  }

  /** Whether something of it is known to fail, or thought to. */
  boolean isDoubted() {
    return tests.stream().anyMatch(test -> test.hasFailed() || test.wasDoubted());
  }

  /** Whether a job passed, or is paused, on this path. */
  boolean lets(Job job) {
    return tests.stream().anyMatch(test -> test.job().equals(job) && test.lets());
  }

  /** Whether a job passed on this path. */
  boolean passed(Job job) {
    return tests.stream().anyMatch(test -> test.job().equals(job) && test.hasPassed());
  }
}
