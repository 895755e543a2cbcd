package dev.headgate.store;

/** The misuses that every store refuses in the same words. */
final class Refusals {
  private Refusals() {}

  static IllegalStateException eventCommittedBefore(String eventId) {
    return new IllegalStateException(
        "event " + eventId + " was committed before; its transaction is refused");
  }

  static IllegalStateException effectStillUnanswered(long effectId) {
    return new IllegalStateException(
        "effect " + effectId + " is still unanswered; a transaction that adds it is refused");
  }

  static IllegalStateException closed() {
    return new IllegalStateException("the store is closed");
  }

  static void requireLimit(int limit) {
    if (limit < 0) {
      throw new IllegalArgumentException("a limit must be at least 0, got " + limit);
    }
  }
}
