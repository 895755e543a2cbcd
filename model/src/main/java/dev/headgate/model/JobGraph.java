package dev.headgate.model;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Jobs and what they wait for, in configuration order: acyclic, names unique, every need a job of
 * the graph.
 *
 * @param jobs the jobs in the order the configuration gives them; may be empty
 */
public record JobGraph(List<Job> jobs) {
  /** A graph of no jobs. */
  public static final JobGraph EMPTY = new JobGraph(List.of());

  public JobGraph {
    jobs = List.copyOf(jobs);
    Set<JobName> names = new HashSet<>();
    for (Job job : jobs) {
      if (!names.add(job.name())) {
        throw new IllegalArgumentException("two jobs are named " + job.name());
      }
    }
    for (Job job : jobs) {
      for (Need need : job.needs()) {
        if (!names.contains(need.job())) {
          throw new IllegalArgumentException(
              "job " + job.name() + " needs " + need.job() + ", which is no job of the graph");
        }
      }
    }
    requireAcyclic(jobs);
  }

  /** The job of that name, if there is one. */
  public Optional<Job> job(JobName name) {
    return jobs.stream().filter(job -> job.name().equals(name)).findFirst();
  }

  /**
   * The part of the graph that applies to a change that touches the given files: the jobs whose
   * file matchers match one of them, or that have none, and all that these need in the hard sense,
   * since what is built on another job's results cannot go without it. Other jobs are dropped, and
   * with each dropped job every soft need of it.
   */
  public JobGraph matching(List<String> changedFiles) {
    Map<JobName, Job> byName = new HashMap<>();
    Deque<Job> wanted = new ArrayDeque<>();
    for (Job job : jobs) {
      byName.put(job.name(), job);
      if (job.files().isEmpty() || PathGlob.anyMatches(job.files(), changedFiles)) {
        wanted.add(job);
      }
    }
    Set<JobName> kept = new HashSet<>();
    for (Job job = wanted.poll(); job != null; job = wanted.poll()) {
      if (kept.add(job.name())) {
        for (Need need : job.needs()) {
          if (need.hard()) {
            wanted.add(Objects.requireNonNull(byName.get(need.job())));
          }
        }
      }
    }
    if (kept.size() == jobs.size()) {
      return this;
    }
    return new JobGraph(
        jobs.stream()
            .filter(job -> kept.contains(job.name()))
            .map(job -> withNeedsIn(job, kept))
            .toList());
  }

  private static Job withNeedsIn(Job job, Set<JobName> names) {
    List<Need> needs = job.needs().stream().filter(need -> names.contains(need.job())).toList();
    return job.withNeeds(needs);
  }

  /**
   * Removes, again and again, the jobs that wait for none of those left; a cycle is what cannot be
   * removed.
   */
  private static void requireAcyclic(List<Job> jobs) {
    List<Job> left = new ArrayList<>(jobs);
    Set<JobName> waiting = new HashSet<>();
    left.forEach(job -> waiting.add(job.name()));
    boolean removed = true;
    while (removed) {
      removed = false;
      for (Job job : List.copyOf(left)) {
        if (job.needs().stream().noneMatch(need -> waiting.contains(need.job()))) {
          left.remove(job);
          waiting.remove(job.name());
          removed = true;
        }
      }
    }
    if (!left.isEmpty()) {
      throw new IllegalArgumentException(
          "jobs wait for each other in a circle: " + left.stream().map(Job::name).toList());
    }
  }
}
