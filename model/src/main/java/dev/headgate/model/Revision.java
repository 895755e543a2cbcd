package dev.headgate.model;

/**
 * One revision of a change, opaque to every decision; git adapters use the full object id of its
 * newest commit.
 *
 * @param value the opaque id; never blank
 */
public record Revision(String value) implements Comparable<Revision> {
  public Revision {
    Names.requireName("revision", value);
  }

  @Override
  public int compareTo(Revision other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
