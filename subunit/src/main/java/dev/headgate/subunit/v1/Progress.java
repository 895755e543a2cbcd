package dev.headgate.subunit.v1;

import java.util.Optional;

/**
 * What a stream says of how many tests there will be.
 *
 * @param kind what is said
 * @param count the tests, or how many more or, negative, fewer; 0 for {@link Kind#PUSH} and {@link
 *     Kind#POP}
 */
public record Progress(Kind kind, long count) {
  /** What a progress directive does. */
  public enum Kind {
    /** So many tests are yet to come. */
    SET,
    /** So many more, or fewer, are to come. */
    ADJUST,
    /** A nested count begins. */
    PUSH,
    /** The nested count ends; the outer one goes on by one. */
    POP
  }

  public Progress {
    if ((kind == Kind.PUSH || kind == Kind.POP) && count != 0) {
      throw new IllegalArgumentException("push and pop have no count");
    }
    if (kind == Kind.SET && count < 0) {
      throw new IllegalArgumentException("there are not " + count + " tests to come");
    }
  }

  /** What a progress directive says behind its word; empty if it is none. */
  static Optional<Progress> parse(String text) {
    String word = text.strip();
    if (word.equals("push")) {
      return Optional.of(new Progress(Kind.PUSH, 0));
    }
    if (word.equals("pop")) {
      return Optional.of(new Progress(Kind.POP, 0));
    }
    if (word.isEmpty()) {
      return Optional.empty();
    }
    boolean signed = word.charAt(0) == '+' || word.charAt(0) == '-';
    try {
      return Optional.of(new Progress(signed ? Kind.ADJUST : Kind.SET, Long.parseLong(word)));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** The directive's line. */
  String line() {
    String what =
        switch (kind) {
          case SET -> Long.toString(count);
          case ADJUST -> (count < 0 ? "" : "+") + count;
          case PUSH -> "push";
          case POP -> "pop";
        };
    return "progress: " + what + "\n";
  }
}
