package dev.headgate.model;

/**
 * Names one proposed change for as long as it lives, over all its revisions.
 *
 * @param value the forge's or the user's own name for it, in a local gate the branch name; never
 *     blank
 */
public record ChangeId(String value) implements Comparable<ChangeId> {
  public ChangeId {
    Names.requireName("change id", value);
  }

  @Override
  public int compareTo(ChangeId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
