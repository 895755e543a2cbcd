package dev.headgate.model;

/**
 * What a path yields and what a branch points to, opaque to every decision; git adapters use the
 * full commit id.
 *
 * @param value the opaque id; never blank
 */
public record Content(String value) implements Comparable<Content> {
  public Content {
    Names.requireName("content", value);
  }

  @Override
  public int compareTo(Content other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
