package dev.headgate.sim.scenario;

/**
 * One thing that is not as it was recorded.
 *
 * @param what which thing: a key of {@code expect} or {@code final}, or {@code do} if the step
 *     could not be done
 * @param expected what was recorded
 * @param found what the gate did
 */
public record Difference(String what, String expected, String found) {}
