package dev.headgate.store;

import java.util.Optional;

/**
 * A run as the index knows it.
 *
 * @param header what was known when it began
 * @param end empty while it is recorded, or if its process died and no other has cleared up yet
 * @param digest the SHA-256 of its sealed segment in hexadecimal; empty while it has no end, and if
 *     the segment was lost
 */
public record RecordedRun(RunHeader header, Optional<RunEnd> end, String digest) {}
