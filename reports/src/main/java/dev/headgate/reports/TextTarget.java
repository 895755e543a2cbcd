package dev.headgate.reports;

/** Where a text goes that is read in pieces. */
interface TextTarget {
  /** The next characters. */
  void add(CharSequence text);

  /** The text is complete. */
  void end();

  /** The report ended before the text did. */
  void abandon();
}
