package dev.headgate.sim;

import java.util.List;
import java.util.Optional;

/**
 * What came of one history.
 *
 * @param broken the first invariant that broke
 * @param trail the last things that happened, one a line
 * @param fingerprint a digest of the whole history; 0 if none was asked for
 */
record Result(Optional<String> broken, List<String> trail, Tally tally, long fingerprint) {}
