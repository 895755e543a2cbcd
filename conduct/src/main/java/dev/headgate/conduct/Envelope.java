package dev.headgate.conduct;

import dev.headgate.gate.Event;

/**
 * An event on its way in.
 *
 * @param id tells repetitions of one fact from new facts: an event whose id was taken before is
 *     dropped
 */
public record Envelope(String id, Event event) {}
