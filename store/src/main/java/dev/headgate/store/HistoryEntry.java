package dev.headgate.store;

import java.time.Instant;

/**
 * A fact for people, kept for ever: a change landed, was rejected, was restarted.
 *
 * @param at when it happened
 * @param subject what it happened to
 * @param kind a word for what happened
 * @param body more of it, in a form that belongs to the caller; may be empty
 */
public record HistoryEntry(Instant at, String subject, String kind, String body) {
  public HistoryEntry {
    StoredText.requireName("history subject", subject);
    StoredText.requireName("history kind", kind);
    StoredText.requireWellFormed("history body", body);
  }
}
