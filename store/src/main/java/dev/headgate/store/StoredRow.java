package dev.headgate.store;

/**
 * One row of a machine.
 *
 * @param kind the sort of thing it describes; with the key its identity
 * @param key its name within the kind
 * @param body text whose form and version belong to the caller; may be empty
 */
public record StoredRow(String kind, String key, String body) {
  public StoredRow {
    StoredText.requireName("row kind", kind);
    StoredText.requireName("row key", key);
    StoredText.requireWellFormed("row body", body);
  }

  /** The identity of this row. */
  public RowKey rowKey() {
    return new RowKey(kind, key);
  }
}
