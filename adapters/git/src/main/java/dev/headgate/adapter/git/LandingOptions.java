package dev.headgate.adapter.git;

import java.util.Optional;

/**
 * What a landing does besides moving the branch.
 *
 * @param checkout working trees that have the branch checked out follow it
 * @param pushTo the remote, by name or address, that the branch is pushed to first; empty for none
 */
public record LandingOptions(boolean checkout, Optional<String> pushTo) {
  /** Working trees follow, nothing is pushed. */
  public static final LandingOptions DEFAULT = new LandingOptions(true, Optional.empty());
}
