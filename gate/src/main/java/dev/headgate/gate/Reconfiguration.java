package dev.headgate.gate;

import dev.headgate.model.Change;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Sets a site up in another way while it runs: items are put into the queues they belong to now, in
 * the order they stood in, and keep their builds if what they stand on came along.
 */
record Reconfiguration(Turn turn, State state) {

  void apply(GateSettings settings) {
    removeHomeless(settings);
    // Whose turn it is changes with the queues: a sorted set of items must not outlive that.
    turn.dirty.clear();
    Map<QueueKey, Integer> windows = new HashMap<>();
    List<Item> items = new ArrayList<>();
    for (Queue queue : state.queuesInOrder()) {
      if (queue.size() > 0 || settings.differences().keepsEmptyWindows()) {
        windows.put(queue.key, queue.window());
      }
      items.addAll(queue.items());
      if (queue.pipeline.manager().lands()) {
        turn.rows.forgetQueue(queue.key);
      }
    }
    items.forEach(this::unlink);
    state.hungry.clear();
    state.queues.clear();
    state.settings = settings;
    for (Item item : items) {
      move(item, windows);
    }
    windows.forEach((key, window) ->
        settings
            .pipeline(key.pipeline())
            .filter(pipeline -> pipeline.manager().lands() && state.isNamed(key))
            .ifPresent(pipeline -> {
              Queue queue = state.queue(key);
              queue.windowIs(pipeline.window().reconfigured(window));
            }));
    for (Queue queue : state.queues.values()) {
      queue.slide();
      turn.rows.touch(queue);
    }
    for (Item item : items) {
      item.buildsChanged();
      dropStrangeFooting(item);
      turn.rows.touch(item);
    }
    for (Item item : State.inTurn(items)) {
      item.passedOver = state.isPassedOver(item);
    }
    state.health.forEach((pipeline, health) -> {
      health.failures = 0;
      health.disabled = false;
      turn.rows.touchHealth(pipeline);
    });
    turn.dirty.addAll(items);
  }

  private void removeHomeless(GateSettings settings) {
    for (Item item : List.copyOf(state.items.values())) {
      String why = homeless(item, settings);
      if (!why.isEmpty() && item.state() != ItemState.LANDING) {
        turn.exits.evict(item, why);
      }
    }
  }

  /** Why no pipeline takes an item any more; empty if one does. */
  private String homeless(Item item, GateSettings settings) {
    Pipeline pipeline = settings.pipeline(item.queue.key.pipeline()).orElse(null);
    if (pipeline == null
        || item.changes.stream().anyMatch(change -> !pipeline.takes(change.target().project()))) {
      return "pipeline " + item.queue.key.pipeline() + " takes it no more";
    }
    boolean landsNow = pipeline.manager().lands() && !item.queue.pipeline.manager().lands();
    return landsNow && item.changes.stream().anyMatch(this::hasLanded)
        ? "pipeline " + pipeline.name() + " lands changes now, and it has landed"
        : "";
  }

  private boolean hasLanded(Change change) {
    Book.Entry entry = state.book.find(change.id());
    return entry != null && entry.hasLanded();
  }

  private void unlink(Item item) {
    state.displace(item);
    item.previous = null;
    item.next = null;
    item.active = false;
    item.holder = false;
  }

  private void move(Item item, Map<QueueKey, Integer> windows) {
    QueueKey former = item.queue.key;
    QueueKey key =
        state
            .settings
            .pipeline(former.pipeline())
            .map(pipeline -> state.queueKey(pipeline, item.lead.target(), item.id))
            .orElse(null);
    Queue queue = state.queue(key == null ? former : key);
    if (queue.pipeline.manager().lands() && queue.size() == 0) {
      Integer window = windows.get(former);
      if (window != null) {
        queue.windowIs(queue.pipeline.window().reconfigured(window));
      }
    }
    Item last = queue.last();
    item.queue = queue;
    if (last != null && last.order >= item.order) {
      item.order = state.nextOrder;
      state.nextOrder += Queue.STRIDE;
      turn.rows.touchSite();
    }
    queue.insertAfter(last, item);
    state.place(item);
    state.countHolder(item);
  }

  /** What an item stood on is in another queue now, or its pipeline does not stack items. */
  private void dropStrangeFooting(Item item) {
    Item ahead = item.ahead();
    if (ahead != null && (ahead.queue != item.queue || !item.queue.pipeline.manager().lands())) {
      item.standOn(null);
      turn.paths.resetWithBehind(item, "the site was set up in another way");
    }
  }
}
