/**
 * Reads a stream of either version, or of both, without being told which.
 *
 * <p>It decides what bytes are, and leaves how they are read to the decoders of the versions. Bytes
 * flow into {@link dev.headgate.subunit.reader.StreamReader}, items of a stream out of it.
 */
@NullMarked
package dev.headgate.subunit.reader;

import org.jspecify.annotations.NullMarked;
