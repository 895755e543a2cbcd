package dev.headgate.gate;

import dev.headgate.model.BranchRef;
import dev.headgate.model.BuildId;
import dev.headgate.model.Change;
import dev.headgate.model.ChangeId;
import dev.headgate.model.Content;
import dev.headgate.model.ItemId;
import dev.headgate.model.JobName;
import dev.headgate.model.PipelineName;
import dev.headgate.model.PreparationId;
import dev.headgate.model.ProjectId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** All that a gate knows, and how it is read from rows and written to them. */
final class State {
  /** Queues that no configuration names come after those that one does. */
  private static final int UNDECLARED = Integer.MAX_VALUE;

  /** Whose turn it is first: precedence, pipeline, queue, place in it. */
  static final Comparator<Item> TURNS =
      Comparator.<Item>comparingInt(item -> item.queue.pipeline.precedence())
          .thenComparingInt(item -> item.queue.index)
          .thenComparingInt(item -> item.queue.rank)
          .thenComparingLong(item -> item.order)
          .thenComparing(item -> item.id);

  GateSettings settings;
  final Book book = new Book();
  final Map<BranchRef, Content> tips = new TreeMap<>();
  final Map<BranchRef, String> freezes = new TreeMap<>();
  final Map<QueueKey, Queue> queues = new TreeMap<>();
  final Map<ItemId, Item> items = new LinkedHashMap<>();
  final Map<PreparationId, Item> preparing = new HashMap<>();
  final Map<BuildId, Build> builds = new TreeMap<>();
  final Map<PipelineName, Health> health = new TreeMap<>();
  final Map<ChangeId, Row.Forecast> forecasts = new TreeMap<>();
  final Map<JobName, Row.Flakiness> flakiness = new TreeMap<>();

  /** Items with a job that may be due and was not started, for want of a slot at least. */
  final TreeSet<Item> hungry = new TreeSet<>(TURNS);

  final Map<String, Set<BuildId>> holders = new HashMap<>();
  final Map<String, Set<Item>> waiters = new HashMap<>();
  private final Map<PipelineName, Map<ChangeId, TreeMap<ItemId, Item>>> placed = new HashMap<>();
  private final Map<ChangeId, Set<Item>> carriers = new HashMap<>();
  int slots;
  int activeBuilds;
  long nextItem = 1;
  long nextBuild = 1;
  long nextPreparation = 1;
  long nextOrder = Queue.STRIDE;

  /** How a pipeline has fared. */
  static final class Health {
    int failures;
    boolean disabled;
  }

  State(GateSettings settings) {
    this.settings = settings;
  }

  // Rows.

  void restore(Collection<? extends Row> rows) {
    Map<ItemId, Row.Item> itemRows = new TreeMap<>();
    Map<BuildId, Row.Build> buildRows = new TreeMap<>();
    Map<Long, Row.Known> knownRows = new TreeMap<>();
    Map<QueueKey, Integer> windows = new HashMap<>();
    for (Row row : rows) {
      switch (row) {
        case Row.Site site -> restore(site);
        case Row.Tip tip -> tips.put(tip.branch(), tip.content());
        case Row.Freeze freeze -> freezes.put(freeze.branch(), freeze.reason());
        case Row.Queue queue -> windows.put(queue.queue(), queue.window());
        case Row.PipelineState pipeline -> restore(pipeline);
        case Row.Known known -> knownRows.put(known.number(), known);
        case Row.Forecast forecast -> forecasts.put(forecast.change(), forecast);
        case Row.Flakiness flaky -> flakiness.put(flaky.job(), flaky);
        case Row.Item item -> itemRows.put(item.id(), item);
        case Row.Build build -> buildRows.put(build.id(), build);
      }
    }
    knownRows.values().forEach(book::restore);
    windows.forEach((key, window) -> queue(key).windowIs(window));
    restore(itemRows);
    buildRows.values().forEach(row -> restore(Build.of(row)));
    for (Item item : inTurn(items.values())) {
      item.passedOver = isPassedOver(item);
      if (item.state() == ItemState.TESTING) {
        hungry.add(item);
      }
    }
  }

  private void restore(Row.Site site) {
    slots = site.slots();
    nextItem = site.nextItem();
    nextBuild = site.nextBuild();
    nextPreparation = site.nextPreparation();
    nextOrder = site.nextOrder();
    book.nextNumber = site.nextKnown();
  }

  private void restore(Row.PipelineState row) {
    Health kept = new Health();
    kept.failures = row.failures();
    kept.disabled = row.disabled();
    health.put(row.pipeline(), kept);
  }

  private void restore(Map<ItemId, Row.Item> rows) {
    for (Row.Item row : rows.values()) {
      items.put(row.id(), Item.of(row, queue(row.queue())));
    }
    rows.values()
        .forEach(row -> {
          Item item = item(row.id());
          ItemId ahead = row.ahead();
          item.standOn(ahead == null ? null : item(ahead));
          PreparationId preparation = row.preparation();
          if (item.state() == ItemState.PREPARING && preparation != null) {
            preparing.put(preparation, item);
          }
        });
    for (Item item : inTurn(items.values())) {
      item.queue.insertAfter(item.queue.last(), item);
      place(item);
      countHolder(item);
    }
    queues.values().forEach(Queue::slide);
  }

  private void restore(Build build) {
    builds.put(build.id, build);
    Item item = items.get(build.item);
    if (build.isActive()) {
      activeBuilds++;
    }
    if (build.isCurrent() && item == null) {
      throw new IllegalArgumentException(
          "build " + build.id + " belongs to item " + build.item + ", which has no row");
    }
    if (item != null && build.isCurrent()) {
      item.add(build);
    } else if (item != null && build.hasPassed()) {
      item.keptBuilds().add(build);
    }
    if (build.isActive()) {
      acquire(build);
    }
  }

  private Item item(ItemId id) {
    Item item = items.get(id);
    if (item == null) {
      throw new IllegalArgumentException("item " + id + " is named in a row and has none itself");
    }
    return item;
  }

  List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    rows.add(site());
    tips.forEach((branch, content) -> rows.add(new Row.Tip(branch, content)));
    freezes.forEach((branch, reason) -> rows.add(new Row.Freeze(branch, reason)));
    health.keySet().forEach(pipeline -> rows.add(healthRow(pipeline)));
    for (Queue queue : queues.values()) {
      if (queue.pipeline.manager().lands()) {
        rows.add(queue.row());
      }
    }
    book.entries().forEach(entry -> rows.add(entry.row()));
    rows.addAll(forecasts.values());
    rows.addAll(flakiness.values());
    items.values().forEach(item -> rows.add(item.row()));
    builds.values().forEach(build -> rows.add(build.row()));
    return rows;
  }

  Row.Site site() {
    return new Row.Site(slots, nextItem, nextBuild, nextPreparation, nextOrder, book.nextNumber);
  }

  Row.PipelineState healthRow(PipelineName pipeline) {
    Health kept = health(pipeline);
    return new Row.PipelineState(pipeline, kept.failures, kept.disabled);
  }

  // Queues.

  Health health(PipelineName pipeline) {
    return health.computeIfAbsent(pipeline, name -> new Health());
  }

  boolean isDisabled(Pipeline pipeline) {
    Health known = health.get(pipeline.name());
    return known != null && known.disabled;
  }

  /** The queue of that name, made if there is none. */
  Queue queue(QueueKey key) {
    return queues.computeIfAbsent(key, this::newQueue);
  }

  private Queue newQueue(QueueKey key) {
    Pipeline pipeline =
        settings
            .pipeline(key.pipeline())
            .orElseGet(() -> Pipeline.of(key.pipeline().value(), Manager.INDEPENDENT));
    int index = settings.pipelines().indexOf(pipeline);
    int rank = UNDECLARED;
    for (int i = 0; i < settings.queues().size() && rank == UNDECLARED; i++) {
      if (settings.queues().get(i).name().equals(key.name())) {
        rank = i;
      }
    }
    int window =
        switch (pipeline.manager()) {
          case DEPENDENT -> pipeline.window().start();
          case INDEPENDENT -> 0;
          case SERIAL, SUPERCEDENT -> 1;
        };
    return new Queue(key, pipeline, index < 0 ? UNDECLARED : index, rank, window);
  }

  /**
   * The queue that a change of a project would stand in; null if the project does not take part.
   * Independent pipelines have one for each item.
   */
  @Nullable QueueKey queueKey(Pipeline pipeline, BranchRef target, ItemId item) {
    ProjectId project = target.project();
    if (!pipeline.takes(project)) {
      return null;
    }
    SharedQueue shared = settings.queueOf(project);
    String name = shared == null ? project.value() : shared.name();
    String branch = shared == null || shared.perBranch() ? target.branch() : "";
    return switch (pipeline.manager()) {
      case DEPENDENT, SERIAL -> new QueueKey(pipeline.name(), name, branch);
      case SUPERCEDENT -> new QueueKey(pipeline.name(), project.value(), target.branch());
      case INDEPENDENT -> new QueueKey(pipeline.name(), project + "#" + item, "");
    };
  }

  /** Whether changes could stand in a queue of that name as the site is set up now. */
  boolean isNamed(QueueKey key) {
    for (SharedQueue shared : settings.queues()) {
      if (shared.name().equals(key.name())) {
        return shared.perBranch() != key.branch().isEmpty();
      }
    }
    ProjectId project = new ProjectId(key.name());
    return !key.branch().isEmpty()
        && settings.queueOf(project) == null
        && settings.pipeline(key.pipeline()).map(pipeline -> pipeline.takes(project)).orElse(false);
  }

  /** Queues by pipeline and rank. */
  List<Queue> queuesInOrder() {
    List<Queue> all = new ArrayList<>(queues.values());
    all.sort(
        Comparator.<Queue>comparingInt(queue -> queue.pipeline.precedence())
            .thenComparingInt(queue -> queue.index)
            .thenComparingInt(queue -> queue.rank)
            .thenComparing(queue -> {
              Item first = queue.first();
              return first == null ? Long.MAX_VALUE : first.order;
            })
            .thenComparing(queue -> queue.key));
    return all;
  }

  static List<Item> inTurn(Collection<Item> some) {
    List<Item> all = new ArrayList<>(some);
    all.sort(TURNS);
    return all;
  }

  // Where changes stand.

  /** Whether a change is in a pipeline, at its present revision if older ones may stay there. */
  boolean isIn(Pipeline pipeline, Change change) {
    for (Item item : placedAll(pipeline, change.id())) {
      if (!pipeline.keepsOldRevisions() || item.isOf(change)) {
        return true;
      }
    }
    return false;
  }

  /** The item of a change in a pipeline, the newest if it has several; null if it has none. */
  @Nullable Item placed(Pipeline pipeline, ChangeId change) {
    TreeMap<ItemId, Item> found = placed.getOrDefault(pipeline.name(), Map.of()).get(change);
    return found == null ? null : found.lastEntry().getValue();
  }

  /** The item of a change at its revision, else its newest; null if it has none. */
  @Nullable Item placedAt(Pipeline pipeline, Change change) {
    for (Item item : placedAll(pipeline, change.id())) {
      if (item.isOf(change)) {
        return item;
      }
    }
    return placed(pipeline, change.id());
  }

  private Collection<Item> placedAll(Pipeline pipeline, ChangeId change) {
    TreeMap<ItemId, Item> found = placed.getOrDefault(pipeline.name(), Map.of()).get(change);
    return found == null ? List.of() : found.values();
  }

  /**
   * The items of a change in the order of pipelines; several in a pipeline that keeps old
   * revisions.
   */
  List<Item> itemsOf(ChangeId change) {
    List<Item> found = new ArrayList<>();
    for (Map<ChangeId, TreeMap<ItemId, Item>> byChange : placed.values()) {
      TreeMap<ItemId, Item> here = byChange.get(change);
      if (here != null) {
        found.addAll(here.values());
      }
    }
    return inTurn(found);
  }

  /** Whether an item stands in a queue. */
  boolean isPlaced(Item item) {
    return itemsOf(item.lead.id()).contains(item);
  }

  /** What an item carries, and what its own revisions of its changes depend on. */
  private static Set<ChangeId> needsOf(Item item) {
    Set<ChangeId> needs = new LinkedHashSet<>();
    item.carried.forEach(change -> needs.add(change.id()));
    item.changes.forEach(change -> needs.addAll(change.dependsOn()));
    return needs;
  }

  /** The items that carry a change, or depend on it at the revision they are of, oldest first. */
  Set<Item> carriersOf(ChangeId change) {
    return carriers.getOrDefault(change, Set.of());
  }

  void place(Item item) {
    for (ChangeId need : needsOf(item)) {
      carriers.computeIfAbsent(need, id -> new LinkedHashSet<>()).add(item);
    }
    Map<ChangeId, TreeMap<ItemId, Item>> byChange =
        placed.computeIfAbsent(item.queue.pipeline.name(), name -> new HashMap<>());
    for (Change change : item.changes) {
      byChange.computeIfAbsent(change.id(), id -> new TreeMap<>()).put(item.id, item);
    }
  }

  void displace(Item item) {
    for (ChangeId need : needsOf(item)) {
      carriers.computeIfPresent(
          need,
          (id, here) -> {
            here.remove(item);
            return here.isEmpty() ? null : here;
          });
    }
    Map<ChangeId, TreeMap<ItemId, Item>> byChange = placed.get(item.queue.pipeline.name());
    if (byChange == null) {
      return;
    }
    for (Change change : item.changes) {
      byChange.computeIfPresent(
          change.id(),
          (id, here) -> {
            here.remove(item.id);
            return here.isEmpty() ? null : here;
          });
    }
  }

  boolean allowsCircles(Change change) {
    SharedQueue shared = settings.queueOf(change.target().project());
    return shared != null && shared.circular();
  }

  boolean joinsTopics(Change change) {
    SharedQueue shared = settings.queueOf(change.target().project());
    return shared != null && shared.byTopic();
  }

  /** The changes that depend on each other in a circle with one, itself included. */
  List<ChangeId> circleOf(ChangeId change) {
    Book.Entry known = book.find(change);
    return known == null ? List.of(change) : book.circleOf(change, joinsTopics(known.change()));
  }

  /** What a change depends on that has not landed. */
  List<ChangeId> unlandedNeeds(Change change) {
    Book.Entry known = book.find(change.id());
    Change newest =
        known != null && known.change().revision().equals(change.revision())
            ? known.change()
            : change;
    return book.unlandedNeeds(newest, joinsTopics(change));
  }

  /**
   * The item that an item must wait for because it needs it, directly or not, and it fails, is
   * held, or is not what it would stand on; null if there is none.
   */
  @Nullable Item blocker(Item item) {
    Item blocker = nextBlocker(item);
    Set<ItemId> seen = new LinkedHashSet<>();
    while (blocker != null && blocker.held().isEmpty() && seen.add(blocker.id)) {
      Item further = nextBlocker(blocker);
      if (further == null) {
        break;
      }
      blocker = further;
    }
    return blocker;
  }

  private @Nullable Item nextBlocker(Item item) {
    if (!item.queue.pipeline.manager().lands()) {
      return null;
    }
    for (Change change : item.changes) {
      for (ChangeId need : unlandedNeeds(change)) {
        Item needed = item.has(need) ? null : placed(item.queue.pipeline, need);
        if (needed != null && (needed.passedOver || !isBelow(needed, item))) {
          return needed;
        }
      }
    }
    return null;
  }

  /**
   * Whether an item would stand on another of its queue, directly or not. If that is tested again
   * while one behind it is landing, it would not.
   */
  private static boolean isBelow(Item needed, Item item) {
    if (needed.queue != item.queue || needed.order > item.order) {
      return true;
    }
    Item below = nearest(item);
    while (below != null && below.order > needed.order && below.state() != ItemState.LANDING) {
      below = nearest(below);
    }
    return below == needed;
  }

  /** What keeps a blocker from being stood on. */
  static String standing(Item blocker) {
    if (!blocker.held().isEmpty()) {
      return "held";
    }
    return blocker.passedOver ? "failing" : "tested again while another is landing";
  }

  /**
   * Whether what is behind an item does not stand on it. While it lands, it matters no more what it
   * needs; what had begun without it since it was thought to fail goes on so.
   */
  boolean isPassedOver(Item item) {
    return item.isFailing(settings.differences())
        || (item.state() != ItemState.LANDING
            && (!item.held().isEmpty() || nextBlocker(item) != null));
  }

  /** The nearest item before it that it can stand on; null if it stands on the tips. */
  static @Nullable Item nearest(Item item) {
    Item before = item.previous;
    while (before != null && before.passedOver) {
      before = before.previous;
    }
    return before;
  }

  /**
   * What an item would stand on; empty if that is not known yet.
   *
   * @param ahead what is to land right before it; null if nothing is
   */
  Optional<Map<BranchRef, Content>> base(Item item, @Nullable Item ahead) {
    if (ahead != null && !ahead.hasContents()) {
      return Optional.empty();
    }
    Map<BranchRef, Content> base = new TreeMap<>();
    for (Change change : item.carried) {
      addTip(base, change.target());
    }
    for (Change change : item.changes) {
      addTip(base, change.target());
    }
    if (ahead != null) {
      base.putAll(ahead.path());
    }
    for (Change change : item.changes) {
      if (!base.containsKey(change.target())) {
        return Optional.empty();
      }
    }
    return Optional.of(base);
  }

  private void addTip(Map<BranchRef, Content> base, BranchRef branch) {
    Content tip = tips.get(branch);
    if (tip != null) {
      base.put(branch, tip);
    }
  }

  /** The changes that an item's path assumes to land before it, first to land first. */
  static List<Change> assumed(Item item) {
    List<Item> chain = new ArrayList<>();
    for (Item next = item.ahead(); next != null; next = next.ahead()) {
      chain.add(next);
    }
    List<Change> changes = new ArrayList<>();
    for (Item next : chain.reversed()) {
      changes.addAll(next.changes);
    }
    return changes;
  }

  // Workers and semaphores.

  int slotsFree() {
    return Math.max(0, slots - activeBuilds);
  }

  void countHolder(Item item) {
    boolean holds =
        item.tasks().stream().anyMatch(task -> task.job().coordination().holdsFollowers());
    if (holds != item.holder) {
      item.holder = holds;
      item.queue.holders += holds ? 1 : -1;
    }
  }

  void acquire(Build build) {
    for (String name : build.semaphores) {
      holders.computeIfAbsent(name, key -> new LinkedHashSet<>()).add(build.id);
    }
  }

  /** The first of the semaphores that cannot be held now; null if all can. */
  @Nullable String taken(List<String> names) {
    for (String name : names) {
      if (holders.getOrDefault(name, Set.of()).size() >= settings.holdersOf(name)) {
        return name;
      }
    }
    return null;
  }

  void release(Build build) {
    for (String name : build.semaphores) {
      Set<BuildId> held = holders.get(name);
      if (held != null) {
        held.remove(build.id);
      }
      Set<Item> waiting = waiters.remove(name);
      if (waiting != null) {
        hungry.addAll(waiting);
      }
    }
  }
}
