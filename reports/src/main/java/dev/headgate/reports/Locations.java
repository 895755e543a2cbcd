package dev.headgate.reports;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds where in the sources a failure happened, in the tracebacks of common tools. */
final class Locations {
  /** More of a traceback is not looked at, in lines and in characters of a line. */
  private static final int MAX_LINES = 200;

  private static final int MAX_LINE = 500;

  /**
   * A place in a file.
   *
   * @param line from 1
   */
  record Location(String file, int line) {}

  private static final Pattern PYTHON = Pattern.compile("^\\s*File \"([^\"]+)\", line (\\d{1,7})");

  private static final Pattern SCRIPT =
      Pattern.compile(
          "^\\s*at (?:.*\\()?(?:file://)?([^()\\s]+?\\.[cm]?[jt]sx?):(\\d{1,7})(?::\\d{1,7})?\\)?$");

  private static final Pattern RUST =
      Pattern.compile("panicked at (?:'.*', )?([^\\s:'][^:']*\\.rs):(\\d{1,7})");

  /**
   * {@code file.ext:12: text}, which Go, gtest, Catch2, pytest, compilers and many others print.
   */
  private static final Pattern PLAIN =
      Pattern.compile(
          "^\\s*(?:E\\s+)?((?:[A-Za-z]:)?[^\\s:()\"']+\\.[A-Za-z]\\w{0,4}):(\\d{1,7})(?::|\\s|$)");

  private static final Pattern NAMED = Pattern.compile("^(.+?):(\\d{1,7})(?::\\d{1,7})?$");

  /** {@code file.cpp(12): error}, as Visual Studio and Boost.Test print. */
  private static final Pattern PARENTHESIS =
      Pattern.compile(
          "^\\s*((?:[A-Za-z]:)?[^\\s:()\"']+\\.[A-Za-z]\\w{0,4})\\((\\d{1,7})(?:,\\d{1,7})?\\)");

  /** Frames of tools and libraries, where a failure shows and is not. */
  private static final List<String> FOREIGN =
      List.of(
          "site-packages",
          "dist-packages",
          "node_modules",
          "node:internal",
          "/usr/lib/",
          "/rustc/",
          "/go/src/",
          "unittest/case.py",
          ".cargo/registry");

  private static final List<String> FOREIGN_CLASSES =
      List.of(
          "java.",
          "javax.",
          "jdk.",
          "sun.",
          "com.sun.",
          "org.junit.",
          "junit.",
          "org.assertj.",
          "org.hamcrest.",
          "org.opentest4j.",
          "org.testng.",
          "org.mockito.",
          "kotlin.",
          "scala.",
          "org.gradle.",
          "org.apache.maven.");

  private Locations() {}

  /**
   * Where the failure happened.
   *
   * @param id of the test, whose own class is preferred
   * @param trace the traceback and what was printed around it
   */
  static Optional<Location> find(String id, String trace) {
    List<Location> python = new ArrayList<>();
    List<Location> java = new ArrayList<>();
    Optional<Location> plain = Optional.empty();
    for (String whole : trace.lines().limit(MAX_LINES).toList()) {
      String line = whole.length() > MAX_LINE ? whole.substring(0, MAX_LINE) : whole;
      if (!mayName(line) || isForeign(line)) {
        continue;
      }
      Optional<JavaFrame> frame = JavaFrame.of(line);
      if (frame.isPresent()) {
        java(frame.get(), id, java);
        continue;
      }
      location(PYTHON.matcher(line)).ifPresent(python::add);
      if (plain.isEmpty()) {
        plain = any(line);
      }
    }
    if (!java.isEmpty()) {
      return Optional.of(java.getFirst());
    }
    return python.isEmpty() || plain.isPresent() ? plain : Optional.of(python.getLast());
  }

  /**
   * False for most lines that name no place, so that expressions are not tried on them: one that
   * does has {@code , line } (Python's), or a digit after a colon or a parenthesis.
   */
  private static boolean mayName(String line) {
    for (int i = 1; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c >= '0' && c <= '9' && (line.charAt(i - 1) == ':' || line.charAt(i - 1) == '(')) {
        return true;
      }
    }
    return line.contains("\", line ");
  }

  private static boolean isForeign(String line) {
    for (String part : FOREIGN) {
      if (line.contains(part)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isForeignClass(String type) {
    for (String start : FOREIGN_CLASSES) {
      if (type.startsWith(start)) {
        return true;
      }
    }
    return false;
  }

  /** A frame of the test's own class goes first, then the topmost of anybody's own code. */
  private static void java(JavaFrame frame, String id, List<Location> found) {
    String type = frame.outermostType();
    if (isForeignClass(type)) {
      return;
    }
    int dot = type.lastIndexOf('.');
    String directory = dot < 0 ? "" : type.substring(0, dot).replace('.', '/') + "/";
    Location location = new Location(directory + frame.file(), frame.line());
    boolean own = id.equals(type) || id.startsWith(type + ".") || id.startsWith(type + "#");
    if (own && found.stream().noneMatch(each -> each.file().equals(location.file()))) {
      found.addFirst(location);
    } else if (found.isEmpty()) {
      found.add(location);
    }
  }

  private static Optional<Location> any(String line) {
    return location(SCRIPT.matcher(line))
        .or(() -> location(RUST.matcher(line)))
        .or(() -> location(PARENTHESIS.matcher(line)))
        .or(() -> location(PLAIN.matcher(line)));
  }

  private static Optional<Location> location(Matcher matcher) {
    return matcher.find()
        ? Optional.of(new Location(matcher.group(1), Integer.parseInt(matcher.group(2))))
        : Optional.empty();
  }

  /** The place that a {@code path:line} names, or the path alone at its first line. */
  static Optional<Location> named(String text) {
    Matcher matcher = NAMED.matcher(text.strip());
    if (matcher.matches()) {
      return Optional.of(new Location(matcher.group(1), Integer.parseInt(matcher.group(2))));
    }
    return text.isBlank() ? Optional.empty() : Optional.of(new Location(text.strip(), 1));
  }

  /** The line of a traceback that says what went wrong. */
  static String firstTelling(String trace) {
    String last = "";
    boolean python = trace.contains("Traceback (most recent call last)");
    for (String line : trace.lines().limit(MAX_LINES).toList()) {
      String text = line.strip();
      if (!text.isEmpty() && !text.startsWith("===") && !text.startsWith("Traceback (")) {
        if (!python) {
          return Findings.cut(text, MAX_LINE);
        }
        last = line.startsWith(" ") ? last : text;
      }
    }
    return Findings.cut(last, MAX_LINE);
  }
}
