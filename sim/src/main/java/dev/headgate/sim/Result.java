package dev.headgate.sim;

import java.util.Optional;

/**
 * What came of one history.
 *
 * @param broken the first invariant that broke, with the seed and the last things that happened
 * @param fingerprint a digest of the whole history; 0 if none was asked for
 */
record Result(long seed, Optional<String> broken, Tally tally, long fingerprint) {}
