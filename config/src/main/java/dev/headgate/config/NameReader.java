package dev.headgate.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads names of things that other files and other people name too. */
final class NameReader {
  private final Problems problems;
  private final Values values;

  /** A name, at the place where it is written. */
  record Name(String text, Place at) {}

  NameReader(Problems problems) {
    this.problems = problems;
    this.values = new Values(problems);
  }

  /** A list of names, or one; each once. */
  List<Name> read(Values.Value value, String example) {
    List<Name> names = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (Values.Value item : values.items(value, example)) {
      Optional<String> name = values.text(item, example);
      if (name.isPresent() && !seen.add(name.get())) {
        problems.add(item.at(), Words.quote(name.get()) + " is listed twice", "");
      } else {
        name.ifPresent(text -> names.add(new Name(text, item.at())));
      }
    }
    return names;
  }

  /** One of the words. */
  Optional<String> oneOf(Values.Value value, Collection<String> words) {
    Optional<String> word = values.text(value, "write one of " + Words.list(words));
    if (word.isPresent() && !words.contains(word.get())) {
      problems.add(
          value.at(),
          value.what() + " cannot be " + Words.quote(word.get()),
          Words.suggest(word.get(), words, "it can be"));
      return Optional.empty();
    }
    return word;
  }
}
