package dev.headgate.gate;

import dev.headgate.model.ChangeId;
import dev.headgate.model.Outcome;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Puts items first in their queue. */
final class Promotion {
  private final Turn turn;
  private final State state;

  Promotion(Turn turn, State state) {
    this.turn = turn;
    this.state = state;
  }

  void promoted(Event.Promoted event) {
    Pipeline pipeline = state.settings.pipeline(event.pipeline()).orElse(null);
    if (pipeline == null) {
      return;
    }
    Map<Queue, Set<Item>> chosen = new LinkedHashMap<>();
    for (ChangeId id : event.changes()) {
      Item item = state.placed(pipeline, id);
      if (item != null) {
        chosen.computeIfAbsent(item.queue, queue -> new LinkedHashSet<>()).add(item);
      }
    }
    chosen.forEach((queue, first) -> promote(queue, first));
  }

  private void promote(Queue queue, Set<Item> chosen) {
    List<Item> present = queue.items();
    Set<Item> wanted = new LinkedHashSet<>();
    present.stream().filter(item -> item.state() == ItemState.LANDING).forEach(wanted::add);
    wanted.addAll(chosen);
    wanted.addAll(present);
    List<Item> order = List.copyOf(wanted);
    int kept = 0;
    while (kept < order.size() && order.get(kept) == present.get(kept)) {
      kept++;
    }
    // What lands right now is not touched; the others are put behind it.
    List<Item> moved =
        order.subList(kept, order.size()).stream()
            .filter(item -> item.state() != ItemState.LANDING)
            .toList();
    Entrance entrance = new Entrance(turn, state, queue.pipeline, 0, false);
    for (Item item : moved) {
      if (turn.differences().reportsMoves()) {
        reportMove(item);
        item.silence();
      }
      if (item.state() != ItemState.WAITING) {
        turn.paths.reset(item, "it was moved by a promotion");
      }
    }
    for (Item item : moved) {
      item.standOn(null);
      turn.exits.take(item);
      entrance.moves(item);
    }
    for (Item item : moved) {
      entrance.enter(item.lead.id());
    }
    for (Item item : moved) {
      if (!state.isPlaced(item)) {
        turn.entries.insert(item, queue.last());
      }
    }
  }

  private void reportMove(Item item) {
    ItemEnd end =
        turn.exits.end(
            item,
            ItemEnd.Kind.WITHDRAWN,
            ItemEnd.Cause.DEMAND,
            Outcome.SUCCESS,
            "it was moved by a promotion and is queued again");
    turn.draft.effect(
        new Effect.Report(
            item.id,
            item.queue.pipeline.name(),
            item.changes,
            end,
            item.isAnnounced(),
            state.isDisabled(item.queue.pipeline)));
  }
}
