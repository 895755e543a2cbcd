package dev.headgate.config;

/**
 * Something wrong, or at least doubtful, at one place of a configuration file.
 *
 * @param file the file's name as the caller gave it
 * @param line its line, counted from 1
 * @param column its column, counted from 1 in characters (code points); a tab is one
 * @param message what is wrong, in one sentence without a full stop
 * @param hint what to do about it; empty if there is nothing to add
 */
public record Problem(String file, int line, int column, String message, String hint) {
  public Problem {
    if (line < 1 || column < 1) {
      throw new IllegalArgumentException("a position counts from 1, got " + line + ":" + column);
    }
  }

  /** {@code file:line:column: message; hint}, on one line. */
  @Override
  public String toString() {
    String text = file + ":" + line + ":" + column + ": " + message;
    return hint.isEmpty() ? text : text + "; " + hint;
  }
}
