package dev.headgate.reports;

/** The last characters of an output, where it says why it ended. */
final class Tail {
  private static final int MAX = 1 << 13;

  private final StringBuilder kept = new StringBuilder();

  void add(String text) {
    kept.append(text, Math.max(0, text.length() - MAX), text.length());
    if (kept.length() > 2 * MAX) {
      kept.delete(0, kept.length() - MAX);
    }
  }

  String text() {
    return kept.substring(Math.max(0, kept.length() - MAX));
  }
}
