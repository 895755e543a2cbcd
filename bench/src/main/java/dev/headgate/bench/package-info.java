/**
 * Measurements of the other rooms: JMH benchmarks, and programs that print the figures of {@code
 * docs/measurements/}.
 *
 * <p>It is not shipped and nothing depends on it. Workloads are made from fixed seeds and flow into
 * the rooms; figures flow out.
 */
@NullMarked
package dev.headgate.bench;

import org.jspecify.annotations.NullMarked;
