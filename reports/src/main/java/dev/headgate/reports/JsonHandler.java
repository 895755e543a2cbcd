package dev.headgate.reports;

/** What a {@link JsonScanner} found. */
interface JsonHandler {
  /** An object or array begins. */
  void open(boolean object);

  /** The innermost object or array ends. */
  void close();

  /** The name of the object's next value. */
  void name(String name);

  /** A text; cut if it was longer than is kept. */
  void text(String value);

  /** A number, {@code true}, {@code false} or {@code null}. */
  void literal(String word);
}
