package dev.headgate.config;

import static java.lang.Character.SURROGATE;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * Readings of single values. Each gives nothing, and has added a problem, if the value is not of
 * the wanted type; a broken value gives nothing silently, for its problem is known.
 */
public final class Values {
  /** One list of a file; longer ones are generated, and generated ones belong into a script. */
  static final int MAX_ITEMS = 1_000;

  private static final Pattern NO_SPACE = Pattern.compile("[\\w.-]+:\\S.*", Pattern.DOTALL);

  /** Fewer digits than would overflow. */
  private static final Pattern NUMBER = Pattern.compile("[-+]?[0-9]{1,9}");

  private final Problems problems;

  /** Readings that add their problems to those given. */
  public Values(Problems problems) {
    this.problems = problems;
  }

  /** A value with the words that name it in messages. */
  public record Value(String what, Node node, Place keyPlace) {
    /** Where the value stands; where its key does if there is none. */
    public Place at() {
      return node.isNothing() ? keyPlace : node.at();
    }
  }

  /** The value of an entry, named so. */
  public static Value of(String what, Node.Entry entry) {
    return new Value(what, entry.value(), entry.key().at());
  }

  /** The entries of a mapping by key, the first of equal keys. */
  public Map<String, Node.Entry> fields(Node.Mapping mapping, String what) {
    Map<String, Node.Entry> fields = new LinkedHashMap<>();
    for (Node.Entry entry : mapping.entries()) {
      Optional<String> key = key(entry.key(), what);
      if (key.isEmpty()) {
        continue;
      }
      Node.Entry first = fields.putIfAbsent(key.get(), entry);
      if (first != null) {
        problems.add(
            entry.key().at(),
            Words.quote(key.get()) + " is given twice",
            "it is already on line " + first.key().at().line());
      }
    }
    return fields;
  }

  /** Whether the mapping has a merge key: what it lacks may be meant to come from elsewhere. */
  static boolean merges(Node.Mapping mapping) {
    return mapping.entries().stream().anyMatch(entry -> isMerge(entry.key()));
  }

  private static boolean isMerge(Node key) {
    return key instanceof Node.Scalar scalar && scalar.plain() && scalar.text().equals("<<");
  }

  private Optional<String> key(Node key, String what) {
    if (key instanceof Node.Scalar scalar && scalar.type() == Node.ScalarType.TEXT) {
      if (isMerge(key)) {
        problems.add(key.at(), "merge keys ('<<') are not supported", "write the keys out");
        return Optional.empty();
      }
      return Optional.of(scalar.text());
    }
    if (!(key instanceof Node.Broken)) {
      problems.add(
          key.at(), "a key of " + what + " must be text, not " + key.kind(), quoteHint(key));
    }
    return Optional.empty();
  }

  private static String quoteHint(Node node) {
    return node instanceof Node.Scalar scalar && !node.isNothing()
        ? "put it in quotes: \"" + Words.shorten(scalar.text()) + "\""
        : "";
  }

  /** A mapping; the example is what to write instead. */
  public Optional<Node.Mapping> mapping(Value value, String example) {
    if (value.node instanceof Node.Mapping mapping) {
      return Optional.of(mapping);
    }
    if (value.node instanceof Node.Scalar scalar && NO_SPACE.matcher(scalar.text()).matches()) {
      problems.add(
          value.at(),
          value.what + " must be a mapping, not text",
          "put a space behind the ':' of " + Words.quote(scalar.text()));
    } else {
      mismatch(value, "a mapping", example);
    }
    return Optional.empty();
  }

  /** Text that names something; numbers and booleans must be quoted. */
  Optional<String> text(Value value, String example) {
    if (value.node instanceof Node.Scalar scalar && scalar.type() == Node.ScalarType.TEXT) {
      return nonBlank(value, scalar.text());
    }
    boolean quotable = value.node instanceof Node.Scalar && !value.node.isNothing();
    mismatch(value, "text", quotable ? quoteHint(value.node) : example);
    return Optional.empty();
  }

  /** A shell command; {@code true} and {@code false} are commands too. */
  Optional<String> command(Value value) {
    if (value.node instanceof Node.Scalar scalar) {
      switch (scalar.type()) {
        case TEXT, BOOLEAN -> {
          return nonBlank(value, scalar.text());
        }
        case INTEGER, FRACTION, NOTHING -> {}
      }
    }
    String hint =
        value.node instanceof Node.Sequence
            ? "write several commands as lines below 'run: |'"
            : "write a command, as in: run: make check";
    mismatch(value, "a command", hint);
    return Optional.empty();
  }

  private Optional<String> nonBlank(Value value, String text) {
    if (text.isBlank()) {
      problems.add(value.at(), value.what + " is empty", "");
      return Optional.empty();
    }
    return carried(value, text);
  }

  /** Escapes can write what neither a command line, a variable nor a file name can hold. */
  private Optional<String> carried(Value value, String text) {
    OptionalInt bad =
        text.codePoints().filter(c -> c == 0 || Character.getType(c) == SURROGATE).findFirst();
    if (bad.isPresent()) {
      problems.add(
          value.at(),
          String.format("%s contains the character U+%04X", value.what, bad.getAsInt()),
          "no command line, variable or file name can carry it");
      return Optional.empty();
    }
    return Optional.of(text);
  }

  /** The text of any scalar but nothing, exactly as it is written. */
  public Optional<String> verbatim(Value value) {
    if (value.node instanceof Node.Scalar scalar && !scalar.isNothing()) {
      return carried(value, scalar.text());
    }
    mismatch(value, "text", value.node.isNothing() ? "write \"\" for an empty one" : "");
    return Optional.empty();
  }

  /** {@code true} or {@code false}. */
  public Optional<Boolean> bool(Value value) {
    if (value.node instanceof Node.Scalar scalar && scalar.type() == Node.ScalarType.BOOLEAN) {
      return Optional.of(scalar.text().equalsIgnoreCase("true"));
    }
    mismatch(value, "true or false", boolHint(value.node));
    return Optional.empty();
  }

  private static String boolHint(Node node) {
    if (!(node instanceof Node.Scalar scalar)) {
      return "";
    }
    return switch (scalar.text().toLowerCase(Locale.ROOT)) {
      case "1" -> "write true";
      case "0" -> "write false";
      case "yes", "on", "y" -> "write true; YAML 1.2 knows no " + Words.quote(scalar.text());
      case "no", "off", "n" -> "write false; YAML 1.2 knows no " + Words.quote(scalar.text());
      case "true", "false" -> "remove the quotes";
      default -> "";
    };
  }

  /** A whole number within the range, in decimal digits. */
  public Optional<Integer> integer(Value value, int least, int most) {
    String wanted = "a whole number from " + least + " to " + most;
    if (!(value.node instanceof Node.Scalar scalar)
        || scalar.type() == Node.ScalarType.TEXT
        || scalar.type() == Node.ScalarType.BOOLEAN
        || scalar.isNothing()) {
      boolean quoted = value.node instanceof Node.Scalar text && number(text.text()).isPresent();
      mismatch(value, wanted, quoted ? "remove the quotes" : "");
      return Optional.empty();
    }
    Optional<Integer> number =
        number(scalar.text()).filter(known -> known >= least && known <= most);
    if (number.isEmpty()) {
      problems.add(
          value.at(),
          value.what + " must be " + wanted + ", not " + Words.shorten(scalar.text()),
          "");
    }
    return number;
  }

  private static Optional<Integer> number(String text) {
    return NUMBER.matcher(text).matches() ? Optional.of(Integer.parseInt(text)) : Optional.empty();
  }

  /** The items of a list, or the one value that stands in its stead. */
  List<Value> items(Value value, String example) {
    if (!(value.node instanceof Node.Sequence sequence)) {
      if (value.node.isNothing() || value.node instanceof Node.Mapping) {
        mismatch(value, "a list", example);
        return List.of();
      }
      return List.of(value);
    }
    if (sequence.items().size() > MAX_ITEMS) {
      problems.add(value.at(), value.what + " has more than " + MAX_ITEMS + " entries", "");
      return List.of();
    }
    List<Value> items = new ArrayList<>();
    for (Node item : sequence.items()) {
      items.add(new Value("an entry of " + value.what, item, item.at()));
    }
    return items;
  }

  /** Adds that the value is not what is wanted, unless its problem is known. */
  public void mismatch(Value value, String wanted, String hint) {
    if (value.node instanceof Node.Broken) {
      return;
    }
    String message =
        value.node.isNothing()
            ? value.what + " has no value"
            : value.what + " must be " + wanted + ", not " + value.node.kind();
    problems.add(value.at(), message, hint);
  }
}
