package dev.headgate.sim.machine;

import dev.headgate.model.Change;
import dev.headgate.model.ChangeId;
import java.util.List;

/**
 * A change as it may be proposed.
 *
 * @param versions for each revision, first to last, what may be said of it: the commit and what it
 *     stands on are the same in all, declared dependencies, topic and labels are not
 */
record Proposal(ChangeId id, List<List<Change>> versions) {
  Proposal {
    versions = versions.stream().map(List::copyOf).toList();
    if (versions.isEmpty() || versions.stream().anyMatch(List::isEmpty)) {
      throw new IllegalArgumentException("proposal " + id + " has no version");
    }
  }

  /** One of the versions; both numbers count round and round. */
  Change version(int revision, int variant) {
    List<Change> said = versions.get(revision % versions.size());
    return said.get(variant % said.size());
  }
}
