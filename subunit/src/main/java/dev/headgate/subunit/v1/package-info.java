/**
 * Reads and writes subunit version 1: lines of text, in which tests follow one another.
 *
 * <p>It does no IO and knows no clock. Bytes flow into {@link dev.headgate.subunit.v1.V1Decoder},
 * events out of it, and the items of a stream through {@link dev.headgate.subunit.v1.V1Encoder}
 * back to bytes; what each way loses is said there.
 */
@NullMarked
package dev.headgate.subunit.v1;

import org.jspecify.annotations.NullMarked;
