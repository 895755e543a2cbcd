package dev.headgate.config;

import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlVersionException;

/**
 * Says in a person's words what the YAML parser stumbled over, and where the mistake is rather than
 * where the parser noticed it. Keyed by the sentences of the pinned version of the library; what it
 * does not know it still reports, with the place.
 */
final class SyntaxErrors {
  private static final String QUOTE_IT = "put the whole value in quotes";

  private final List<String> lines;
  private final String text;
  private final Optional<Place> bracket;

  private SyntaxErrors(String text, Optional<Place> bracket) {
    this.text = text;
    this.bracket = bracket;
    this.lines = text.lines().toList();
  }

  /** A problem without its file. */
  private record Said(Place at, String message, String hint) {}

  /**
   * Adds the one problem the exception stands for.
   *
   * @param last the place of the last thing that could be read
   * @param bracket the place of the innermost bracket that is open there, if one is
   */
  static void add(
      RuntimeException error, String text, Place last, Optional<Place> bracket, Problems problems) {
    SyntaxErrors errors = new SyntaxErrors(text, bracket);
    Said said = errors.said(error, last);
    problems.add(errors.inside(said.at), said.message, said.hint);
  }

  private Said said(RuntimeException error, Place last) {
    if (error instanceof YamlVersionException) {
      return new Said(
          Place.START, "the file asks for another YAML than 1.2", "remove the %YAML line");
    }
    if (error instanceof NumberFormatException) {
      Place end = SourceText.endOf(text);
      return new Said(end, "the file ends within an escape", "close the double quotes");
    }
    if (error instanceof MarkedYamlEngineException marked && marked.getProblemMark().isPresent()) {
      Place at = TreeReader.place(marked.getProblemMark().get());
      Place start = marked.getContextMark().map(TreeReader::place).orElse(at);
      String context = marked.getContext() == null ? "" : marked.getContext();
      return said(context, start, marked.getProblem(), at);
    }
    return unknown(last);
  }

  private Said unknown(Place at) {
    return bracket
        .map(open ->
            new Said(open, "the " + charAt(open) + " that opens here is not closed", "close it"))
        .orElseGet(() ->
            new Said(
                at,
                "this cannot be read as YAML",
                "look at the quotes, brackets and indentation before this place"));
  }

  private Said said(String context, Place start, String problem, Place at) {
    if (problem.contains("(TAB)")) {
      return new Said(
          firstTab(at), "a tab stands where YAML allows only spaces", "indent with spaces");
    }
    return switch (context) {
      case "while scanning a quoted scalar" ->
          new Said(
              start,
              "the quote that opens here is never closed",
              "close it; inside '…' a single quote is written twice");
      case "while scanning a double-quoted scalar" -> escape(at);
      case "while scanning an alias", "while scanning an anchor" -> reserved(start);
      case "while scanning a block scalar" -> block(start, at, problem);
      case "while scanning a simple key" ->
          new Said(
              start,
              "this is neither a key nor part of the value above it",
              "end a key with ':' and a space, or indent the line as the value above");
      case "while parsing a flow sequence" -> unclosed("[", "]", start, at);
      case "while parsing a flow mapping" -> unclosed("{", "}", start, at);
      case "while parsing a block mapping", "while parsing a block collection" ->
          neighbour(context, start, at);
      default -> byProblem(context, start, problem, at);
    };
  }

  private Said byProblem(String context, Place start, String problem, Place at) {
    if (context.contains("tag") || problem.contains("tag handle")) {
      return new Said(start, "the tag that begins here is not supported", QUOTE_IT);
    }
    if (problem.startsWith("mapping values are not allowed")) {
      return secondColon(at);
    }
    if (problem.startsWith("sequence entries are not allowed")) {
      return new Said(
          at,
          "a list cannot begin on this line",
          "begin it on the next line, or write it as [a, b]");
    }
    if (problem.contains("that cannot start any token")) {
      return reserved(at);
    }
    if (problem.startsWith("expected '<document start>'")) {
      if (text.startsWith("%")) {
        return new Said(
            Place.START, "a line that begins with '%' is a directive, not a value", QUOTE_IT);
      }
      return followsQuote(at)
          ? behindQuote(at)
          : new Said(at, "more stands here than one document", "keep one document in the file");
    }
    if (problem.startsWith("expected the node content")) {
      return at.line() > lines.size() || charAt(at).isEmpty()
          ? unknown(at)
          : new Said(
              at, "a value is missing before " + charAt(at), QUOTE_IT + " if it is part of it");
    }
    return unknown(at);
  }

  private Said escape(Place at) {
    Place backslash = new Place(at.line(), Math.max(1, at.column() - 1));
    boolean known = charAt(backslash).equals("'\\'");
    return new Said(
        known ? backslash : at,
        "this is no escape that YAML knows in double quotes",
        "use single quotes, or write each '\\' twice");
  }

  /** A character that means something else at the beginning of a value. */
  private Said reserved(Place at) {
    if (followsQuote(at)) {
      return behindQuote(at);
    }
    return new Said(at, "a plain value cannot begin with " + charAt(at), QUOTE_IT);
  }

  private static Said block(Place start, Place at, String problem) {
    if (problem.contains("leading empty lines")) {
      return new Said(
          at, "the text begins with a line that is indented more than this one", "align them");
    }
    return new Said(
        start,
        "behind '|' or '>' the text begins on the next line",
        QUOTE_IT + " if it is a command");
  }

  private static Said unclosed(String opening, String closing, Place start, Place at) {
    String missing = "',' or '" + closing + "'";
    if (start.line() == at.line()) {
      return new Said(
          at,
          missing + " is missing before this",
          "the '" + opening + "' opens in column " + start.column());
    }
    return new Said(
        start,
        "the '" + opening + "' that opens here is not closed",
        missing + " is missing before line " + at.line() + ", column " + at.column());
  }

  /** Something stands beside the keys or items of a block that is neither. */
  private Said neighbour(String context, Place start, Place at) {
    if (followsQuote(at)) {
      return behindQuote(at);
    }
    String found = charAt(at);
    boolean mapping = context.endsWith("mapping");
    if (found.equals("']'") || found.equals("'}'")) {
      return new Said(at, found + " closes nothing", QUOTE_IT + " if it is part of it");
    }
    if (found.equals("':'")) {
      return new Said(at, "there is no key before this ':'", "");
    }
    boolean aligned = before(at).isBlank() && at.column() == start.column();
    if (!aligned) {
      return new Said(
          at,
          "this line is not indented like " + (mapping ? "the keys" : "the items") + " above it",
          "begin all "
              + (mapping ? "keys of one mapping" : "items of one list")
              + " in one column");
    }
    return mapping
        ? new Said(at, "a list item stands among keys", "indent it more than its key")
        : new Said(at, "a key stands among list items", "indent it less than the items");
  }

  private static Said behindQuote(Place at) {
    return new Said(
        at,
        "the value goes on behind its closing quote",
        QUOTE_IT + "; inside '…' a single quote is written twice");
  }

  private Said secondColon(Place at) {
    String before = before(at);
    if (before.contains(": ")) {
      return new Said(at, "a plain value cannot contain ': '", QUOTE_IT);
    }
    int indentation = before.length() - before.stripLeading().length();
    return new Said(
        new Place(at.line(), indentation + 1),
        "this key stands inside the value of the line above it",
        "indent it like the keys above, and end a key with ':'");
  }

  private boolean followsQuote(Place at) {
    String before = before(at).stripTrailing();
    return before.endsWith("'") || before.endsWith("\"");
  }

  private Place firstTab(Place at) {
    int tab = line(at).indexOf('\t');
    return tab < 0 ? at : new Place(at.line(), tab + 1);
  }

  private String line(Place at) {
    return at.line() <= lines.size() ? lines.get(at.line() - 1) : "";
  }

  private String before(Place at) {
    String line = line(at);
    int length = Math.min(at.column() - 1, line.codePointCount(0, line.length()));
    return line.substring(0, line.offsetByCodePoints(0, length));
  }

  /** The character at the place in quotes; nothing at the end of a line. */
  private String charAt(Place at) {
    String rest = line(at).substring(before(at).length());
    return rest.isEmpty() ? "" : "'" + Character.toString(rest.codePointAt(0)) + "'";
  }

  /** The place itself, or the end of what stands in the file if the parser noticed only there. */
  private Place inside(Place at) {
    Place end = SourceText.endOf(text.stripTrailing());
    return at.compareTo(end) > 0 ? end : at;
  }
}
