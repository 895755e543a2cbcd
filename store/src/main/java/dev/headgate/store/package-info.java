/**
 * Keeps a site: the rows and the outbox of its machines, its history, its lock and its recorded
 * runs.
 *
 * <p>It is not a place for decisions, and it does not know what a row's body means. Transactions
 * and events come in from the rooms above and are durable when the call returns; snapshots, history
 * and streams go back to them, and nothing flows from here to the rooms below.
 */
@NullMarked
package dev.headgate.store;

import org.jspecify.annotations.NullMarked;
