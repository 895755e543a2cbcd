/**
 * The algebra of streams: small pieces that filter, change, split, assemble and compare events, and
 * that compose.
 *
 * <p>It reads and writes no bytes of any format, does no IO and knows no clock. Items flow from a
 * reader through {@link dev.headgate.subunit.stream.Stage stages} into a {@link
 * dev.headgate.subunit.stream.StreamSink sink}, one at a time.
 */
@NullMarked
package dev.headgate.subunit.stream;

import org.jspecify.annotations.NullMarked;
