package dev.headgate.gate;

import dev.headgate.model.Change;
import dev.headgate.model.ChangeId;
import dev.headgate.model.Content;
import dev.headgate.model.ItemId;
import dev.headgate.model.Job;
import dev.headgate.model.JobGraph;
import dev.headgate.model.JobName;
import dev.headgate.model.PreparationId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An entry of a queue while the machine runs; {@link Row.Item} and its current builds are its kept
 * form. All transitions of an item stand here.
 *
 * <pre>
 *   WAITING ──prepare──▶ PREPARING ──prepared──▶ TESTING ──land──▶ LANDING ──(landed)──▶ gone
 *      ▲                     └──────unbuildable──▶ UNBUILDABLE        │
 *      └──────── reset, from any of them ─────────────────────────────┘
 * </pre>
 */
final class Item {
  final ItemId id;
  final Instant enqueuedAt;
  private Change change;
  private ItemState state = ItemState.WAITING;
  private @Nullable PreparationId preparation;
  private @Nullable Content base;
  private @Nullable ItemId ahead;
  private @Nullable Content content;
  private @Nullable JobGraph jobs;
  private String failure = "";
  private String leave = "";
  private int restarts;
  private String lastRestart = "";
  private final Map<JobName, List<Build>> builds = new LinkedHashMap<>();

  /**
   * Derived from the graph and the builds, each job once: a layered graph would cost its number of
   * ways otherwise.
   */
  private final Map<JobName, JobProgress> progress = new HashMap<>();

  Item(ItemId id, Change change, Instant enqueuedAt) {
    this.id = id;
    this.change = change;
    this.enqueuedAt = enqueuedAt;
  }

  static Item of(Row.Item row) {
    Item item = new Item(row.id(), row.change(), row.enqueuedAt());
    item.state = row.state();
    item.preparation = row.preparation();
    item.base = row.base();
    item.ahead = row.ahead();
    item.content = row.content();
    item.jobs = row.jobs();
    item.failure = row.failure();
    item.leave = row.leave();
    item.restarts = row.restarts();
    item.lastRestart = row.lastRestart();
    return item;
  }

  Row.Item row() {
    return new Row.Item(
        id,
        change,
        state,
        preparation,
        base,
        ahead,
        content,
        jobs,
        failure,
        leave,
        restarts,
        lastRestart,
        enqueuedAt);
  }

  // What it is.

  Change change() {
    return change;
  }

  ChangeId name() {
    return change.id();
  }

  ItemState state() {
    return state;
  }

  @Nullable PreparationId preparation() {
    return preparation;
  }

  @Nullable Content base() {
    return base;
  }

  @Nullable ItemId ahead() {
    return ahead;
  }

  @Nullable Content content() {
    return content;
  }

  String failure() {
    return failure;
  }

  String leave() {
    return leave;
  }

  int restarts() {
    return restarts;
  }

  String lastRestart() {
    return lastRestart;
  }

  /** The jobs that apply; none before it is prepared. */
  List<Job> jobs() {
    return jobs == null ? List.of() : jobs.jobs();
  }

  /**
   * The builds of its present path, by job in the order of their first start, each job's in order
   * of attempts.
   */
  List<Build> builds() {
    List<Build> all = new ArrayList<>();
    builds.values().forEach(all::addAll);
    return all;
  }

  List<Build> builds(JobName job) {
    return builds.getOrDefault(job, List.of());
  }

  /** Where a job of its graph stands on the present path. */
  JobProgress progress(Job job) {
    JobProgress known = progress.get(job.name());
    if (known == null) {
      known = JobProgress.of(job, builds(job.name()), name -> progress(job(name)));
      progress.put(job.name(), known);
    }
    return known;
  }

  /** A build of its path has begun or ended: what was derived from them is derived anew. */
  void buildsChanged() {
    progress.clear();
  }

  /** The job of that name, which must be one of those that apply. */
  Job job(JobName name) {
    Optional<Job> job = jobs == null ? Optional.empty() : jobs.job(name);
    return job.orElseThrow(() -> new IllegalStateException("item " + id + " has no job " + name));
  }

  /** Whether nothing is left to be run on its present path. */
  boolean isComplete() {
    return state == ItemState.UNBUILDABLE
        || (state == ItemState.TESTING
            && jobs().stream().allMatch(job -> progress(job).isDecided()));
  }

  /** Whether it is already certain that it cannot land on its present path. */
  boolean isFailing() {
    return state == ItemState.UNBUILDABLE
        || jobs().stream().anyMatch(job -> job.voting() && progress(job).keepsFromLanding());
  }

  // What happens to it.

  void prepare(PreparationId id, Content onto, @Nullable ItemId behind) {
    require(ItemState.WAITING, ItemState.PREPARING);
    state = ItemState.PREPARING;
    preparation = id;
    base = onto;
    ahead = behind;
  }

  /**
   * The path stays as it is, but another item has come to stand right before it there: none, if
   * what it assumed has landed; one further ahead, if what left had added nothing to the content.
   */
  void standOn(@Nullable ItemId next) {
    ahead = next;
  }

  void prepared(Content merged, JobGraph graph) {
    require(ItemState.PREPARING, ItemState.TESTING);
    state = ItemState.TESTING;
    content = merged;
    jobs = graph;
  }

  void unbuildable(String why) {
    require(ItemState.PREPARING, ItemState.UNBUILDABLE);
    state = ItemState.UNBUILDABLE;
    failure = why;
  }

  void land() {
    require(ItemState.TESTING, ItemState.LANDING);
    state = ItemState.LANDING;
  }

  /** Gives up its path; returns the builds that it had there. */
  List<Build> reset(String why) {
    if (state == ItemState.WAITING) {
      throw new IllegalStateException("item " + id + " is waiting, it has no path to give up");
    }
    List<Build> dropped = builds();
    builds.clear();
    buildsChanged();
    state = ItemState.WAITING;
    preparation = null;
    base = null;
    ahead = null;
    content = null;
    jobs = null;
    failure = "";
    restarts++;
    lastRestart = why;
    return dropped;
  }

  void add(Build build) {
    builds.computeIfAbsent(build.job, name -> new ArrayList<>()).add(build);
    buildsChanged();
  }

  /** A change it depends on has landed. */
  void dependencyLanded(ChangeId landed) {
    change =
        new Change(
            change.id(),
            change.target(),
            change.revision(),
            change.dependsOn().stream().filter(other -> !other.equals(landed)).toList(),
            change.title());
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
