/**
 * The gate as a decision machine: queues, paths, verdicts and landing order.
 *
 * <p>It knows no git, no process, no clock and no thread; contents and revisions are opaque ids to
 * it. Events flow in, changed rows and effects flow out, and the rows alone are enough to load the
 * machine again.
 */
@NullMarked
package dev.headgate.gate;

import org.jspecify.annotations.NullMarked;
