/**
 * Runs the command of a job as processes of its own, turns what they write into events, and ends
 * every one of them when the attempt is over, whatever happens to us.
 *
 * <p>It decides nothing: what to run, where, and what an end means is said elsewhere, and it knows
 * neither queue, store nor repository. A {@link dev.headgate.runner.Command} flows in; events and
 * at last one {@link dev.headgate.model.AttemptEnd} flow out through an {@link
 * dev.headgate.runner.OutputSink}.
 */
@NullMarked
package dev.headgate.runner;

import org.jspecify.annotations.NullMarked;
