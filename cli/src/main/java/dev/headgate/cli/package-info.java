/**
 * The composition root of a command: arguments in, work wired together from the rooms below, text
 * and an exit code out.
 *
 * <p>It is not a place for rules of the gate: an {@code if} on a status belongs further down.
 * Arguments flow from {@link Main} through {@link Commands} into one command; results flow back as
 * an {@link ExitCode} and as text on the {@link Console}.
 */
@NullMarked
package dev.headgate.cli;

import org.jspecify.annotations.NullMarked;
