/**
 * Recorded gate histories: a file says what was done to a gate and what was seen after each step,
 * and the real machine is put through the same in a world of its own.
 *
 * <p>It decides nothing a gate decides, and knows no conductor, store, clock or thread. Bytes of a
 * file flow in, the first difference between what was recorded and what the machine did flows out.
 */
@NullMarked
package dev.headgate.sim.scenario;

import org.jspecify.annotations.NullMarked;
