package dev.headgate.gate;

import java.util.List;

/**
 * What one event led to.
 *
 * @param changes the rows that differ from before, each key once, in a deterministic order
 * @param effects what is to be done outside once the rows are kept, in order
 */
public record Step(List<RowChange> changes, List<Effect> effects) {
  public Step {
    changes = List.copyOf(changes);
    effects = List.copyOf(effects);
  }
}
