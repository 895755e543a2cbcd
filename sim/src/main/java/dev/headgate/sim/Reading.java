package dev.headgate.sim;

import dev.headgate.gate.BuildState;
import dev.headgate.gate.ItemState;
import dev.headgate.gate.QueueKey;
import dev.headgate.gate.Row;
import dev.headgate.model.BranchRef;
import dev.headgate.model.BuildId;
import dev.headgate.model.Change;
import dev.headgate.model.ChangeId;
import dev.headgate.model.Content;
import dev.headgate.model.ItemId;
import dev.headgate.model.Job;
import dev.headgate.model.JobGraph;
import dev.headgate.model.JobName;
import dev.headgate.model.Need;
import dev.headgate.model.Verdict;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The gate's rows as a person would read them who knows the rules but not the machine: what each
 * job came to, which items are failing, and on what each item should stand. The machine is held
 * against it.
 */
final class Reading {
  /** Where a job stands on its item's path. */
  enum Standing {
    OPEN,
    RUNS,
    PASSED,
    FAILED,
    NEVER_RAN
  }

  private final Map<BranchRef, Content> tips = new TreeMap<>();
  private final Map<BranchRef, List<Row.Item>> queues = new TreeMap<>();
  private final Map<QueueKey, Integer> windows = new TreeMap<>();
  private final Map<ChangeId, Row.Known> known = new HashMap<>();
  private final Map<ItemId, Row.Item> items = new TreeMap<>();
  private final Map<ChangeId, Row.Item> byChange = new HashMap<>();
  private final Map<BuildId, Row.Build> builds = new TreeMap<>();
  private final Map<ItemId, List<Row.Build>> current = new HashMap<>();
  private final Map<ItemId, Map<JobName, Standing>> standings = new HashMap<>();
  private final Map<ItemId, Boolean> broken = new HashMap<>();
  private int slots;

  Reading(Collection<? extends Row> rows) {
    for (Row row : rows) {
      switch (row) {
        case Row.Site site -> slots = site.slots();
        case Row.Tip tip -> tips.put(tip.branch(), tip.content());
        case Row.Item item -> items.put(item.id(), item);
        case Row.Build build -> builds.put(build.id(), build);
        case Row.Queue queue -> windows.put(queue.queue(), queue.window());
        case Row.Freeze freeze -> {}
        case Row.Forecast forecast -> {}
        case Row.Flakiness flaky -> {}
        case Row.PipelineState pipeline -> {}
        case Row.Known entry -> known.put(entry.change().id(), entry);
      }
    }
    for (Row.Item item : items.values()) {
      byChange.put(item.change().id(), item);
      queues.computeIfAbsent(item.change().target(), key -> new ArrayList<>()).add(item);
    }
    queues.values().forEach(queue -> queue.sort(Comparator.comparingLong(Row.Item::order)));
    for (Row.Build build : builds.values()) {
      if (build.current()) {
        current.computeIfAbsent(build.item(), key -> new ArrayList<>()).add(build);
      }
    }
  }

  /** The same rows but for the builds, each of which becomes what the function makes of it. */
  Reading with(UnaryOperator<Row.Build> change) {
    List<Row> rows = new ArrayList<>(items.values());
    builds.values().forEach(build -> rows.add(change.apply(build)));
    return new Reading(rows);
  }

  int slots() {
    return slots;
  }

  @Nullable Content tip(BranchRef branch) {
    return tips.get(branch);
  }

  Map<ItemId, Row.Item> items() {
    return items;
  }

  Row.@Nullable Item item(ChangeId change) {
    return byChange.get(change);
  }

  Collection<List<Row.Item>> queues() {
    return queues.values();
  }

  List<Row.Item> queue(BranchRef branch) {
    return queues.getOrDefault(branch, List.of());
  }

  /** The windows of all queues that ever were; 0 for no bound. */
  Map<QueueKey, Integer> windows() {
    return windows;
  }

  /** What an item's path stands on; null if it has none. */
  static @Nullable Content base(Row.Item item) {
    return item.base().get(item.change().target());
  }

  /** What is tested of an item; null if that is not merged. */
  static @Nullable Content content(Row.Item item) {
    return item.contents().get(item.change().target());
  }

  /** The part of a queue that is worked on. */
  List<Row.Item> window(List<Row.Item> queue) {
    int window = windows.getOrDefault(queue.getFirst().queue(), 0);
    return window == 0 ? queue : queue.subList(0, Math.min(queue.size(), window));
  }

  Map<BuildId, Row.Build> builds() {
    return builds;
  }

  long activeBuilds() {
    return builds.values().stream().filter(Reading::isActive).count();
  }

  static boolean isActive(Row.Build build) {
    return build.state() != BuildState.ENDED;
  }

  List<Row.Build> builds(ItemId item) {
    return current.getOrDefault(item, List.of());
  }

  List<Row.Build> builds(ItemId item, JobName job) {
    return builds(item).stream().filter(build -> build.job().equals(job)).toList();
  }

  List<Job> jobs(Row.Item item) {
    JobGraph graph = item.jobs().get(item.change().id());
    return graph == null ? List.of() : graph.jobs();
  }

  Standing standing(Row.Item item, Job job) {
    Map<JobName, Standing> known =
        standings.computeIfAbsent(item.id(), key -> new LinkedHashMap<>());
    Standing standing = known.get(job.name());
    if (standing == null) {
      List<Row.Build> tries = builds(item.id(), job.name());
      standing = tries.isEmpty() ? untried(item, job) : tried(job, tries);
      known.put(job.name(), standing);
    }
    return standing;
  }

  private static Standing tried(Job job, List<Row.Build> tries) {
    if (tries.stream().anyMatch(Reading::isActive)) {
      return Standing.RUNS;
    }
    if (count(tries, Verdict.Kind.PASSED) > 0) {
      return Standing.PASSED;
    }
    long failures = count(tries, Verdict.Kind.FAILED);
    long faults = tries.size() - failures;
    return failures > job.retry() || faults >= job.attempts() ? Standing.FAILED : Standing.OPEN;
  }

  private static long count(List<Row.Build> tries, Verdict.Kind kind) {
    return tries.stream().filter(build -> kindOf(build) == kind).count();
  }

  static Verdict.@Nullable Kind kindOf(Row.Build build) {
    Verdict verdict = build.verdict();
    return verdict == null ? null : verdict.kind();
  }

  private Standing untried(Row.Item item, Job job) {
    for (Need need : job.needs()) {
      Standing needed = standing(item, jobOf(item, need.job()));
      if (need.hard() && (needed == Standing.FAILED || needed == Standing.NEVER_RAN)) {
        return Standing.NEVER_RAN;
      }
    }
    return Standing.OPEN;
  }

  private Job jobOf(Row.Item item, JobName name) {
    Optional<Job> job = jobs(item).stream().filter(other -> other.name().equals(name)).findFirst();
    return job.orElseThrow();
  }

  /** Whether a build of the job should run now if there is a slot. */
  boolean isDue(Row.Item item, Job job) {
    if (standing(item, job) != Standing.OPEN) {
      return false;
    }
    return job.needs().stream()
        .map(need -> standing(item, jobOf(item, need.job())))
        .noneMatch(needed -> needed == Standing.OPEN || needed == Standing.RUNS);
  }

  /** Whether the item by itself cannot land on its path. */
  boolean isBroken(Row.Item item) {
    Boolean known = broken.get(item.id());
    if (known == null) {
      known = item.state() == ItemState.UNBUILDABLE || !failedVotes(item).isEmpty();
      broken.put(item.id(), known);
    }
    return known;
  }

  /** The voting jobs that did not pass and will not. */
  List<Job> failedVotes(Row.Item item) {
    return jobs(item).stream()
        .filter(Job::voting)
        .filter(job ->
            standing(item, job) == Standing.FAILED || standing(item, job) == Standing.NEVER_RAN)
        .toList();
  }

  /** Whether something it depends on, directly or not, cannot land on its path. */
  boolean isBlocked(Row.Item item) {
    for (ChangeId name : needs(item)) {
      Row.Item dependency = byChange.get(name);
      if (dependency != null
          && (isBroken(dependency) || isBlocked(dependency) || landsBetween(dependency, item))) {
        return true;
      }
    }
    return false;
  }

  /** Whether what lands right now, and is stood on, passed over one that is tested again. */
  private boolean landsBetween(Row.Item one, Row.Item other) {
    return one.state() != ItemState.LANDING
        && queue(one.change().target()).stream()
            .filter(item -> item.state() == ItemState.LANDING)
            .anyMatch(item -> item.order() > one.order() && item.order() < other.order());
  }

  /** What an item depends on that has not landed, as far as is known. */
  private List<ChangeId> needs(Row.Item item) {
    Row.Known own = known.get(item.change().id());
    Change change = own == null ? item.change() : own.change();
    return change.dependsOn().stream().filter(name -> !hasLanded(name)).toList();
  }

  boolean isAbandoned(ChangeId change) {
    Row.Known row = known.get(change);
    return row != null && row.status() == Row.Known.Status.ABANDONED;
  }

  /** Whether a change is known to have landed and was not proposed anew since. */
  boolean hasLanded(ChangeId change) {
    Row.Known row = known.get(change);
    return row != null && row.status() == Row.Known.Status.LANDED;
  }

  boolean isFailing(Row.Item item) {
    return isBroken(item) || isBlocked(item);
  }

  boolean isDecided(Row.Item item) {
    return jobs(item).stream()
        .map(job -> standing(item, job))
        .noneMatch(standing -> standing == Standing.OPEN || standing == Standing.RUNS);
  }

  boolean isComplete(Row.Item item) {
    return item.state() == ItemState.UNBUILDABLE
        || (item.state() == ItemState.TESTING && isDecided(item));
  }

  /** The nearest item ahead that is not failing; null if there is none. */
  Row.@Nullable Item nearest(Row.Item item) {
    Row.Item nearest = null;
    for (Row.Item other : queue(item.change().target())) {
      if (other.id().equals(item.id())) {
        return nearest;
      }
      if (!isFailing(other)) {
        nearest = other;
      }
    }
    return nearest;
  }

  /** What the item should stand on; null if that is not known yet. */
  @Nullable Content expectedBase(Row.Item item) {
    Row.Item nearest = nearest(item);
    return nearest == null ? tip(item.change().target()) : content(nearest);
  }
}
