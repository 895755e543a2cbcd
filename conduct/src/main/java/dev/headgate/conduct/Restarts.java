package dev.headgate.conduct;

import dev.headgate.gate.Row;
import dev.headgate.gate.RowChange;
import dev.headgate.gate.Step;
import dev.headgate.model.ItemId;
import dev.headgate.store.HistoryEntry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Notices when an item's path was given up, so that its changes' history says why. */
final class Restarts {
  private final Map<ItemId, Integer> counts = new HashMap<>();

  Restarts(List<Row> rows) {
    for (Row row : rows) {
      if (row instanceof Row.Item item) {
        counts.put(item.id(), item.restarts());
      }
    }
  }

  List<HistoryEntry> history(Step step, Instant now) {
    List<HistoryEntry> entries = new ArrayList<>();
    for (RowChange change : step.changes()) {
      switch (change) {
        case RowChange.Put(Row.Item item) -> {
          Integer before = counts.put(item.id(), item.restarts());
          if (item.restarts() > (before == null ? 0 : before)) {
            entries.addAll(History.restarted(item, now));
          }
        }
        case RowChange.Put put -> {}
        case RowChange.Delete(Row.Key key) -> {
          if (key.kind().equals("item")) {
            counts.remove(new ItemId(Long.parseLong(key.name())));
          }
        }
      }
    }
    return entries;
  }
}
