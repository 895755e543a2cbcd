package dev.headgate.gate;

import dev.headgate.model.PipelineName;
import java.util.Comparator;

/**
 * Names one queue of a site.
 *
 * @param pipeline its pipeline
 * @param name the shared queue's or the project's name; with the item's number for the queue of a
 *     single item
 * @param branch the branch it is for; empty if it is for all of them
 */
public record QueueKey(PipelineName pipeline, String name, String branch)
    implements Comparable<QueueKey> {
  private static final Comparator<QueueKey> ORDER =
      Comparator.comparing(QueueKey::pipeline)
          .thenComparing(QueueKey::name)
          .thenComparing(QueueKey::branch);

  @Override
  public int compareTo(QueueKey other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return pipeline + "/" + name + (branch.isEmpty() ? "" : "@" + branch);
  }
}
