package dev.headgate.model;

/**
 * Names one preparation of an item on one path; an answer to an older one is stale.
 *
 * @param value at least 1; handed out in rising order and never reused within one store
 */
public record PreparationId(long value) implements Comparable<PreparationId> {
  public PreparationId {
    if (value < 1) {
      throw new IllegalArgumentException("preparation id must be at least 1, got " + value);
    }
  }

  @Override
  public int compareTo(PreparationId other) {
    return Long.compare(value, other.value);
  }

  @Override
  public String toString() {
    return Long.toString(value);
  }
}
