/**
 * Reads and writes subunit version 2 streams: packets, the bytes between them, routes and
 * summaries.
 *
 * <p>It does no IO and knows no threads, clock or other room. Bytes flow into {@link
 * dev.headgate.subunit.PacketDecoder}, events out of it, and events through {@link
 * dev.headgate.subunit.PacketEncoder} back to bytes.
 */
@NullMarked
package dev.headgate.subunit;

import org.jspecify.annotations.NullMarked;
