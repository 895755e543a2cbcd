package dev.headgate.config;

import java.util.List;
import java.util.regex.Pattern;

/**
 * A value of a configuration file with its place. Aliases share nodes, so that the tree is a graph
 * without circles: nothing may walk it deeper than the configuration's own shape goes.
 */
public sealed interface Node {
  /** Where it begins. */
  Place at();

  /** Text, a number, a boolean or nothing; {@link #type()} says which. */
  record Scalar(Place at, String text, boolean plain) implements Node {
    private static final Pattern INTEGER =
        Pattern.compile("[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+", Pattern.DOTALL);
    private static final Pattern FLOAT =
        Pattern.compile(
            "[-+]?(?:\\.[0-9]+|[0-9]+(?:\\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?"
                + "|[-+]?\\.(?:inf|Inf|INF)|\\.(?:nan|NaN|NAN)");

    /** What YAML 1.2's core schema takes it for. Quoted and block scalars are always text. */
    public ScalarType type() {
      if (!plain) {
        return ScalarType.TEXT;
      }
      return switch (text) {
        case "", "~", "null", "Null", "NULL" -> ScalarType.NOTHING;
        case "true", "True", "TRUE", "false", "False", "FALSE" -> ScalarType.BOOLEAN;
        default -> numberOrText();
      };
    }

    private ScalarType numberOrText() {
      if (INTEGER.matcher(text).matches()) {
        return ScalarType.INTEGER;
      }
      return FLOAT.matcher(text).matches() ? ScalarType.FRACTION : ScalarType.TEXT;
    }
  }

  /** A list. */
  record Sequence(Place at, List<Node> items) implements Node {}

  /** A mapping; keys may repeat and need not be text. */
  record Mapping(Place at, List<Entry> entries) implements Node {}

  /** A value whose problem is already reported; nothing more is said about it. */
  record Broken(Place at) implements Node {}

  /** One key of a mapping and its value. */
  record Entry(Node key, Node value) {}

  /** The kinds of scalar. */
  enum ScalarType {
    TEXT("text"),
    INTEGER("a number"),
    FRACTION("a number"),
    BOOLEAN("a boolean"),
    NOTHING("nothing");

    final String words;

    ScalarType(String words) {
      this.words = words;
    }
  }

  /** What the node is, for a message that says what stands there instead. */
  default String kind() {
    return switch (this) {
      case Scalar scalar -> scalar.type().words;
      case Sequence _ -> "a list";
      case Mapping _ -> "a mapping";
      case Broken _ -> "something broken";
    };
  }

  /** Whether there is no value: the key stands alone, or with a null. */
  default boolean isNothing() {
    return this instanceof Scalar scalar && scalar.type() == ScalarType.NOTHING;
  }
}
