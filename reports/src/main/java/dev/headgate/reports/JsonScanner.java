package dev.headgate.reports;

import org.jspecify.annotations.Nullable;

/**
 * Reads one JSON value from characters in pieces of any size. It keeps one text and the kinds of
 * the open values, nothing else. What breaks the grammar stops it for good.
 *
 * <p>A parser of a library is not used because those keep whole texts of any length, and stop at a
 * control character in a text, which hand-made reports contain.
 */
final class JsonScanner {
  static final int MAX_DEPTH = 128;

  /** The longest text that is kept whole, in characters. */
  static final int MAX_TEXT = 1 << 22;

  /** Numbers and words are shorter. */
  private static final int MAX_LITERAL = 400;

  private enum State {
    VALUE,
    FIRST_ITEM,
    FIRST_NAME,
    NAME,
    COLON,
    AFTER_VALUE,
    TEXT,
    ESCAPE,
    UNICODE,
    LITERAL,
    DONE,
    BROKEN
  }

  private final JsonHandler handler;
  private final boolean[] objects = new boolean[MAX_DEPTH];
  private final StringBuilder token = new StringBuilder();
  private State state = State.VALUE;
  private boolean isName;
  private int depth;
  private int unicode;
  private int unicodeDigits;
  private boolean cut;
  private @Nullable String broken;

  JsonScanner(JsonHandler handler) {
    this.handler = handler;
  }

  /** True if the value is complete. */
  boolean isDone() {
    return state == State.DONE;
  }

  /** What broke the grammar, or null if nothing did. */
  @Nullable String broken() {
    return broken;
  }

  /** True if any text was longer than is kept. */
  boolean isCut() {
    return cut;
  }

  /** Takes the next character; false once the value is broken. */
  boolean take(char c) {
    switch (state) {
      case TEXT -> inText(c);
      case ESCAPE -> inEscape(c);
      case UNICODE -> inUnicode(c);
      case LITERAL -> inLiteral(c);
      case VALUE, FIRST_ITEM, FIRST_NAME, NAME, COLON, AFTER_VALUE, DONE -> between(c);
      case BROKEN -> {}
    }
    return state != State.BROKEN;
  }

  /** The text is over: a number at the top level is complete now. */
  void end() {
    if (state == State.LITERAL && depth == 0) {
      inLiteral(' ');
    }
  }

  private void between(char c) {
    if (c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\uFEFF') {
      return;
    }
    switch (state) {
      case FIRST_ITEM -> {
        if (c == ']') {
          close();
        } else {
          value(c);
        }
      }
      case VALUE -> value(c);
      case FIRST_NAME, NAME -> name(c);
      case COLON -> expect(c == ':', State.VALUE, "a colon");
      case AFTER_VALUE -> afterValue(c);
      default -> fail("text after the value");
    }
  }

  private void value(char c) {
    if (c == '{' || c == '[') {
      open(c == '{');
    } else if (c == '"') {
      beginText(false);
    } else if (c == '-' || c == '+' || Character.isLetterOrDigit(c)) {
      token.setLength(0);
      token.append(c);
      state = State.LITERAL;
    } else {
      fail("a value expected");
    }
  }

  private void name(char c) {
    if (c == '"') {
      beginText(true);
    } else if (c == '}' && state == State.FIRST_NAME) {
      close();
    } else {
      fail("a name expected");
    }
  }

  private void afterValue(char c) {
    boolean object = objects[depth - 1];
    if (c == ',') {
      state = object ? State.NAME : State.VALUE;
    } else if (c == (object ? '}' : ']')) {
      close();
    } else {
      fail("a comma or the end of the " + (object ? "object" : "array") + " expected");
    }
  }

  private void expect(boolean found, State next, String what) {
    if (found) {
      state = next;
    } else {
      fail(what + " expected");
    }
  }

  private void fail(String why) {
    broken = why;
    state = State.BROKEN;
  }

  private void open(boolean object) {
    if (depth == MAX_DEPTH) {
      fail("values more than " + MAX_DEPTH + " deep");
      return;
    }
    objects[depth++] = object;
    handler.open(object);
    state = object ? State.FIRST_NAME : State.FIRST_ITEM;
  }

  private void close() {
    depth--;
    handler.close();
    valueEnds();
  }

  private void valueEnds() {
    state = depth == 0 ? State.DONE : State.AFTER_VALUE;
  }

  private void beginText(boolean name) {
    token.setLength(0);
    isName = name;
    state = State.TEXT;
  }

  private void inText(char c) {
    if (c == '"') {
      String text = token.toString();
      if (isName) {
        handler.name(text);
        state = State.COLON;
      } else {
        handler.text(text);
        valueEnds();
      }
    } else if (c == '\\') {
      state = State.ESCAPE;
    } else {
      append(c);
    }
  }

  private void append(char c) {
    if (token.length() < MAX_TEXT) {
      token.append(c);
    } else {
      cut = true;
    }
  }

  private void inEscape(char c) {
    state = State.TEXT;
    switch (c) {
      case 'n' -> append('\n');
      case 't' -> append('\t');
      case 'r' -> append('\r');
      case 'b' -> append('\b');
      case 'f' -> append('\f');
      case '"', '\\', '/' -> append(c);
      case 'u' -> {
        unicode = 0;
        unicodeDigits = 0;
        state = State.UNICODE;
      }
      default -> fail("an unknown escape");
    }
  }

  private void inUnicode(char c) {
    int digit = c < 0x80 ? Character.digit(c, 16) : -1;
    if (digit < 0) {
      fail("four hexadecimal digits expected");
      return;
    }
    unicode = unicode << 4 | digit;
    if (++unicodeDigits == 4) {
      append((char) unicode);
      state = State.TEXT;
    }
  }

  private void inLiteral(char c) {
    if (Character.isLetterOrDigit(c) || c == '.' || c == '-' || c == '+') {
      token.append(c);
      if (token.length() > MAX_LITERAL) {
        fail("a number of more than " + MAX_LITERAL + " characters");
      }
      return;
    }
    String word = token.toString();
    if (!isLiteral(word)) {
      fail("'" + Findings.cut(word, 40) + "' is no value");
      return;
    }
    handler.literal(word);
    valueEnds();
    if (!Character.isWhitespace(c)) {
      take(c);
    }
  }

  /** NaN and infinities are written by some tools, and are no numbers to us. */
  private static boolean isLiteral(String word) {
    return switch (word) {
      case "true", "false", "null", "NaN", "Infinity", "-Infinity" -> true;
      default -> {
        char first = word.charAt(0) == '-' || word.charAt(0) == '+' ? '0' : word.charAt(0);
        yield first >= '0' && first <= '9';
      }
    };
  }
}
