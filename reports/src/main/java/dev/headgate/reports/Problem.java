package dev.headgate.reports;

/**
 * Something wrong with a report, as a value: it is never thrown.
 *
 * @param kind what sort of wrong
 * @param line where it was noticed, from 1; 0 if it concerns the report as a whole
 * @param column the character of that line, from 1; 0 if it concerns the line as a whole
 * @param message what is wrong, for people; without a full stop
 */
public record Problem(Kind kind, long line, long column, String message) {
  /** The sorts of problems, with codes that are stable in documents. */
  public enum Kind {
    /** There is nothing in the report. */
    EMPTY("empty"),
    /** The report is of another format; nothing of it was read. */
    FOREIGN("foreign"),
    /** The report ends in the middle; what came before counts. */
    TRUNCATED("truncated"),
    /** A rule of the format is broken; it was read as what it most likely means. */
    MALFORMED("malformed"),
    /** Bytes are no text in the report's encoding; they were replaced by U+FFFD. */
    ENCODING("encoding"),
    /** Something is larger than what is kept; the rest of it was left out. */
    LIMIT("limit"),
    /** The report contradicts itself: a plan that is not kept, a number twice. */
    INCONSISTENT("inconsistent");

    private final String code;

    Kind(String code) {
      this.code = code;
    }

    /** The stable name. */
    public String code() {
      return code;
    }
  }

  /** {@code LINE:COLUMN: KIND: MESSAGE}, without what is 0. */
  @Override
  public String toString() {
    String place = line == 0 ? "" : column == 0 ? line + ": " : line + ":" + column + ": ";
    return place + kind.code() + ": " + message;
  }
}
