package dev.headgate.store;

/** What text may be stored, and how it is ordered, whichever store keeps it. */
final class StoredText {
  private StoredText() {}

  static void requireName(String what, String value) {
    if (value.isEmpty()) {
      throw new IllegalArgumentException(what + " must not be empty");
    }
    requireWellFormed(what, value);
  }

  /** Refuses half a surrogate pair: UTF-8 has no form for it, so it would come back changed. */
  static void requireWellFormed(String what, String value) {
    int index = 0;
    while (index < value.length()) {
      int codePoint = value.codePointAt(index);
      if (Character.getType(codePoint) == Character.SURROGATE) {
        throw new IllegalArgumentException(what + " holds half a character at index " + index);
      }
      index += Character.charCount(codePoint);
    }
  }

  /** The order in which SQLite compares UTF-8 text; differs from {@link String#compareTo}. */
  static int compareByCodePoint(String left, String right) {
    int shared = Math.min(left.length(), right.length());
    for (int i = 0; i < shared; i++) {
      char a = left.charAt(i);
      char b = right.charAt(i);
      if (a != b) {
        return Integer.compare(rank(a), rank(b));
      }
    }
    return Integer.compare(left.length(), right.length());
  }

  /** Surrogates stand for code points above all that fit one unit, so they rank behind them. */
  private static int rank(char unit) {
    return Character.isSurrogate(unit) ? unit + 0x1_0000 : unit;
  }
}
