package dev.headgate.store;

import java.util.List;

/**
 * What a restart begins with.
 *
 * @param rows by kind, then key
 * @param outbox the effects that were not answered, by id
 */
public record Snapshot(List<StoredRow> rows, List<StoredEffect> outbox) {
  public Snapshot {
    rows = List.copyOf(rows);
    outbox = List.copyOf(outbox);
  }
}
