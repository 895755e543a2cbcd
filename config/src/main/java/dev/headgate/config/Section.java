package dev.headgate.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/** A mapping whose keys are known; unknown ones are problems as soon as it is read. */
final class Section {
  private final Problems problems;
  private final Values values;
  private final NameReader names;
  private final Map<String, Node.Entry> fields;

  private Section(Problems problems, Map<String, Node.Entry> fields) {
    this.problems = problems;
    this.values = new Values(problems);
    this.names = new NameReader(problems);
    this.fields = fields;
  }

  /** Reads a mapping that has some of the keys; one that is none has no field. */
  static Section read(Values.Value value, List<String> keys, String example, Problems problems) {
    Values values = new Values(problems);
    Map<String, Node.Entry> fields =
        values
            .mapping(value, example)
            .map(mapping -> values.fields(mapping, value.what()))
            .orElse(Map.of());
    fields.forEach((key, entry) -> {
      if (!keys.contains(key)) {
        problems.add(
            entry.key().at(),
            "unknown key " + Words.quote(key) + " in " + value.what(),
            Words.suggest(key, keys, "its keys are"));
      }
    });
    return new Section(problems, fields);
  }

  /** The entries of a mapping whose keys are names that the file chooses. */
  static void each(
      Values.Value value,
      String example,
      Problems problems,
      BiConsumer<String, Node.Entry> entries) {
    Values values = new Values(problems);
    values
        .mapping(value, example)
        .ifPresent(mapping ->
            values
                .fields(mapping, value.what())
                .forEach((name, entry) -> {
                  if (name.isBlank()) {
                    problems.add(entry.key().at(), "a name in " + value.what() + " is empty", "");
                  } else {
                    entries.accept(name, entry);
                  }
                }));
  }

  Optional<Values.Value> field(String key) {
    return Optional.ofNullable(fields.get(key)).map(entry -> Values.of("'" + key + "'", entry));
  }

  boolean flag(String key) {
    return field(key).flatMap(values::bool).orElse(false);
  }

  int integer(String key, int least, int most, int usual) {
    return field(key).flatMap(value -> values.integer(value, least, most)).orElse(usual);
  }

  List<NameReader.Name> names(String key) {
    return field(key)
        .map(value -> names.read(value, "name them, as in: " + key + ": [name]"))
        .orElse(List.of());
  }

  List<String> texts(String key) {
    return names(key).stream().map(NameReader.Name::text).toList();
  }

  /** Some of the words, each once. */
  List<String> someOf(String key, List<String> words) {
    List<NameReader.Name> given = names(key);
    for (NameReader.Name name : given) {
      if (!words.contains(name.text())) {
        problems.add(
            name.at(),
            "'" + key + "' cannot be " + Words.quote(name.text()),
            Words.suggest(name.text(), words, "it can be"));
      }
    }
    return given.stream().map(NameReader.Name::text).filter(words::contains).toList();
  }

  Optional<String> oneOf(String key, List<String> words) {
    return field(key).flatMap(value -> names.oneOf(value, words));
  }
}
