package dev.headgate.adapter.git;

import java.util.List;

/**
 * A branch as something to be landed on another.
 *
 * @param branch the branch
 * @param subject the first line of its newest commit; may be empty
 * @param standing how it relates to the branch it is to land on
 * @param contains the other proposed branches whose newest commit it contains, in the order they
 *     were proposed; not those that stand at the very same commit
 * @param dependsOn the values of the {@code Depends-On} footers of its commits that the target
 *     lacks, oldest commit first, each once, as they are written
 */
public record Proposal(
    Branch branch,
    String subject,
    Standing standing,
    List<Branch> contains,
    List<String> dependsOn) {
  /** How a branch relates to the one it is to land on. */
  public enum Standing {
    /** It has commits that the target lacks. */
    OPEN,
    /** The target has all its commits. */
    MERGED,
    /** It shares no history with the target, so it cannot be merged. */
    UNRELATED
  }

  public Proposal {
    contains = List.copyOf(contains);
    dependsOn = List.copyOf(dependsOn);
  }
}
