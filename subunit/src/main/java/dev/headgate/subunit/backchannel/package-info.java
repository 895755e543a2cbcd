/**
 * What goes the other way, towards the processes that run tests: which tests to run, input, and the
 * wish that they stop.
 *
 * <p>It starts and feeds no process. {@link dev.headgate.subunit.backchannel.Instruction}s become
 * events of a stream, and events instructions; routes are taken off on the way.
 */
@NullMarked
package dev.headgate.subunit.backchannel;

import org.jspecify.annotations.NullMarked;
