package dev.headgate.gate;

import dev.headgate.model.Change;
import dev.headgate.model.ChangeId;
import dev.headgate.model.Coordination.Deduplication;
import dev.headgate.model.Job;
import dev.headgate.model.JobGraph;
import dev.headgate.model.Need;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One job of one change of an item, as it is to be run.
 *
 * @param definition the digest of the job's definition
 */
record Task(JobKey key, Change change, Job job, String definition) {
  /** Half of SHA-256 tells as many definitions apart as any site will have. */
  private static final int DIGEST_BYTES = 16;

  private static Task of(Change change, Job job) {
    return new Task(new JobKey(change.id(), job.name()), change, job, digest(job));
  }

  /** The digest of a job's definition: equal for equal definitions, on every machine. */
  static String digest(Job job) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      byte[] whole = sha.digest(job.toString().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(whole, 0, DIGEST_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** A job that another needs, and whether it cannot do without it. */
  record Needed(JobKey key, boolean hard) {}

  /**
   * What of the changes' jobs is to be run.
   *
   * @param tasks in the order of changes and of each one's configuration
   * @param sameAs for each job that is not run because an equal one is, that one
   */
  record Plan(List<Task> tasks, Map<JobKey, JobKey> sameAs) {
    static final Plan EMPTY = new Plan(List.of(), Map.of());

    Plan {
      tasks = List.copyOf(tasks);
      sameAs = Collections.unmodifiableMap(new LinkedHashMap<>(sameAs));
    }

    /** The job that is run in the place of the one asked for. */
    private JobKey runFor(JobKey key) {
      return sameAs.getOrDefault(key, key);
    }

    /** What a job needs: one that is run for several changes needs the jobs of all of them. */
    List<Needed> needs(JobKey key) {
      List<Needed> found = new ArrayList<>();
      for (Task task : tasks) {
        if (task.key.equals(key)) {
          addNeeds(task, key.change(), found);
          sameAs.forEach((other, run) -> {
            if (run.equals(key)) {
              addNeeds(task, other.change(), found);
            }
          });
        }
      }
      return found;
    }

    private void addNeeds(Task task, ChangeId change, List<Needed> found) {
      for (Need need : task.job.needs()) {
        Needed needed = new Needed(runFor(new JobKey(change, need.job())), need.hard());
        if (!found.contains(needed)) {
          found.add(needed);
        }
      }
    }
  }

  /**
   * The jobs of several changes, equal ones once: for the lead if it has such a job, else for the
   * first change that does.
   */
  static Plan plan(List<Change> changes, Change lead, Map<?, JobGraph> jobs) {
    if (changes.size() == 1) {
      return new Plan(all(changes.getFirst(), jobs), Map.of());
    }
    List<Change> leadFirst = new ArrayList<>(changes);
    leadFirst.remove(lead);
    leadFirst.addFirst(lead);
    List<Task> chosen = new ArrayList<>();
    Map<JobKey, JobKey> sameAs = new LinkedHashMap<>();
    for (Change change : leadFirst) {
      for (Task task : all(change, jobs)) {
        Task same = sameIn(chosen, task);
        if (same == null) {
          chosen.add(task);
        } else {
          sameAs.put(task.key, same.key);
        }
      }
    }
    List<Task> inOrder = new ArrayList<>();
    for (Change change : changes) {
      chosen.stream().filter(task -> task.change.equals(change)).forEach(inOrder::add);
    }
    return new Plan(inOrder, sameAs);
  }

  private static List<Task> all(Change change, Map<?, JobGraph> jobs) {
    JobGraph graph = jobs.get(change.id());
    return graph == null
        ? List.of()
        : graph.jobs().stream().map(job -> Task.of(change, job)).toList();
  }

  private static @Nullable Task sameIn(List<Task> chosen, Task task) {
    for (Task other : chosen) {
      if (other.job.equals(task.job) && isOnceFor(other, task)) {
        return other;
      }
    }
    return null;
  }

  private static boolean isOnceFor(Task one, Task other) {
    Deduplication rule = one.job.coordination().deduplication();
    return switch (rule) {
      case NEVER -> false;
      case ALWAYS -> true;
      case AUTOMATIC ->
          !one.job.coordination().projects().isEmpty()
              || one.change.target().project().equals(other.change.target().project());
    };
  }
}
