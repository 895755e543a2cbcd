package dev.headgate.model;

/**
 * Names one attempt of one job for one item on one path.
 *
 * @param value at least 1; handed out in rising order and never reused within one store
 */
public record BuildId(long value) implements Comparable<BuildId> {
  public BuildId {
    if (value < 1) {
      throw new IllegalArgumentException("build id must be at least 1, got " + value);
    }
  }

  @Override
  public int compareTo(BuildId other) {
    return Long.compare(value, other.value);
  }

  @Override
  public String toString() {
    return Long.toString(value);
  }
}
