package dev.headgate.config;

import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * What can be seen of a repository.
 *
 * @param names the names at its root; folders with or without a slash behind them
 * @param contents the text of a file, by its path from the root
 */
record Clues(Set<String> names, Function<String, Optional<String>> contents) {
  boolean has(String name) {
    return names.contains(name) || names.contains(name + "/");
  }

  boolean hasAny(String... candidates) {
    return first(candidates).isPresent();
  }

  Optional<String> first(String... candidates) {
    for (String candidate : candidates) {
      if (has(candidate)) {
        return Optional.of(candidate);
      }
    }
    return Optional.empty();
  }

  /** The text of a file at the root; empty if it is not there. */
  String text(String name) {
    return has(name) ? contents.apply(name).orElse("") : "";
  }

  boolean matches(String name, Pattern pattern) {
    return pattern.matcher(text(name)).find();
  }
}
