package dev.headgate.gate;

import dev.headgate.model.BranchRef;
import dev.headgate.model.Change;
import dev.headgate.model.ChangeId;
import dev.headgate.model.Content;
import dev.headgate.model.ItemId;
import dev.headgate.model.Job;
import dev.headgate.model.JobGraph;
import dev.headgate.model.JobName;
import dev.headgate.model.PreparationId;
import dev.headgate.model.Verdict;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * An entry of a queue while the machine runs; {@link Row.Item} and its builds are its kept form.
 * All transitions of an item stand here.
 *
 * <pre>
 *   WAITING ──prepare──▶ PREPARING ──prepared──▶ TESTING ──land──▶ LANDING ──(landed)──▶ gone
 *      ▲                     └──────unbuildable──▶ UNBUILDABLE        │
 *      └──────── reset, from any of them ─────────────────────────────┘
 * </pre>
 */
final class Item {
  final ItemId id;
  final List<Change> changes;
  final List<Change> carried;
  final Change lead;
  final int lane;
  final Instant enqueuedAt;

  // Where it stands. The queue and its neighbours belong to the queue's list.
  Queue queue;
  long order;
  @Nullable Item previous;
  @Nullable Item next;
  boolean active;
  private @Nullable Item ahead;
  private final SortedSet<Item> behind = new TreeSet<>((one, other) -> one.id.compareTo(other.id));

  /** Whether nothing behind it may stand on it: it fails, or is blocked, or held. Derived. */
  boolean passedOver;

  /** Whether a job of it holds those behind. Derived. */
  boolean holder;

  private ItemState state = ItemState.WAITING;
  private @Nullable PreparationId preparation;
  private Map<BranchRef, Content> base = Map.of();
  private Map<BranchRef, Content> contents = Map.of();
  private Map<ChangeId, JobGraph> jobs = Map.of();
  private String failure = "";
  private ItemEnd.Cause cause = ItemEnd.Cause.DEMAND;
  private boolean stopped;
  private String leave = "";
  private String held = "";
  private boolean announced;
  private boolean quiet;
  private int restarts;
  private String lastRestart = "";
  private Task.Plan plan = Task.Plan.EMPTY;
  private final Map<JobKey, List<Build>> builds = new LinkedHashMap<>();
  private final SortedSet<Build> keptBuilds =
      new TreeSet<>((one, other) -> one.id.compareTo(other.id));

  /**
   * Derived from the graph and the builds, each job once: a layered graph would cost its number of
   * ways otherwise.
   */
  private final Map<JobKey, JobProgress> progress = new HashMap<>();

  Item(
      ItemId id,
      Queue queue,
      List<Change> changes,
      List<Change> carried,
      Change lead,
      int lane,
      Instant enqueuedAt) {
    this.id = id;
    this.queue = queue;
    this.changes = changes;
    this.carried = carried;
    this.lead = lead;
    this.lane = lane;
    this.enqueuedAt = enqueuedAt;
  }

  /** An item as it was kept; its builds and what it stands on are added afterwards. */
  static Item of(Row.Item row, Queue queue) {
    Change lead =
        row.changes().stream()
            .filter(change -> change.id().equals(row.lead()))
            .findFirst()
            .orElse(row.change());
    Item item =
        new Item(row.id(), queue, row.changes(), row.carried(), lead, row.lane(), row.enqueuedAt());
    item.order = row.order();
    item.state = row.state();
    item.preparation = row.preparation();
    item.base = row.base();
    item.contents = row.contents();
    item.jobs = row.jobs();
    item.failure = row.failure();
    item.cause = row.cause();
    item.stopped = row.stopped();
    item.leave = row.leave();
    item.held = row.held();
    item.announced = row.announced();
    item.quiet = row.quiet();
    item.restarts = row.restarts();
    item.lastRestart = row.lastRestart();
    item.plan = Task.plan(item.changes, item.lead, item.jobs);
    return item;
  }

  Row.Item row() {
    return new Row.Item(
        id,
        queue.key,
        order,
        changes,
        carried,
        lead.id(),
        lane,
        state,
        preparation,
        base,
        ahead == null ? null : ahead.id,
        contents,
        jobs,
        failure,
        cause,
        stopped,
        leave,
        held,
        announced,
        quiet,
        restarts,
        lastRestart,
        enqueuedAt);
  }

  // What it is.

  /** Its changes, in words. */
  String name() {
    return String.join(" + ", changes.stream().map(change -> change.id().toString()).toList());
  }

  /** Whether it is of a change at that very revision. */
  boolean isOf(Change change) {
    for (Change own : changes) {
      if (own.id().equals(change.id()) && own.revision().equals(change.revision())) {
        return true;
      }
    }
    return false;
  }

  boolean has(ChangeId change) {
    for (Change own : changes) {
      if (own.id().equals(change)) {
        return true;
      }
    }
    return false;
  }

  ItemState state() {
    return state;
  }

  @Nullable PreparationId preparation() {
    return preparation;
  }

  @Nullable Item ahead() {
    return ahead;
  }

  SortedSet<Item> behind() {
    return behind;
  }

  Map<BranchRef, Content> base() {
    return base;
  }

  Map<BranchRef, Content> contents() {
    return contents;
  }

  /** What a branch is at, for each branch of the path, with this item on it. */
  Map<BranchRef, Content> path() {
    Map<BranchRef, Content> whole = new TreeMap<>(base);
    whole.putAll(contents);
    return whole;
  }

  /** Its own branches' part of its base. */
  Map<BranchRef, Content> ownBase() {
    Map<BranchRef, Content> own = new TreeMap<>(base);
    own.keySet().retainAll(contents.keySet());
    return own;
  }

  /** Whether what it stands on is merged and can be built on. */
  boolean hasContents() {
    return state == ItemState.TESTING || state == ItemState.LANDING;
  }

  String failure() {
    return failure;
  }

  ItemEnd.Cause cause() {
    return cause;
  }

  boolean isStopped() {
    return stopped;
  }

  String leave() {
    return leave;
  }

  String held() {
    return held;
  }

  boolean isAnnounced() {
    return announced;
  }

  int restarts() {
    return restarts;
  }

  String lastRestart() {
    return lastRestart;
  }

  List<Task> tasks() {
    return plan.tasks();
  }

  Task.Plan plan() {
    return plan;
  }

  /** The builds of the present path, oldest first. */
  List<Build> builds() {
    return builds.values().stream()
        .flatMap(List::stream)
        .sorted(Comparator.comparing(build -> build.id))
        .toList();
  }

  /** The builds of one job on the present path, oldest first. */
  List<Build> builds(JobKey key) {
    return builds.getOrDefault(key, List.of());
  }

  /** Builds that passed on former paths. */
  SortedSet<Build> keptBuilds() {
    return keptBuilds;
  }

  /** Whether nothing is left to be run on its present path. */
  boolean isComplete(Differences differences) {
    return state == ItemState.UNBUILDABLE
        || (state == ItemState.TESTING
            && tasks().stream().allMatch(task -> progress(task, differences).isDecided()));
  }

  /** Whether it is known that it will not land on its present path, or nearly so. */
  boolean isFailing(Differences differences) {
    if (isBlocked(differences)) {
      return true;
    }
    for (Task task : tasks()) {
      if (task.job().voting() && isAboutToFail(task)) {
        return true;
      }
    }
    return false;
  }

  /** Whether it is certain that it will not land on its present path. */
  boolean isBlocked(Differences differences) {
    if (state == ItemState.UNBUILDABLE) {
      return true;
    }
    for (Task task : tasks()) {
      if (task.job().voting() && blocks(task, differences)) {
        return true;
      }
    }
    return false;
  }

  /** Whether a voting job keeps it from landing on its present path for certain. */
  boolean blocks(Task task, Differences differences) {
    return switch (progress(task, differences)) {
      case FAILED -> true;
      case SKIPPED -> differences.skippedVotingJobsBlock();
      case PASSED, LEFT_OUT, STOPPED, BLOCKED, DUE, ACTIVE, PAUSED -> false;
    };
  }

  /** Whether the newest build is known to fail, and no other is tried after it. */
  boolean isAboutToFail(Task task) {
    List<Build> tried = builds(task.key());
    return !tried.isEmpty()
        && !tried.getLast().evidence().isEmpty()
        && failures(tried) >= task.job().retry();
  }

  private static int failures(List<Build> tried) {
    int failures = 0;
    for (Build build : tried) {
      if (!build.isActive() && build.verdict().kind() == Verdict.Kind.FAILED) {
        failures++;
      }
    }
    return failures;
  }

  // Where its jobs stand.

  JobProgress progress(Task task, Differences differences) {
    JobProgress known = progress.get(task.key());
    if (known == null) {
      List<Build> tried = builds(task.key());
      known =
          tried.isEmpty()
              ? beforeFirst(task.key(), task.job(), differences)
              : after(task.job(), tried);
      progress.put(task.key(), known);
    }
    return known;
  }

  private JobProgress beforeFirst(JobKey key, Job job, Differences differences) {
    if (stopped) {
      return JobProgress.STOPPED;
    }
    boolean blocked = false;
    boolean leftOut = false;
    for (Task.Needed need : plan.needs(key)) {
      Task needed = task(need.key());
      JobProgress other = progress(needed, differences);
      if (other.lets() && leavesOut(need, key.job())) {
        leftOut = true;
      }
      boolean survives = !need.hard() && differences.softNeedsSurviveFailure();
      switch (other) {
        case PASSED, PAUSED -> {}
        case FAILED, SKIPPED, STOPPED -> {
          if (!survives) {
            return JobProgress.SKIPPED;
          }
        }
        case LEFT_OUT -> leftOut |= need.hard();
        case BLOCKED, DUE, ACTIVE -> blocked = true;
      }
    }
    if (leftOut) {
      return JobProgress.LEFT_OUT;
    }
    if (blocked) {
      return JobProgress.BLOCKED;
    }
    return job.coordination().noop() ? JobProgress.PASSED : JobProgress.DUE;
  }

  /** Whether a needed job said that the one needing it shall not run. */
  private boolean leavesOut(Task.Needed need, JobName child) {
    List<Build> tried = builds(need.key());
    return !tried.isEmpty() && tried.getLast().leavesOut(child, need.hard());
  }

  /** A pass counts at once; a failure counts when its kind has used up its tries. */
  private JobProgress after(Job job, List<Build> tried) {
    int failures = 0;
    int faults = 0;
    boolean always = false;
    for (Build build : tried) {
      if (build.isActive()) {
        return build.state() == BuildState.PAUSED ? JobProgress.PAUSED : JobProgress.ACTIVE;
      }
      switch (build.verdict().kind()) {
        case PASSED -> {
          return JobProgress.PASSED;
        }
        case FAILED -> failures++;
        case ENVIRONMENT, NONE -> faults++;
      }
      if (build.again() == Event.BuildLost.Again.NEVER) {
        return JobProgress.FAILED;
      }
      always = build.again() == Event.BuildLost.Again.ALWAYS;
    }
    boolean again = failures <= job.retry() && (always || faults < job.attempts());
    if (!again) {
      return JobProgress.FAILED;
    }
    return stopped ? JobProgress.STOPPED : JobProgress.DUE;
  }

  /** The task of that key, which must be one of those that are run. */
  Task task(JobKey key) {
    for (Task task : tasks()) {
      if (task.key().equals(key)) {
        return task;
      }
    }
    throw new IllegalStateException("item " + id + " has no job " + key);
  }

  /** The tasks that need one, directly or not. */
  List<Task> dependentsOf(JobKey key) {
    Set<JobKey> found = new LinkedHashSet<>();
    Deque<JobKey> line = new ArrayDeque<>(List.of(key));
    while (!line.isEmpty()) {
      JobKey needed = line.removeFirst();
      for (Task task : tasks()) {
        for (Task.Needed need : plan.needs(task.key())) {
          if (need.key().equals(needed) && found.add(task.key())) {
            line.addLast(task.key());
          }
        }
      }
    }
    return tasks().stream().filter(task -> found.contains(task.key())).toList();
  }

  /** Whether an item behind must wait for one of its jobs before it starts any. */
  boolean holdsFollowers(Differences differences) {
    if (state != ItemState.TESTING) {
      return false;
    }
    for (Task task : tasks()) {
      if (task.job().coordination().holdsFollowers()
          && progress(task, differences) != JobProgress.PASSED) {
        return true;
      }
    }
    return false;
  }

  // What happens to it.

  void standOn(@Nullable Item other) {
    if (ahead != null) {
      ahead.behind.remove(this);
    }
    ahead = other;
    if (other != null) {
      other.behind.add(this);
    }
  }

  void prepare(PreparationId number, Map<BranchRef, Content> onto) {
    require(ItemState.WAITING, ItemState.PREPARING);
    state = ItemState.PREPARING;
    preparation = number;
    base = onto;
  }

  void prepared(Map<BranchRef, Content> merged, Map<ChangeId, JobGraph> graphs) {
    require(ItemState.PREPARING, ItemState.TESTING);
    state = ItemState.TESTING;
    contents = merged;
    jobs = graphs;
    plan = Task.plan(changes, lead, jobs);
  }

  void unbuildable(String why, ItemEnd.Cause kind) {
    require(ItemState.PREPARING, ItemState.UNBUILDABLE);
    state = ItemState.UNBUILDABLE;
    failure = why;
    cause = kind;
  }

  void land() {
    require(ItemState.TESTING, ItemState.LANDING);
    state = ItemState.LANDING;
  }

  void announce() {
    announced = true;
  }

  /** Nothing is told of its beginning any more. */
  void silence() {
    quiet = true;
    announced = false;
  }

  boolean isQuiet() {
    return quiet;
  }

  /** Gives up its path; returns the builds that it had there. */
  List<Build> reset(String why) {
    if (state == ItemState.WAITING) {
      throw new IllegalStateException("item " + id + " is waiting, it has no path to give up");
    }
    List<Build> dropped = builds();
    builds.clear();
    state = ItemState.WAITING;
    preparation = null;
    base = Map.of();
    contents = Map.of();
    jobs = Map.of();
    plan = Task.Plan.EMPTY;
    failure = "";
    cause = ItemEnd.Cause.DEMAND;
    stopped = false;
    restarts++;
    lastRestart = why;
    buildsChanged();
    return dropped;
  }

  void add(Build build) {
    builds.computeIfAbsent(build.key, key -> new ArrayList<>()).add(build);
    buildsChanged();
  }

  /** Takes builds of its present path out of it. */
  void remove(Build build) {
    List<Build> tried = builds.get(build.key);
    if (tried != null) {
      tried.remove(build);
    }
    buildsChanged();
  }

  /** Forgets what was derived from its builds. */
  void buildsChanged() {
    progress.clear();
  }

  /** A job failed, and the others are not run any more. */
  void stop() {
    stopped = true;
    buildsChanged();
  }

  void hold(String why) {
    held = why;
  }

  /** It is to leave as soon as its landing turns out not to have happened. */
  void leaveUnlessLanded(String why) {
    leave = why;
  }

  private void require(ItemState from, ItemState to) {
    if (state != from) {
      throw new IllegalStateException(
          "item " + id + " cannot go from " + state.code() + " to " + to.code());
    }
  }
}
