package dev.headgate.reports;

import java.util.Optional;

/**
 * One line of a traceback of the JVM: {@code at module/org.acme.Foo$Bar.method(Foo.java:12)}.
 *
 * <p>Tracebacks are mostly such lines, and an expression for them is slow: hence by hand.
 *
 * @param type with its package
 * @param file without a directory
 * @param line from 1
 */
record JavaFrame(String type, String file, int line) {
  private static final int MAX_DIGITS = 7;

  /** The frame that a line says, if it says one. */
  static Optional<JavaFrame> of(String line) {
    int at = 0;
    while (at < line.length() && (line.charAt(at) == ' ' || line.charAt(at) == '\t')) {
      at++;
    }
    int open = line.startsWith("at ", at) ? line.indexOf('(', at) : -1;
    int colon = open < 0 ? -1 : line.indexOf(':', open);
    int close = colon < 0 ? -1 : line.indexOf(')', colon);
    if (close < 0) {
      return Optional.empty();
    }
    String called = line.substring(Math.max(at + 3, line.lastIndexOf('/', open) + 1), open);
    String file = line.substring(open + 1, colon);
    int dot = called.lastIndexOf('.');
    boolean named = dot > 0 && dot < called.length() - 1 && isName(called, ".$<>_");
    boolean placed = isFile(file) && isNumber(line, colon + 1, close);
    return named && placed
        ? Optional.of(
            new JavaFrame(
                called.substring(0, dot), file, Integer.parseInt(line, colon + 1, close, 10)))
        : Optional.empty();
  }

  private static boolean isFile(String file) {
    int dot = file.indexOf('.');
    return dot > 0
        && dot < file.length() - 1
        && file.indexOf('.', dot + 1) < 0
        && isName(file, ".$_-");
  }

  private static boolean isName(String text, String besides) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!Character.isLetterOrDigit(c) && besides.indexOf(c) < 0) {
        return false;
      }
    }
    return true;
  }

  private static boolean isNumber(String text, int from, int to) {
    for (int i = from; i < to; i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return to > from && to - from <= MAX_DIGITS;
  }

  /** The type whose source the file is: without those nested in it. */
  String outermostType() {
    int dollar = type.indexOf('$');
    return dollar < 0 ? type : type.substring(0, dollar);
  }
}
