package dev.headgate.model;

/**
 * Names one entry of a queue; a change that enters again gets a new one.
 *
 * @param value at least 1; handed out in rising order and never reused within one store
 */
public record ItemId(long value) implements Comparable<ItemId> {
  public ItemId {
    if (value < 1) {
      throw new IllegalArgumentException("item id must be at least 1, got " + value);
    }
  }

  @Override
  public int compareTo(ItemId other) {
    return Long.compare(value, other.value);
  }

  @Override
  public String toString() {
    return Long.toString(value);
  }
}
