package dev.headgate.reports;

/**
 * What a writer leaves to its caller.
 *
 * @param title of the report: JUnit's {@code testsuites} name, Markdown's heading, CTRF's tool
 * @param root the absolute directory, with {@code /} and no {@code /} at the end, that is cut from
 *     the paths of annotations; empty for none
 * @param limit the most characters of a Markdown summary, at least 1000
 * @param guardFormulas whether a CSV cell that a spreadsheet would take for a formula gets an
 *     apostrophe before it
 */
public record WriteSettings(String title, String root, int limit, boolean guardFormulas) {
  /** The smallest Markdown summary: the counts and what was left out. */
  private static final int MIN_LIMIT = 1000;

  /** A comment of a forge takes 65,536 characters; this leaves room for what is put around it. */
  private static final int USUAL_LIMIT = 60_000;

  public WriteSettings {
    if (limit < MIN_LIMIT) {
      throw new IllegalArgumentException("a summary has at least 1000 characters, got " + limit);
    }
  }

  /** Title {@code headgate}, no root, 60,000 characters, formulas guarded. */
  public static WriteSettings defaults() {
    return new WriteSettings("headgate", "", USUAL_LIMIT, true);
  }

  /** The same with another title. */
  public WriteSettings withTitle(String text) {
    return new WriteSettings(text, root, limit, guardFormulas);
  }

  /** The same with another root. */
  public WriteSettings withRoot(String directory) {
    return new WriteSettings(title, directory, limit, guardFormulas);
  }

  /** The same with another limit. */
  public WriteSettings withLimit(int characters) {
    return new WriteSettings(title, root, characters, guardFormulas);
  }

  /** The same with formulas guarded or not. */
  public WriteSettings withGuardFormulas(boolean guard) {
    return new WriteSettings(title, root, limit, guard);
  }
}
