/**
 * Brings the streams of many processes together under their routes and takes them apart again,
 * without decoding more of a packet than where it comes from.
 *
 * <p>It does no IO and knows no threads. Bytes of sources flow into {@link
 * dev.headgate.subunit.route.Mux}, one stream out of it, and that stream through {@link
 * dev.headgate.subunit.route.Demux} back into each source's bytes.
 */
@NullMarked
package dev.headgate.subunit.route;

import org.jspecify.annotations.NullMarked;
