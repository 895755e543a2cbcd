package dev.headgate.store;

/**
 * An effect that has not been answered.
 *
 * @param id unique among the unanswered effects of the site
 * @param body text whose form and version belong to the caller
 */
public record StoredEffect(long id, String body) {
  public StoredEffect {
    StoredText.requireWellFormed("effect body", body);
  }
}
