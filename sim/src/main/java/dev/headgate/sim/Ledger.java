package dev.headgate.sim;

import dev.headgate.gate.Effect;
import dev.headgate.gate.Event;
import dev.headgate.gate.Gate;
import dev.headgate.gate.GateSettings;
import dev.headgate.gate.ItemEnd;
import dev.headgate.gate.Row;
import dev.headgate.gate.RowChange;
import dev.headgate.gate.Step;
import dev.headgate.model.BuildId;
import dev.headgate.model.Change;
import dev.headgate.model.ItemId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What the steps taken so far add up to: the rows, what was started, who entered and how each item
 * ended. Steps that were never committed are taken back after a crash.
 */
final class Ledger {
  private final GateSettings settings;
  private final List<Taken> committed = new ArrayList<>();
  private final List<Taken> uncommitted = new ArrayList<>();
  private final Map<Row.Key, Row> rows = new LinkedHashMap<>();
  private final Map<BuildId, Effect.Start> starts = new HashMap<>();
  private final Map<ItemId, Change> entered = new HashMap<>();
  private final Set<ItemId> announced = new HashSet<>();

  /** Items that something behind them passed when it landed, and how often they began by then. */
  private final Map<ItemId, Integer> overtaken = new HashMap<>();

  private final Map<ItemId, ItemEnd> ends = new LinkedHashMap<>();
  private Reading reading;

  /** A step and what led to it. */
  private record Taken(Event event, Step step) {}

  Ledger(GateSettings settings) {
    this.settings = settings;
    this.reading = new Reading(List.of());
  }

  GateSettings settings() {
    return settings;
  }

  /** The rows as of the last step. */
  Reading reading() {
    return reading;
  }

  List<Row> rows() {
    return List.copyOf(rows.values());
  }

  /** The same machine, made of the rows. */
  Gate load() {
    return Gate.load(rows.values(), settings);
  }

  Effect.Start start(BuildId build) {
    Effect.Start start = starts.get(build);
    InvariantBroken.unless(start != null, "build %s has a row and was never asked for", build);
    return Objects.requireNonNull(start);
  }

  /** The change as it was when it entered, with all it depended on. */
  Change entered(ItemId item) {
    return Objects.requireNonNull(entered.get(item));
  }

  /** Whether it was told that the item's tests began. */
  boolean isAnnounced(ItemId item) {
    return announced.contains(item);
  }

  private void overtake(Effect.Report report) {
    Row.Item item = reading.items().get(report.item());
    if (item != null && report.end().kind() == ItemEnd.Kind.LANDED) {
      for (Row.Item other : reading.queue(item.change().target())) {
        if (other.order() < item.order()) {
          overtaken.put(other.id(), other.restarts());
        }
      }
    }
  }

  /** Whether something behind the item landed while it stood on its present path. */
  boolean wasOvertaken(Row.Item item) {
    return Objects.equals(overtaken.get(item.id()), item.restarts());
  }

  /** How items ended, in order. */
  Map<ItemId, ItemEnd> ends() {
    return ends;
  }

  void take(Event event, Step step) {
    Taken taken = new Taken(event, step);
    uncommitted.add(taken);
    apply(taken);
  }

  void commit() {
    committed.addAll(uncommitted);
    uncommitted.clear();
  }

  /** Forgets what was not committed, as the process that died does. */
  void crash() {
    if (uncommitted.isEmpty()) {
      return;
    }
    uncommitted.clear();
    rows.clear();
    starts.clear();
    entered.clear();
    announced.clear();
    overtaken.clear();
    ends.clear();
    reading = new Reading(List.of());
    committed.forEach(this::apply);
  }

  private void apply(Taken taken) {
    for (RowChange change : taken.step().changes()) {
      switch (change) {
        case RowChange.Put put -> rows.put(put.row().key(), put.row());
        case RowChange.Delete delete -> rows.remove(delete.key());
      }
    }
    for (Effect effect : taken.step().effects()) {
      switch (effect) {
        case Effect.Start start -> starts.put(start.build(), start);
        case Effect.Report report -> {
          InvariantBroken.unless(
              ends.put(report.item(), report.end()) == null, "item %s ended twice", report.item());
          overtake(report);
        }
        case Effect.Announce announce ->
            InvariantBroken.unless(
                announced.add(announce.item()), "item %s is announced twice", announce.item());
        case Effect.Prepare prepare -> {}
        case Effect.Cancel cancel -> {}
        case Effect.Resume resume -> {}
        case Effect.Land land -> {}
        case Effect.Ask ask -> {}
      }
    }
    reading = new Reading(rows.values());
    if (taken.event() instanceof Event.Enqueued enqueued) {
      Row.Item item = reading.item(enqueued.change().id());
      if (item != null) {
        entered.putIfAbsent(item.id(), enqueued.change());
      }
    }
  }
}
