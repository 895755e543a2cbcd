package dev.headgate.model;

/**
 * The name of a pipeline, such as {@code gate} or {@code check}.
 *
 * @param value the name as the configuration spells it; never blank
 */
public record PipelineName(String value) implements Comparable<PipelineName> {
  /** The pipeline that lands changes unless another is named. */
  public static final PipelineName GATE = new PipelineName("gate");

  public PipelineName {
    Names.requireName("pipeline", value);
  }

  @Override
  public int compareTo(PipelineName other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
