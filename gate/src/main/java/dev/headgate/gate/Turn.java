package dev.headgate.gate;

import dev.headgate.model.BranchRef;
import dev.headgate.model.Change;
import dev.headgate.model.ChangeId;
import dev.headgate.model.Outcome;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One step in the making: first the event's own transition, then everything that follows from it.
 *
 * <p>What may follow is looked for only at items that something happened to: they are looked at in
 * the order of their queues, each may make others be looked at, and what follows ends, because an
 * item that is looked at again has changed in between and none can go back.
 */
final class Turn {
  private final State state;
  final Draft draft;
  final Instant now;

  /** What is to be looked at. */
  final TreeSet<Item> dirty = new TreeSet<>(State.TURNS);

  /** The changes that left in this step without landing. */
  final Map<ChangeId, Left> left = new HashMap<>();

  /** The branches whose tip was asked for in this step. */
  final Set<BranchRef> asked = new LinkedHashSet<>();

  final Rows rows;
  final Knowledge knowledge;
  final Entries entries;
  final Exits exits;
  final Promotion promotion;
  final Paths paths;
  final Building building;
  final Landings landings;

  /**
   * How a change left a queue in this step: the change it all began with, and what became of it.
   */
  record Left(ChangeId root, ItemEnd.Kind kind, Outcome outcome, String reason) {}

  Turn(State state, Draft draft, Instant now) {
    this.state = state;
    this.draft = draft;
    this.now = now;
    this.rows = new Rows(state, draft);
    this.knowledge = new Knowledge(this, state);
    this.entries = new Entries(this, state);
    this.exits = new Exits(this, state);
    this.promotion = new Promotion(this, state);
    this.paths = new Paths(this, state);
    this.building = new Building(this, state);
    this.landings = new Landings(this, state);
  }

  Differences differences() {
    return state.settings.differences();
  }

  void take(Event event) {
    switch (event) {
      case Event.Proposed e -> knowledge.proposed(e.change());
      case Event.Approved e -> knowledge.approved(e);
      case Event.ApprovalWithdrawn e -> knowledge.approvalWithdrawn(e.change());
      case Event.RevisionChanged e -> knowledge.revisionChanged(e);
      case Event.Abandoned e -> knowledge.abandoned(e.change());
      case Event.MergedOutside e -> knowledge.mergedOutside(e.change());
      case Event.DependenciesChanged e -> knowledge.dependenciesChanged(e);
      case Event.Enqueued e -> entries.enqueued(e);
      case Event.Dequeued e -> exits.dequeued(e);
      case Event.Promoted e -> promotion.promoted(e);
      case Event.Held e -> paths.held(e.change(), e.reason().isEmpty() ? "on demand" : e.reason());
      case Event.Released e -> paths.held(e.change(), "");
      case Event.Frozen e -> paths.frozen(e.branch(), e.reason());
      case Event.Thawed e -> paths.thawed(e.branch());
      case Event.Reconfigured e -> new Reconfiguration(this, state).apply(e.settings());
      case Event.TipMoved e -> paths.tipMoved(e.branch(), e.tip());
      case Event.Prepared e -> paths.prepared(e);
      case Event.Conflicted e ->
          paths.unbuildable(e.preparation(), e.detail(), ItemEnd.Cause.CONFLICT);
      case Event.ConfigBroken e ->
          paths.unbuildable(e.preparation(), e.detail(), ItemEnd.Cause.CONFIGURATION);
      case Event.BuildStarted e -> building.buildStarted(e.build());
      case Event.BuildEnded e -> building.buildEnded(e);
      case Event.BuildPaused e -> building.buildPaused(e);
      case Event.BuildLost e -> building.buildLost(e);
      case Event.Evidence e -> building.evidence(e);
      case Event.Landed e -> landings.landed(e);
      case Event.LandRefused e -> landings.landRefused(e);
      case Event.CapacityChanged e -> building.capacityIs(e.slots());
      case Event.EstimateChanged e ->
          knowledge.forecast(e.change(), Optional.of(e.probability()), Optional.empty());
      case Event.TargetsKnown e ->
          knowledge.forecast(e.change(), Optional.empty(), Optional.of(e.targets()));
      case Event.FlakinessKnown e -> knowledge.flakiness(e.job(), e.rate());
      case Event.ClockAdvanced e -> {}
    }
  }

  /** Everything that follows from what was taken. */
  void settle() {
    while (!dirty.isEmpty()) {
      Item item = dirty.removeFirst();
      if (state.items.get(item.id) == item) {
        process(item);
      }
    }
    building.startDue();
  }

  private void process(Item item) {
    if (item.state() == ItemState.LANDING) {
      return;
    }
    String missing = requirementOf(item);
    if (!missing.isEmpty()) {
      exits.reject(item, ItemEnd.Cause.REQUIREMENT, Outcome.CHANGE, missing);
      return;
    }
    ChangeId lost = lostNeed(item);
    if (lost != null) {
      exits.leaveFor(item, lost);
      return;
    }
    Item blocker = state.blocker(item);
    if (!item.held().isEmpty()) {
      paths.giveUpPath(item, "it is held: " + item.held());
    } else if (blocker != null) {
      paths.giveUpPath(
          item, "it depends on " + blocker.name() + ", which is " + State.standing(blocker));
    } else {
      if (item.queue.pipeline.manager().lands()) {
        paths.standOnNearest(item);
      }
      if (item.active) {
        advance(item);
      }
    }
    boolean over = blocker != null || state.isPassedOver(item);
    if (over != item.passedOver) {
      item.passedOver = over;
      markFrom(item.next);
      for (Change change : item.changes) {
        knowledge.markDependents(change.id());
      }
    }
    if (item.held().isEmpty() && blocker == null) {
      landings.decide(item);
    }
  }

  /** Items whose nearest item to stand on may be another now. */
  void markFrom(@Nullable Item first) {
    Item next = first;
    while (next != null) {
      dirty.add(next);
      if (!next.passedOver) {
        return;
      }
      next = next.next;
    }
  }

  private String requirementOf(Item item) {
    if (!item.queue.pipeline.manager().lands()) {
      return "";
    }
    for (Change change : item.changes) {
      Book.Entry entry = state.book.find(change.id());
      if (entry != null && !entry.hasLanded()) {
        String missing = entries.requirementMissing(item.queue.pipeline, entry);
        if (!missing.isEmpty()) {
          return missing;
        }
      }
    }
    return "";
  }

  /** The first change that an item cannot stay without and that is not there; null if all are. */
  private @Nullable ChangeId lostNeed(Item item) {
    Manager manager = item.queue.pipeline.manager();
    boolean carries = manager == Manager.INDEPENDENT && !item.queue.pipeline.ignoresDependencies();
    if (!manager.lands() && !carries) {
      return null;
    }
    for (Change change : item.changes) {
      for (ChangeId need : state.unlandedNeeds(change)) {
        boolean there =
            carries ? Entrance.carries(item, change, need, state) : isAhead(item, change, need);
        if (!there) {
          return need;
        }
      }
    }
    return null;
  }

  private boolean isAhead(Item item, Change change, ChangeId need) {
    if (item.has(need)) {
      return true;
    }
    Item needed = state.placed(item.queue.pipeline, need);
    return needed != null
        && needed.queue == item.queue
        && needed.order < item.order
        && !state.book.standsOnOldRevision(change, need);
  }

  /** Prepares an item that can be, and has its due jobs started. */
  private void advance(Item item) {
    if (item.state() == ItemState.WAITING) {
      paths.prepare(item);
    }
    if (item.state() == ItemState.TESTING) {
      paths.announce(item);
      building.feed(item);
    }
  }
}
