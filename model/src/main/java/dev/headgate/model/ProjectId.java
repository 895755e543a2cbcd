package dev.headgate.model;

/**
 * Names a project, which is one repository, within a site.
 *
 * @param value the project's configured name, in a local gate the repository folder's name; never
 *     blank
 */
public record ProjectId(String value) implements Comparable<ProjectId> {
  public ProjectId {
    Names.requireName("project id", value);
  }

  @Override
  public int compareTo(ProjectId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
