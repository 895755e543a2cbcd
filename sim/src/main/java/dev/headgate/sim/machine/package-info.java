/**
 * Histories that drive the gate's machine directly: every event, manager and setting, in any order,
 * with answers that are late, lost, repeated or about what is gone.
 *
 * <p>It knows no conductor, store, clock or thread, and what it checks is judged by a model of its
 * own, from events, effects and rows alone. A seed flows in, small decisions come of it, and the
 * first invariant that broke flows out with the fewest decisions that break it.
 */
@NullMarked
package dev.headgate.sim.machine;

import org.jspecify.annotations.NullMarked;
