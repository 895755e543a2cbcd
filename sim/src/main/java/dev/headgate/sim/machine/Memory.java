package dev.headgate.sim.machine;

import dev.headgate.gate.BuildState;
import dev.headgate.gate.Effect;
import dev.headgate.gate.Event;
import dev.headgate.gate.GateSettings;
import dev.headgate.gate.ItemState;
import dev.headgate.gate.Pipeline;
import dev.headgate.gate.QueueKey;
import dev.headgate.gate.Row;
import dev.headgate.gate.RowChange;
import dev.headgate.gate.Step;
import dev.headgate.model.BranchRef;
import dev.headgate.model.BuildId;
import dev.headgate.model.Change;
import dev.headgate.model.ChangeId;
import dev.headgate.model.Content;
import dev.headgate.model.ItemId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What the model has seen: events, effects and public rows, and nothing of the machine itself. */
final class Memory {
  GateSettings settings;

  /** How the site was set up before the event. */
  GateSettings formerSettings;

  int slots;
  int active;
  final Map<ItemId, Row.Item> items = new TreeMap<>();
  final Map<BuildId, Row.Build> builds = new TreeMap<>();
  final Map<ChangeId, Row.Known> known = new TreeMap<>();
  final Map<QueueKey, Integer> windows = new HashMap<>();
  final Told told = new Told();
  final Set<ChangeId> landed = new HashSet<>();
  final Map<BuildId, KnownBuild> tests = new HashMap<>();
  private final Map<ItemId, List<KnownBuild>> testsOf = new HashMap<>();

  /** The items whose rows the step changed, as they were before; empty if they were not there. */
  final Map<ItemId, Optional<Row.Item>> before = new TreeMap<>();

  /** The changes that came to exist again in the step after they had ended. */
  final Set<ChangeId> reopened = new HashSet<>();

  /** The changes that were ever known to depend on others. */
  final Set<ChangeId> needy = new HashSet<>();

  Memory(GateSettings settings) {
    this.settings = settings;
    this.formerSettings = settings;
  }

  List<KnownBuild> testsOf(ItemId item) {
    return testsOf.getOrDefault(item, List.of());
  }

  @Nullable Pipeline pipelineOf(Row.Item item) {
    return settings.pipeline(item.queue().pipeline()).orElse(null);
  }

  /** What a branch is at, for each branch of an item's path. */
  static Map<BranchRef, Content> path(Row.Item item) {
    Map<BranchRef, Content> whole = new TreeMap<>(item.base());
    whole.putAll(item.contents());
    return whole;
  }

  /** The items of a queue, the head first. */
  List<Row.Item> queue(QueueKey key) {
    List<Row.Item> found = new ArrayList<>();
    for (Row.Item item : items.values()) {
      if (item.queue().equals(key)) {
        found.add(item);
      }
    }
    found.sort((one, other) -> Long.compare(one.order(), other.order()));
    return found;
  }

  // What happens.

  void happened(Event event) {
    formerSettings = settings;
    told.heard(event, isNews(event), endsLanding(event));
    switch (event) {
      case Event.BuildEnded e -> test(e.build()).ifPresent(test -> test.ended(e));
      case Event.BuildLost e -> test(e.build()).ifPresent(test -> test.lost(e));
      case Event.BuildPaused e -> test(e.build()).ifPresent(test -> test.paused(e));
      case Event.Evidence e -> test(e.build()).ifPresent(KnownBuild::doubted);
      case Event.Landed e -> landed(e);
      case Event.LandRefused e -> {
        if (isLanding(e.item())) {
          landed.addAll(e.landed());
        }
      }
      case Event.MergedOutside e -> landed.add(e.change());
      case Event.Proposed e -> remember(e.change());
      case Event.Enqueued e -> remember(e.change());
      case Event.DependenciesChanged e -> needy.add(e.change());
      case Event.Reconfigured e -> settings = e.settings();
      case Event.CapacityChanged e -> slots = e.slots();
      default -> {}
    }
  }

  private void remember(Change change) {
    if (!change.dependsOn().isEmpty() || !change.topic().isEmpty()) {
      needy.add(change.id());
    }
  }

  private Optional<KnownBuild> test(BuildId build) {
    return Optional.ofNullable(tests.get(build));
  }

  /**
   * False of what teaches nothing of a change: to enter a pipeline that is not there, or one in
   * which it is already at that revision.
   */
  private boolean isNews(Event event) {
    if (!(event instanceof Event.Enqueued enqueued)) {
      return true;
    }
    Change change = enqueued.change();
    for (Row.Item item : items.values()) {
      boolean there = item.queue().pipeline().equals(enqueued.pipeline());
      for (Change queued : there ? item.changes() : List.<Change>of()) {
        if (queued.id().equals(change.id())
            && queued.revision().equals(change.revision())
            && queued.target().equals(change.target())) {
          return false;
        }
      }
    }
    return settings.pipeline(enqueued.pipeline()).isPresent();
  }

  private boolean endsLanding(Event event) {
    return switch (event) {
      case Event.Landed e -> isLanding(e.item());
      case Event.LandRefused e -> isLanding(e.item());
      default -> false;
    };
  }

  boolean isLanding(ItemId id) {
    Row.Item item = items.get(id);
    return item != null && item.state() == ItemState.LANDING;
  }

  private void landed(Event.Landed event) {
    Row.Item item = items.get(event.item());
    if (item != null && item.state() == ItemState.LANDING) {
      item.changes().forEach(change -> landed.add(change.id()));
    }
  }

  /** Takes the rows and builds of a step. */
  void take(Step step) {
    before.clear();
    reopened.clear();
    for (RowChange change : step.changes()) {
      switch (change) {
        case RowChange.Put put -> put(put.row());
        case RowChange.Delete delete -> delete(delete.key());
      }
    }
    for (Effect effect : step.effects()) {
      switch (effect) {
        case Effect.Start start -> start(start);
        case Effect.Resume resume -> test(resume.build()).ifPresent(KnownBuild::resumed);
        default -> {}
      }
    }
  }

  private void start(Effect.Start start) {
    KnownBuild test = new KnownBuild(start);
    if (tests.putIfAbsent(start.build(), test) == null) {
      testsOf.computeIfAbsent(start.item(), id -> new ArrayList<>()).add(test);
    }
  }

  private void put(Row row) {
    switch (row) {
      case Row.Item item -> before.put(item.id(), Optional.ofNullable(items.put(item.id(), item)));
      case Row.Build build -> replaced(builds.put(build.id(), build), build);
      case Row.Known one -> {
        Row.Known former = known.put(one.change().id(), one);
        remember(one.change());
        if (former != null
            && former.status() != Row.Known.Status.OPEN
            && one.status() == Row.Known.Status.OPEN) {
          reopened.add(one.change().id());
        }
      }
      case Row.Queue queue -> windows.put(queue.queue(), queue.window());
      case Row.Tip tip -> {}
      case Row.Site site -> {}
      case Row.Freeze freeze -> {}
      case Row.Forecast forecast -> {}
      case Row.Flakiness flaky -> {}
      case Row.PipelineState pipeline -> {}
    }
  }

  private void replaced(Row.@Nullable Build former, Row.@Nullable Build now) {
    active += holds(now) - holds(former);
  }

  private static int holds(Row.@Nullable Build build) {
    return build == null || build.state() == BuildState.ENDED ? 0 : 1;
  }

  private void delete(Row.Key key) {
    switch (key.kind()) {
      case "item" -> {
        ItemId id = new ItemId(Long.parseLong(key.name()));
        before.put(id, Optional.ofNullable(items.remove(id)));
      }
      case "build" -> replaced(builds.remove(new BuildId(Long.parseLong(key.name()))), null);
      case "change" -> known.remove(new ChangeId(key.name()));
      case "queue" -> windows.keySet().removeIf(queue -> queue.toString().equals(key.name()));
      default -> {}
    }
  }
}
