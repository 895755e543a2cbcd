package dev.headgate.sim.scenario;

import dev.headgate.model.Change;

/**
 * A change at one revision, as scenarios write it: {@code A}, or {@code A.2} for its second
 * revision.
 *
 * @param change its name
 * @param revision counts its revisions from 1
 */
record Mark(String change, int revision) {
  static Mark of(Change change) {
    return new Mark(change.id().value(), Integer.parseInt(change.revision().value()));
  }

  @Override
  public String toString() {
    return revision == 1 ? change : change + "." + revision;
  }
}
