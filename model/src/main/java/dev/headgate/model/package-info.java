/**
 * Ids, jobs and verdicts: immutable values that three or more rooms need, and the pure functions of
 * them.
 *
 * <p>It is not a place for behaviour that one room owns, and it does no IO. Values flow from here
 * into every other room; nothing flows back.
 */
@NullMarked
package dev.headgate.model;

import org.jspecify.annotations.NullMarked;
