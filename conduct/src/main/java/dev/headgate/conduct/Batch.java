package dev.headgate.conduct;

import dev.headgate.gate.Row;
import dev.headgate.gate.RowChange;
import dev.headgate.gate.Step;
import dev.headgate.store.HistoryEntry;
import dev.headgate.store.RowKey;
import dev.headgate.store.StoredEffect;
import dev.headgate.store.StoredRow;
import dev.headgate.store.Transaction;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What several steps changed, as one transaction: of each row the last state counts. */
final class Batch {
  private final Set<String> eventIds = new LinkedHashSet<>();
  private final Map<RowKey, Optional<StoredRow>> rows = new LinkedHashMap<>();
  private final Map<Long, StoredEffect> effects = new LinkedHashMap<>();
  private final List<Long> answered = new ArrayList<>();
  private final List<HistoryEntry> history = new ArrayList<>();

  /** Takes an event's id; false if the batch has it already. */
  boolean claim(String eventId) {
    return eventIds.add(eventId);
  }

  void add(Step step) {
    for (RowChange change : step.changes()) {
      switch (change) {
        case RowChange.Put put -> put(RowDocuments.of(put.row()));
        case RowChange.Delete delete -> rows.put(keyOf(delete.key()), Optional.empty());
      }
    }
  }

  void put(StoredRow row) {
    rows.put(new RowKey(row.kind(), row.key()), Optional.of(row));
  }

  void add(StoredEffect effect) {
    effects.put(effect.id(), effect);
  }

  void add(List<HistoryEntry> entries) {
    history.addAll(entries);
  }

  /** An effect that was answered before it was kept is not kept at all. */
  void answered(Collection<Long> ids) {
    for (long id : ids) {
      if (effects.remove(id) == null) {
        answered.add(id);
      }
    }
  }

  boolean hasEffects() {
    return !effects.isEmpty();
  }

  boolean isEmpty() {
    return eventIds.isEmpty()
        && rows.isEmpty()
        && effects.isEmpty()
        && answered.isEmpty()
        && history.isEmpty();
  }

  Transaction transaction() {
    List<StoredRow> puts = new ArrayList<>();
    List<RowKey> deletes = new ArrayList<>();
    rows.forEach((key, row) -> row.ifPresentOrElse(puts::add, () -> deletes.add(key)));
    return new Transaction(
        List.copyOf(eventIds),
        puts,
        deletes,
        List.copyOf(effects.values()),
        List.copyOf(answered),
        history);
  }

  private static RowKey keyOf(Row.Key key) {
    return new RowKey(key.kind(), key.name());
  }
}
