package dev.headgate.gate;

/**
 * How many items of a queue, from its head, are prepared and built at once. It grows with each
 * landing and shrinks with each item that did not land (additive increase, multiplicative decrease;
 * the scheme is TCP's, RFC 5681 section 3.1).
 *
 * @param start the size of a new queue's window; 0 for no bound, which never changes then
 * @param floor the least size it shrinks to; at least 1
 * @param ceiling the largest size it grows to; 0 for none
 * @param grow how it grows
 * @param shrink how it shrinks
 */
public record Window(int start, int floor, int ceiling, Pace grow, Pace shrink) {
  /** Twenty at first, never under three; one more for a landing, half for a failure. */
  public static final Window DEFAULT =
      new Window(20, 3, 0, new Pace(Pace.Kind.LINEAR, 1), new Pace(Pace.Kind.EXPONENTIAL, 2));

  /** No bound at all. */
  public static final Window UNBOUNDED =
      new Window(0, 1, 0, new Pace(Pace.Kind.LINEAR, 0), new Pace(Pace.Kind.LINEAR, 0));

  public Window {
    if (start < 0 || floor < 1 || ceiling < 0) {
      throw new IllegalArgumentException(
          "a window needs start ≥ 0, floor ≥ 1 and ceiling ≥ 0, got "
              + start
              + ", "
              + floor
              + ", "
              + ceiling);
    }
    if (ceiling != 0 && ceiling < floor) {
      throw new IllegalArgumentException(
          "the window's ceiling " + ceiling + " is below its floor " + floor);
    }
  }

  /** A window that always has one size, at least 1. */
  public static Window fixed(int size) {
    Pace none = new Pace(Pace.Kind.LINEAR, 0);
    return new Window(size, size, size, none, none);
  }

  /** The size after a landing. */
  int grown(int size) {
    if (size == 0) {
      return 0;
    }
    long next = grow.kind() == Pace.Kind.LINEAR ? size + (long) grow.by() : size * (long) grow.by();
    long most = ceiling == 0 ? Integer.MAX_VALUE : ceiling;
    return (int) Math.min(next, most);
  }

  /** The size after an item that did not land. */
  int shrunk(int size) {
    if (size == 0) {
      return 0;
    }
    int next = shrink.kind() == Pace.Kind.LINEAR ? size - shrink.by() : size / shrink.by();
    return Math.max(next, floor);
  }

  /** The size under this configuration of a window that has had another. */
  int reconfigured(int size) {
    boolean isStatic = grow.isNone() && shrink.isNone();
    return start == 0 || size == 0 || isStatic ? start : Math.max(size, floor);
  }

  /**
   * One way of growing or shrinking.
   *
   * @param kind adding or multiplying
   * @param by how much is added or taken away, or by what the size is multiplied or divided; at
   *     least 0 for linear, at least 1 for exponential
   */
  public record Pace(Kind kind, int by) {
    public Pace {
      if (by < 0 || (kind == Kind.EXPONENTIAL && by == 0)) {
        throw new IllegalArgumentException("a window cannot change by " + kind.code() + " " + by);
      }
    }

    boolean isNone() {
      return kind == Kind.LINEAR ? by == 0 : by == 1;
    }

    /** Adding or multiplying. */
    public enum Kind {
      LINEAR("linear"),
      EXPONENTIAL("exponential");

      private final String code;

      Kind(String code) {
        this.code = code;
      }

      /** The stable word for it in configuration. */
      public String code() {
        return code;
      }
    }
  }
}
