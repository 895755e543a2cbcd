/**
 * A world in memory with a clock of its own, in which the real conductor gates invented changes
 * while whatever can go wrong does.
 *
 * <p>It is not a test double of the gate or the conductor: both are the real ones, and only what
 * surrounds them is invented. A seed goes in and is the only input; a history comes out, and the
 * first invariant that broke in it, if one did.
 */
@NullMarked
package dev.headgate.sim;

import org.jspecify.annotations.NullMarked;
