/**
 * The loop around a decision machine: it loads the machine from its rows, feeds it events, keeps
 * what changed and carries out what the machine wants done, through ports that others implement.
 *
 * <p>It decides nothing about changes and opens no socket, process or repository itself. Events
 * come in through {@link dev.headgate.conduct.Conductor#offer}; rows go to the store, and effects
 * to the ports, whose answers come back as events.
 */
@NullMarked
package dev.headgate.conduct;

import org.jspecify.annotations.NullMarked;
