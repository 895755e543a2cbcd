package dev.headgate.sim.machine;

import java.util.List;
import java.util.Optional;

/**
 * What came of a history.
 *
 * @param broken the first invariant that broke
 * @param story what happened, in words; empty if that was not asked for
 * @param fingerprint a digest of the whole history; 0 if none was asked for
 */
record Outcome(
    History history,
    Optional<String> broken,
    List<String> story,
    Counts counts,
    long fingerprint) {}
