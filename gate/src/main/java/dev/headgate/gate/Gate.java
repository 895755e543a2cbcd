package dev.headgate.gate;

import dev.headgate.model.BranchRef;
import dev.headgate.model.BuildId;
import dev.headgate.model.Change;
import dev.headgate.model.ChangeId;
import dev.headgate.model.Content;
import dev.headgate.model.ItemId;
import dev.headgate.model.Job;
import dev.headgate.model.Outcome;
import dev.headgate.model.PreparationId;
import dev.headgate.model.TestCounts;
import dev.headgate.model.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The gate of one site: dependent queues, one for each target branch, built optimistically (DESIGN
 * §6).
 *
 * <p>An item's path is the branch's tip plus the items ahead of it that are not failing; it stands
 * on the nearest of them, whose own path holds the rest. When the nearest one changes, or its
 * content does, the path can no longer become real: its builds are cancelled and the item is
 * prepared anew. When the nearest one lands, the tip is that very content, and the path stays. So
 * only what assumed a failed item is built again. An item is rejected or landed only at the head,
 * where its path is real.
 *
 * <p>Not safe for use by several threads: one loop owns it. The same rows and the same events give
 * the same steps.
 */
public final class Gate {
  private final GateSettings settings;
  private final Map<BranchRef, Queue> queues = new TreeMap<>();
  private final Map<ItemId, Item> items = new LinkedHashMap<>();
  private final Map<ChangeId, Item> byChange = new LinkedHashMap<>();
  private final Map<PreparationId, Item> preparing = new LinkedHashMap<>();
  private final Map<BuildId, Build> builds = new TreeMap<>();
  private int slots;
  private long nextItem = 1;
  private long nextBuild = 1;
  private long nextPreparation = 1;

  private Gate(GateSettings settings) {
    this.settings = settings;
  }

  /**
   * The machine that a former one's rows describe; no rows give a new one. The rows may come in any
   * order.
   *
   * @throws IllegalArgumentException if the rows contradict each other, which is a bug or a damaged
   *     store
   */
  public static Gate load(Collection<? extends Row> rows, GateSettings settings) {
    Gate gate = new Gate(settings);
    Map<ItemId, Row.Item> itemRows = new TreeMap<>();
    Map<BuildId, Row.Build> buildRows = new TreeMap<>();
    for (Row row : rows) {
      switch (row) {
        case Row.Site site -> gate.restore(site);
        case Row.Tip tip -> gate.queue(tip.branch()).tipIs(tip.content());
        case Row.Item item -> itemRows.put(item.id(), item);
        case Row.Build build -> buildRows.put(build.id(), build);
      }
    }
    itemRows.values().forEach(row -> gate.restore(Item.of(row)));
    buildRows.values().forEach(row -> gate.restore(Build.of(row)));
    return gate;
  }

  private void restore(Row.Site site) {
    slots = site.slots();
    nextItem = site.nextItem();
    nextBuild = site.nextBuild();
    nextPreparation = site.nextPreparation();
  }

  private void restore(Item item) {
    items.put(item.id, item);
    byChange.put(item.name(), item);
    queue(item.change().target()).append(item);
    if (item.state() == ItemState.PREPARING) {
      preparing.put(Objects.requireNonNull(item.preparation()), item);
    }
  }

  private void restore(Build build) {
    builds.put(build.id, build);
    if (build.isCurrent()) {
      Item item = items.get(build.item);
      if (item == null) {
        throw new IllegalArgumentException(
            "build " + build.id + " belongs to item " + build.item + ", which has no row");
      }
      item.add(build);
    }
  }

  /** All rows, which are the whole state, in a fixed order. */
  public List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    rows.add(site());
    for (Queue queue : queues.values()) {
      Content tip = queue.tip();
      if (tip != null) {
        rows.add(new Row.Tip(queue.target, tip));
      }
    }
    items.values().forEach(item -> rows.add(item.row()));
    builds.values().forEach(build -> rows.add(build.row()));
    return rows;
  }

  /** The queued changes of a branch, the head first; empty if there are none. */
  public List<ChangeId> queued(BranchRef target) {
    Queue queue = queues.get(target);
    return queue == null ? List.of() : queue.items().stream().map(Item::name).toList();
  }

  /** Whether nothing is queued and no build holds a slot. */
  public boolean isIdle() {
    return items.isEmpty() && builds.isEmpty();
  }

  /** Whether nothing is left to be decided; cancelled builds may still be ending. */
  public boolean isEmpty() {
    return items.isEmpty();
  }

  /**
   * Takes one event.
   *
   * @param now the time the step is made at; it is kept in rows and decides nothing
   */
  public Step on(Event event, Instant now) {
    Draft draft = new Draft();
    Turn turn = new Turn(draft, now);
    turn.take(event);
    turn.settle();
    return draft.step();
  }

  /** Where a queued change stands; empty if it is not queued. */
  public Optional<Explanation> explain(ChangeId change) {
    Item item = byChange.get(change);
    return item == null ? Optional.empty() : Optional.of(explain(item));
  }

  private Explanation explain(Item item) {
    Queue queue = queue(item.change().target());
    return new Explanation(
        item.name(),
        item.state(),
        queue.positionOf(item),
        queue.items().size(),
        assumed(item),
        item.base(),
        item.content(),
        new Waits(item, queue, blocker(item), settings.window(), slotsFree()).sentences(),
        item.restarts(),
        item.lastRestart());
  }

  // What several transitions ask.

  private Row.Site site() {
    return new Row.Site(slots, nextItem, nextBuild, nextPreparation);
  }

  private Queue queue(BranchRef target) {
    return queues.computeIfAbsent(target, Queue::new);
  }

  private int slotsFree() {
    int active = 0;
    for (Build build : builds.values()) {
      if (build.isActive()) {
        active++;
      }
    }
    return Math.max(0, slots - active);
  }

  /** The changes that the item's path assumes, first to land first. */
  private List<ChangeId> assumed(Item item) {
    List<ChangeId> names = new ArrayList<>();
    ItemId next = item.ahead();
    while (next != null) {
      Item ahead = items.get(next);
      if (ahead == null) {
        break;
      }
      names.addFirst(ahead.name());
      next = ahead.ahead();
    }
    return names;
  }

  /** The first declared dependency, direct or not, that is failing; null if none is. */
  private @Nullable Item blocker(Item item) {
    return item.change().dependsOn().isEmpty() ? null : blocker(item, new HashSet<>());
  }

  /** Visits each item once: stacks whose members all name each other would cost 2^n otherwise. */
  private @Nullable Item blocker(Item item, Set<ItemId> seen) {
    for (ChangeId name : item.change().dependsOn()) {
      Item dependency = byChange.get(name);
      if (dependency == null || !seen.add(dependency.id)) {
        continue;
      }
      Item found = dependency.isFailing() ? dependency : blocker(dependency, seen);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  private boolean isFailing(Item item) {
    return item.isFailing() || blocker(item) != null;
  }

  /**
   * One step in the making: first the event's own transition, then everything that follows from it.
   */
  private final class Turn {
    private final Draft draft;
    private final Instant now;

    Turn(Draft draft, Instant now) {
      this.draft = draft;
      this.now = now;
    }

    void take(Event event) {
      switch (event) {
        case Event.Enqueued e -> enqueue(e.change());
        case Event.Dequeued e -> withdraw(e.change(), e.reason());
        case Event.RevisionChanged e -> revisionChanged(e);
        case Event.Abandoned e -> withdraw(e.change(), "the change exists no more");
        case Event.TipMoved e -> tipIs(queue(e.branch()), e.tip());
        case Event.Prepared e -> prepared(e);
        case Event.Conflicted e -> unbuildable(e.preparation(), e.detail());
        case Event.ConfigBroken e -> unbuildable(e.preparation(), e.detail());
        case Event.BuildStarted e -> buildStarted(e.build());
        case Event.BuildEnded e -> buildEnded(e.build(), e.verdict(), e.tests());
        case Event.BuildLost e ->
            buildEnded(
                e.build(), new Verdict(Verdict.Kind.ENVIRONMENT, e.reason()), TestCounts.NONE);
        case Event.Landed e -> landed(e);
        case Event.LandRefused e -> landRefused(e);
        case Event.CapacityChanged e -> capacityIs(e.slots());
        case Event.ClockAdvanced e -> {}
      }
    }

    // Entering and leaving.

    private void enqueue(Change change) {
      Item present = byChange.get(change.id());
      if (present != null) {
        if (present.change().revision().equals(change.revision())
            && present.change().target().equals(change.target())) {
          stay(present);
          return;
        }
        if (present.state() == ItemState.LANDING) {
          refuse(change, "an older revision of it is landing right now; gate it again after that");
          return;
        }
        leave(present, "replaced by revision " + change.revision());
      }
      for (ChangeId name : change.dependsOn()) {
        Item dependency = byChange.get(name);
        if (dependency == null) {
          refuse(change, "it depends on " + name + ", which has not landed and is not queued");
          return;
        }
        if (!dependency.change().target().equals(change.target())) {
          refuse(
              change,
              "it depends on " + name + ", which is queued for " + dependency.change().target());
          return;
        }
      }
      Item item = new Item(new ItemId(nextItem++), change, now);
      touchSite();
      items.put(item.id, item);
      byChange.put(change.id(), item);
      queue(change.target()).append(item);
      touch(item);
    }

    /** What was to leave while it lands, and enters again meanwhile, is to stay after all. */
    private void stay(Item item) {
      if (!item.leave().isEmpty()) {
        item.leaveUnlessLanded("");
        touch(item);
      }
    }

    /** Ends a change that never enters; it gets an item id so that its report has one. */
    private void refuse(Change change, String reason) {
      ItemId id = new ItemId(nextItem++);
      touchSite();
      ItemEnd end = new ItemEnd(ItemEnd.Kind.REJECTED, Outcome.CHANGE, reason, null, List.of());
      draft.effect(new Effect.Report(id, change, end));
    }

    private void withdraw(ChangeId change, String reason) {
      Item item = byChange.get(change);
      if (item == null) {
        return;
      }
      if (item.state() == ItemState.LANDING) {
        item.leaveUnlessLanded(reason);
        touch(item);
        return;
      }
      leave(item, reason);
    }

    private void revisionChanged(Event.RevisionChanged event) {
      Item item = byChange.get(event.change());
      if (item != null && !item.change().revision().equals(event.revision())) {
        withdraw(
            event.change(),
            "it moved to revision " + event.revision() + " while it was gated; gate it again");
      }
    }

    private void leave(Item item, String reason) {
      remove(
          item,
          new ItemEnd(
              ItemEnd.Kind.WITHDRAWN, Outcome.SUCCESS, reason, item.content(), jobEnds(item)));
    }

    /** Takes an item out and tells how it ended; what depends on it goes too unless it landed. */
    private void remove(Item item, ItemEnd end) {
      item.builds().forEach(this::drop);
      Queue queue = queue(item.change().target());
      queue.remove(item);
      items.remove(item.id);
      byChange.remove(item.name());
      if (item.state() == ItemState.PREPARING) {
        preparing.remove(Objects.requireNonNull(item.preparation()));
      }
      draft.delete(new Row.Key("item", item.id.toString()));
      draft.effect(new Effect.Report(item.id, item.change(), end));
      for (Item other : List.copyOf(queue.items())) {
        if (other.change().dependsOn().contains(item.name())) {
          dependencyLeft(other, item, end);
        }
      }
    }

    private void dependencyLeft(Item dependent, Item dependency, ItemEnd end) {
      if (end.kind() == ItemEnd.Kind.LANDED) {
        dependent.dependencyLanded(dependency.name());
        touch(dependent);
        return;
      }
      if (!items.containsKey(dependent.id)) {
        return;
      }
      remove(
          dependent,
          new ItemEnd(
              end.kind(),
              end.outcome(),
              "it depends on "
                  + dependency.name()
                  + ", which was "
                  + end.kind().code()
                  + ": "
                  + end.reason(),
              dependent.content(),
              jobEnds(dependent)));
    }

    // Paths.

    private void tipIs(Queue queue, Content tip) {
      if (!tip.equals(queue.tip())) {
        queue.tipIs(tip);
        draft.put(
            new Row.Key("tip", queue.target.toString()), () -> new Row.Tip(queue.target, tip));
      }
    }

    private void prepare(Item item, Content base, @Nullable Item ahead) {
      PreparationId id = new PreparationId(nextPreparation++);
      touchSite();
      item.prepare(id, base, ahead == null ? null : ahead.id);
      preparing.put(id, item);
      touch(item);
      draft.effect(new Effect.Prepare(id, item.id, item.change(), base));
    }

    private void prepared(Event.Prepared event) {
      Item item = preparing.remove(event.preparation());
      if (item != null) {
        item.prepared(event.content(), event.jobs().matching(event.changedFiles()));
        touch(item);
      }
    }

    private void unbuildable(PreparationId preparation, String why) {
      Item item = preparing.remove(preparation);
      if (item != null) {
        item.unbuildable(why);
        touch(item);
      }
    }

    private void reset(Item item, String why) {
      if (item.state() == ItemState.PREPARING) {
        preparing.remove(Objects.requireNonNull(item.preparation()));
      }
      item.reset(why).forEach(this::drop);
      touch(item);
    }

    // Builds.

    private void start(Item item, Job job) {
      Build build =
          new Build(
              new BuildId(nextBuild++),
              item.id,
              job.name(),
              item.builds(job.name()).size() + 1,
              now);
      touchSite();
      builds.put(build.id, build);
      item.add(build);
      touch(build);
      draft.effect(
          new Effect.Start(
              build.id,
              item.id,
              item.change(),
              job,
              Objects.requireNonNull(item.content()),
              assumed(item),
              build.attempt));
    }

    private void buildStarted(BuildId id) {
      Build build = builds.get(id);
      if (build != null && build.state() == BuildState.STARTING) {
        build.started(now);
        touch(build);
      }
    }

    private void buildEnded(BuildId id, Verdict verdict, TestCounts tests) {
      Build build = builds.get(id);
      if (build == null || !build.isActive()) {
        return;
      }
      build.ended(verdict, tests, now);
      if (build.isCurrent()) {
        Objects.requireNonNull(items.get(build.item)).buildsChanged();
        touch(build);
      } else {
        forget(build);
      }
    }

    /** A build of a path that was given up: it is ended if it runs, and forgotten. */
    private void drop(Build build) {
      if (build.isActive()) {
        build.abandoned(now);
        touch(build);
        draft.effect(new Effect.Cancel(build.id));
      } else {
        forget(build);
      }
    }

    private void forget(Build build) {
      builds.remove(build.id);
      draft.delete(new Row.Key("build", build.id.toString()));
    }

    private void capacityIs(int count) {
      if (count != slots) {
        slots = count;
        touchSite();
      }
    }

    // Landing.

    private void land(Item item) {
      item.land();
      touch(item);
      draft.effect(
          new Effect.Land(
              item.id,
              item.change(),
              Objects.requireNonNull(item.base()),
              Objects.requireNonNull(item.content())));
    }

    private void landed(Event.Landed event) {
      Item item = items.get(event.item());
      if (item == null || item.state() != ItemState.LANDING) {
        return;
      }
      Content content = Objects.requireNonNull(item.content());
      tipIs(queue(item.change().target()), event.tip());
      String reason = content.equals(item.base()) ? "already contained in " : "landed on ";
      remove(
          item,
          new ItemEnd(
              ItemEnd.Kind.LANDED,
              Outcome.SUCCESS,
              reason + item.change().target().branch(),
              content,
              jobEnds(item)));
    }

    private void landRefused(Event.LandRefused event) {
      Item item = items.get(event.item());
      if (item == null || item.state() != ItemState.LANDING) {
        return;
      }
      Queue queue = queue(item.change().target());
      boolean moved = !event.tip().equals(item.base());
      tipIs(queue, event.tip());
      if (!item.leave().isEmpty()) {
        leave(item, item.leave());
      } else if (moved) {
        reset(item, tipMovedReason(queue));
      } else {
        remove(
            item,
            new ItemEnd(
                ItemEnd.Kind.REJECTED,
                Outcome.ENVIRONMENT,
                "it passed, but " + event.reason(),
                item.content(),
                jobEnds(item)));
      }
    }

    // What follows.

    /**
     * Ends: each round but the last removes an item or sends one to land, and neither is undone
     * here.
     */
    void settle() {
      boolean again = true;
      while (again) {
        queues.values().forEach(this::repath);
        again = false;
        for (Queue queue : queues.values()) {
          again |= decideHead(queue);
        }
      }
      queues.values().forEach(this::startDue);
    }

    /**
     * Gives every item of the window the path it should have: on the nearest item ahead that is not
     * failing.
     */
    private void repath(Queue queue) {
      Item nearest = null;
      for (Item item : window(queue)) {
        repath(queue, item, nearest);
        if (!isFailing(item)) {
          nearest = item;
        }
      }
    }

    private void repath(Queue queue, Item item, @Nullable Item nearest) {
      if (item.state() == ItemState.LANDING) {
        return;
      }
      Item blocker = blocker(item);
      if (blocker != null) {
        if (item.state() != ItemState.WAITING) {
          reset(item, "it depends on " + blocker.name() + ", which is failing");
        }
        return;
      }
      Content base = nearest == null ? queue.tip() : nearest.content();
      ItemId ahead = nearest == null ? null : nearest.id;
      if (item.state() != ItemState.WAITING && !Objects.equals(item.base(), base)) {
        reset(item, restartReason(queue, item, nearest));
      }
      if (base == null) {
        if (nearest == null) {
          draft.effect(new Effect.Ask(queue.target));
        }
      } else if (item.state() == ItemState.WAITING) {
        prepare(item, base, nearest);
      } else if (!Objects.equals(item.ahead(), ahead)) {
        item.standOn(ahead);
        touch(item);
      }
    }

    private String restartReason(Queue queue, Item item, @Nullable Item nearest) {
      ItemId former = item.ahead();
      if (former == null) {
        return nearest == null
            ? tipMovedReason(queue)
            : nearest.name() + ", ahead of it, is tested again and may land first";
      }
      Item ahead = items.get(former);
      if (ahead == null) {
        return "what it was built on left the queue without landing, or its branch moved";
      }
      if (isFailing(ahead)) {
        return "it was built on " + ahead.name() + ", which is failing";
      }
      return ahead == nearest
          ? "it was built on " + ahead.name() + ", which was itself restarted"
          : "another item ahead of it is tested again and may land first";
    }

    private String tipMovedReason(Queue queue) {
      return queue.target.branch() + " was moved to " + queue.tip() + " by someone else";
    }

    /**
     * Lands or rejects the head if its path is real and nothing of it is left to run; whether it
     * did either.
     */
    private boolean decideHead(Queue queue) {
      Item head = queue.head();
      if (head == null || !head.isComplete()) {
        return false;
      }
      if (!head.isFailing()) {
        land(head);
        return true;
      }
      remove(
          head,
          new ItemEnd(
              ItemEnd.Kind.REJECTED,
              failureOutcome(head),
              Failures.reason(head),
              head.content(),
              jobEnds(head)));
      return true;
    }

    private Outcome failureOutcome(Item item) {
      return Failures.onlyEnvironment(item) ? Outcome.ENVIRONMENT : Outcome.CHANGE;
    }

    /** Hands free slots to due jobs, items nearer the head first. */
    private void startDue(Queue queue) {
      int free = slotsFree();
      for (Item item : window(queue)) {
        if (item.state() != ItemState.TESTING) {
          continue;
        }
        for (Job job : item.jobs()) {
          if (free == 0) {
            return;
          }
          if (item.progress(job) == JobProgress.DUE) {
            start(item, job);
            free--;
          }
        }
      }
    }

    private List<Item> window(Queue queue) {
      List<Item> all = queue.items();
      return List.copyOf(all.subList(0, Math.min(settings.window(), all.size())));
    }

    private List<ItemEnd.JobEnd> jobEnds(Item item) {
      return Failures.jobEnds(item);
    }

    private void touch(Item item) {
      draft.put(new Row.Key("item", item.id.toString()), item::row);
    }

    private void touch(Build build) {
      draft.put(new Row.Key("build", build.id.toString()), build::row);
    }

    private void touchSite() {
      draft.put(new Row.Key("site", "site"), Gate.this::site);
    }
  }
}
