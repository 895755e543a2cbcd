package dev.headgate.store;

/**
 * The identity of a row, ordered by kind, then key, each by code points.
 *
 * @param kind the sort of thing the row describes
 * @param key its name within the kind
 */
public record RowKey(String kind, String key) implements Comparable<RowKey> {
  public RowKey {
    StoredText.requireName("row kind", kind);
    StoredText.requireName("row key", key);
  }

  @Override
  public int compareTo(RowKey other) {
    int byKind = StoredText.compareByCodePoint(kind, other.kind);
    return byKind != 0 ? byKind : StoredText.compareByCodePoint(key, other.key);
  }
}
