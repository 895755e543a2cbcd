package dev.headgate.conduct;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Typed reading of one JSON object; a missing or wrongly typed field throws {@link
 * IllegalArgumentException} and names it.
 */
final class Fields {
  private final Map<?, ?> object;

  Fields(Map<?, ?> object) {
    this.object = object;
  }

  String text(String name) {
    return typed(name, String.class);
  }

  Optional<String> optionalText(String name) {
    return object.get(name) instanceof String text ? Optional.of(text) : Optional.empty();
  }

  long number(String name) {
    return typed(name, Long.class);
  }

  int integer(String name) {
    long number = number(name);
    if (number != (int) number) {
      throw new IllegalArgumentException(
          "a kept document's field '" + name + "' is too large: " + number);
    }
    return (int) number;
  }

  boolean flag(String name) {
    return typed(name, Boolean.class);
  }

  boolean has(String name) {
    return object.get(name) != null;
  }

  Fields object(String name) {
    return new Fields(typed(name, Map.class));
  }

  List<String> texts(String name) {
    List<?> elements = typed(name, List.class);
    return elements.stream().map(String.class::cast).toList();
  }

  List<Fields> objects(String name) {
    List<?> elements = typed(name, List.class);
    return elements.stream().map(element -> new Fields((Map<?, ?>) element)).toList();
  }

  Map<String, String> textMap(String name) {
    Map<String, String> result = new LinkedHashMap<>();
    Map<?, ?> entries = typed(name, Map.class);
    entries.forEach((key, value) -> result.put(String.valueOf(key), String.valueOf(value)));
    return result;
  }

  private <T> T typed(String name, Class<T> type) {
    @Nullable Object value = object.get(name);
    if (!type.isInstance(value)) {
      throw new IllegalArgumentException(
          "a kept document's field '" + name + "' is not a " + type.getSimpleName());
    }
    return type.cast(value);
  }
}
