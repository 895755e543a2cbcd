package dev.headgate.model;

/** The rule every textual id obeys. */
final class Names {
  private Names() {}

  /**
   * Throws {@link IllegalArgumentException} if the value is blank: an id always names something.
   */
  static void requireName(String what, String value) {
    if (value.isBlank()) {
      throw new IllegalArgumentException(what + " must not be blank");
    }
  }
}
