package dev.headgate.gate;

import dev.headgate.model.Change;
import dev.headgate.model.ItemId;
import dev.headgate.model.Outcome;
import dev.headgate.model.PipelineName;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How changes enter their queues. */
final class Entries {
  private final Turn turn;
  private final State state;

  Entries(Turn turn, State state) {
    this.turn = turn;
    this.state = state;
  }

  void enqueued(Event.Enqueued event) {
    Change change = event.change();
    Pipeline pipeline = state.settings.pipeline(event.pipeline()).orElse(null);
    if (pipeline == null) {
      refuse(event.pipeline(), change, "there is no pipeline named " + event.pipeline());
      return;
    }
    Item present = state.placedAt(pipeline, change);
    if (present != null) {
      Change queued =
          present.changes.stream()
              .filter(other -> other.id().equals(change.id()))
              .findFirst()
              .orElse(change);
      if (queued.revision().equals(change.revision()) && queued.target().equals(change.target())) {
        stay(present, event);
        return;
      }
      // Known first, so that what lands together with it does not enter again with the older one.
      turn.knowledge.learn(change);
      if (present.state() == ItemState.LANDING) {
        refuse(
            pipeline,
            change,
            "an older revision of it is landing right now; gate it again after that");
        return;
      }
      if (state.items.containsKey(present.id)) {
        turn.exits.replaced(present, change.id(), "replaced by revision " + change.revision());
      }
    }
    Book.Entry entry = state.book.find(change.id());
    if (entry == null || !entry.change().equals(change) || !entry.isOpen()) {
      entry = turn.knowledge.learn(change);
    }
    if (event.approves()) {
      entry.approvedIs(true);
    }
    turn.rows.touch(entry);
    new Entrance(turn, state, pipeline, event.lane(), true).enter(change.id());
    if (state.placed(pipeline, change.id()) == null) {
      turn.knowledge.forgetUnlessTriggered(change.id());
    }
  }

  /** What was to leave while it lands, and enters again meanwhile, is to stay after all. */
  private void stay(Item item, Event.Enqueued event) {
    if (!item.leave().isEmpty()) {
      item.leaveUnlessLanded("");
      turn.rows.touch(item);
    }
    Book.Entry entry = state.book.find(event.change().id());
    if (entry == null || entry.hasLanded()) {
      return;
    }
    if (!entry.isOpen()) {
      turn.rows.touch(state.book.propose(event.change()));
    }
    if (event.approves() && !entry.isApproved()) {
      entry.approvedIs(true);
      turn.rows.touch(entry);
    }
  }

  /** The item's id that the next item to enter will have. */
  ItemId nextItemId() {
    return new ItemId(state.nextItem);
  }

  /** Ends a change that never enters; it gets an item id so that its report has one. */
  void refuse(Pipeline pipeline, Change change, String reason) {
    refuse(pipeline.name(), change, reason);
  }

  void refuse(PipelineName pipeline, Change change, String reason) {
    ItemId id = new ItemId(state.nextItem++);
    turn.rows.touchSite();
    ItemEnd end =
        new ItemEnd(
            ItemEnd.Kind.REJECTED,
            ItemEnd.Cause.REFUSED,
            Outcome.CHANGE,
            reason,
            Map.of(),
            Map.of(),
            List.of());
    turn.draft.effect(new Effect.Report(id, pipeline, List.of(change), end, false, false));
  }

  /** Why a pipeline's requirements keep a change out; empty if they do not. */
  String requirementMissing(Pipeline pipeline, Book.Entry entry) {
    if (entry.hasLanded()) {
      return pipeline.manager().lands() ? entry.change().id() + " has landed already" : "";
    }
    if (!entry.isOpen()) {
      return entry.change().id() + " was given up";
    }
    if (pipeline.manager().lands() && !entry.isApproved()) {
      return entry.change().id() + " is not approved";
    }
    return pipeline.labelsMissing(entry.change());
  }

  /** A new item enters. */
  void enter(Pipeline pipeline, List<Change> changes, List<Change> carried, Change lead, int lane) {
    ItemId id = new ItemId(state.nextItem++);
    QueueKey key = state.queueKey(pipeline, lead.target(), id);
    if (key == null) {
      throw new IllegalStateException(lead.id() + " has no queue in pipeline " + pipeline.name());
    }
    Queue queue = queueOf(key);
    Item item = new Item(id, queue, changes, carried, lead, lane, turn.now);
    state.items.put(id, item);
    insert(item, before(item));
    if (pipeline.manager() == Manager.SUPERCEDENT) {
      prune(queue);
    }
    for (PipelineName superseded : pipeline.supersedes()) {
      for (Change change : changes) {
        state
            .settings
            .pipeline(superseded)
            .map(other -> state.placed(other, change.id()))
            .ifPresent(other ->
                turn.exits.withdraw(other, "pipeline " + pipeline.name() + " took it over"));
      }
    }
  }

  /** An item that was taken out of its queue enters it again, at the end. */
  void enterAgain(Item item) {
    insert(item, item.queue.last());
  }

  private Queue queueOf(QueueKey key) {
    boolean known = state.queues.containsKey(key);
    Queue queue = state.queue(key);
    if (!known && queue.pipeline.manager().lands()) {
      turn.rows.touch(queue);
    }
    return queue;
  }

  /** The item that a new one goes right behind: the last that it may not pass. */
  private static @Nullable Item before(Item item) {
    Item before = item.queue.last();
    while (before != null
        && before.lane < item.lane
        && before.state() != ItemState.LANDING
        && !needs(item, before)) {
      before = before.previous;
    }
    return before;
  }

  private static boolean needs(Item item, Item other) {
    return item.changes.stream()
        .anyMatch(change -> change.dependsOn().stream().anyMatch(other::has));
  }

  void insert(Item item, @Nullable Item before) {
    Item after = before == null ? item.queue.first() : before.next;
    if (after == null) {
      item.order = state.nextOrder;
      state.nextOrder += Queue.STRIDE;
    } else if (before == null) {
      item.order = after.order - Queue.STRIDE;
    } else {
      if (after.order - before.order < 2) {
        renumber(item.queue);
      }
      item.order = before.order + (after.order - before.order) / 2;
    }
    item.queue.insertAfter(before, item);
    state.place(item);
    turn.exits.slide(item.queue);
    turn.rows.touch(item);
    turn.rows.touchSite();
    turn.dirty.add(item);
    turn.markFrom(item.next);
    for (Change change : item.changes) {
      turn.knowledge.markDependents(change.id());
    }
  }

  private void renumber(Queue queue) {
    List<Item> all = queue.items();
    all.forEach(item -> {
      state.hungry.remove(item);
      turn.dirty.remove(item);
    });
    for (Item item : all) {
      item.order = state.nextOrder;
      state.nextOrder += Queue.STRIDE;
      turn.rows.touch(item);
      turn.dirty.add(item);
    }
  }

  /** Of the items that wait, only the newest does. */
  private void prune(Queue queue) {
    List<Item> items = queue.items();
    for (int i = 1; i < items.size() - 1; i++) {
      turn.exits.withdraw(items.get(i), "superseded by " + items.getLast().name());
    }
  }
}
