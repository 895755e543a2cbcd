package dev.headgate.reports;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A small JSON value in memory. */
sealed interface JsonValue {
  /** An object; of a name that stands twice, the last value. */
  record Members(Map<String, JsonValue> values) implements JsonValue {}

  /** An array. */
  record Items(List<JsonValue> values) implements JsonValue {}

  /** A text. */
  record Text(String value) implements JsonValue {}

  /** A number, {@code true}, {@code false} or {@code null}, as it was written. */
  record Literal(String word) implements JsonValue {}

  /** The member of that name, or null if this is no object or has none. */
  default @Nullable JsonValue member(String name) {
    return this instanceof Members members ? members.values().get(name) : null;
  }

  /** The text of a member, or of a number; null if there is none. */
  default @Nullable String text(String name) {
    JsonValue value = member(name);
    return value == null ? null : value.asText();
  }

  /** This as text: a text, number or truth value; null for others. */
  default @Nullable String asText() {
    return switch (this) {
      case Text text -> text.value();
      case Literal literal -> literal.word().equals("null") ? null : literal.word();
      case Members members -> null;
      case Items items -> null;
    };
  }

  /** The items of a member that is an array, or that alone if it is none; empty if absent. */
  default List<JsonValue> items(String name) {
    JsonValue value = member(name);
    return switch (value) {
      case null -> List.of();
      case Items items -> items.values();
      case Literal literal when literal.word().equals("null") -> List.of();
      case JsonValue other -> List.of(other);
    };
  }

  /** True if the member is {@code true}. */
  default boolean isTrue(String name) {
    return "true".equals(text(name));
  }
}
