package dev.headgate.gate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A step while it is being made: which rows were touched, in the order of first touch, and the
 * effects so far.
 */
final class Draft {
  private final Map<Row.Key, Optional<Supplier<Row>>> touched = new LinkedHashMap<>();
  private final List<Effect> effects = new ArrayList<>();

  /** The row is read when the step is complete, so touching it twice costs one row. */
  void put(Row.Key key, Supplier<Row> row) {
    touched.put(key, Optional.of(row));
  }

  void delete(Row.Key key) {
    touched.put(key, Optional.empty());
  }

  void effect(Effect effect) {
    effects.add(effect);
  }

  Step step() {
    List<RowChange> changes = new ArrayList<>(touched.size());
    touched.forEach((key, row) ->
        changes.add(
            row.isPresent() ? new RowChange.Put(row.get().get()) : new RowChange.Delete(key)));
    return new Step(changes, effects);
  }
}
