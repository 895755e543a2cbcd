package dev.headgate.model;

/**
 * Names a job within one job graph.
 *
 * @param value the key under {@code jobs:} in the configuration; never blank
 */
public record JobName(String value) implements Comparable<JobName> {
  public JobName {
    Names.requireName("job name", value);
  }

  @Override
  public int compareTo(JobName other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
