package dev.headgate.sim.scenario;

import dev.headgate.config.Node;
import dev.headgate.config.Place;
import dev.headgate.config.Problems;
import dev.headgate.config.Values;
import dev.headgate.config.Values.Value;
import dev.headgate.config.Words;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads single values of a scenario file. More is taken than is written: one value stands for a
 * list of one, and a name may be a number. What cannot be taken is a problem with its place, and
 * gives nothing or an empty list.
 */
final class Reading {
  private static final Pattern REVISION = Pattern.compile("\\.[0-9]+$");

  private final Problems problems;
  private final Values values;

  /** Where the mappings stand that have an unknown key. */
  private final Set<Place> misspelled = new HashSet<>();

  Reading(Problems problems) {
    this.problems = problems;
    this.values = new Values(problems);
  }

  void problem(Value value, String message, String hint) {
    problems.add(value.at(), message, hint);
  }

  void problem(Place at, String message, String hint) {
    problems.add(at, message, hint);
  }

  /** The values of a mapping whose keys are known; other keys are problems. */
  Map<String, Value> fields(Value value, String what, List<String> known) {
    Map<String, Value> fields = named(value, what);
    fields.forEach((key, field) -> {
      if (!known.contains(key)) {
        misspelled.add(value.at());
        problems.add(
            field.keyPlace(),
            "unknown key " + Words.quote(key) + " in " + what,
            Words.suggest(key, known, "the keys there are"));
      }
    });
    return fields;
  }

  /**
   * Says that a mapping lacks something, unless one of its keys is unknown: that is probably the
   * one that is missing.
   */
  void missing(Value value, String message, String hint) {
    if (!misspelled.contains(value.at())) {
      problem(value, message, hint);
    }
  }

  /** The values of a mapping whose keys are names; nothing stands for an empty one. */
  Map<String, Value> named(Value value, String what) {
    if (value.node().isNothing()) {
      return Map.of();
    }
    Map<String, Value> fields = new LinkedHashMap<>();
    values
        .mapping(value, "")
        .ifPresent(mapping ->
            values
                .fields(mapping, what)
                .forEach((key, entry) -> {
                  Value field = Values.of(Words.quote(key), entry);
                  if (!isBlank(new Value("a key of " + what, entry.key(), field.keyPlace()), key)) {
                    fields.put(key, field);
                  }
                }));
    return fields;
  }

  /** The items of a list; nothing stands for an empty one, and any other value for a list of it. */
  List<Value> items(Value value) {
    if (value.node().isNothing()) {
      return List.of();
    }
    if (!(value.node() instanceof Node.Sequence sequence)) {
      return List.of(value);
    }
    List<Value> items = new ArrayList<>();
    for (Node item : sequence.items()) {
      items.add(new Value("an entry of " + value.what(), item, item.at()));
    }
    return items;
  }

  /** A name, or a word. */
  Optional<String> text(Value value) {
    return verbatim(value).filter(text -> !isBlank(value, text));
  }

  /** Any text, exactly as it is written. */
  Optional<String> verbatim(Value value) {
    return values.verbatim(value);
  }

  private boolean isBlank(Value value, String text) {
    if (text.isBlank()) {
      problems.add(value.at(), value.what() + " is empty", "");
    }
    return text.isBlank();
  }

  List<String> texts(Value value) {
    return items(value).stream().flatMap(item -> text(item).stream()).toList();
  }

  /** True or false; nothing stands for true, as in {@code nodes_held:}. */
  boolean flag(Value value) {
    boolean bare =
        value.node().isNothing()
            || (value.node() instanceof Node.Mapping mapping && mapping.entries().isEmpty());
    return bare || values.bool(value).orElse(true);
  }

  boolean flag(Map<String, Value> fields, String key, boolean otherwise) {
    Value value = fields.get(key);
    return value == null ? otherwise : flag(value);
  }

  int number(Map<String, Value> fields, String key, int least, int otherwise) {
    Value value = fields.get(key);
    return value == null || value.node().isNothing()
        ? otherwise
        : number(value, least).orElse(otherwise);
  }

  Optional<Integer> number(Value value, int least) {
    return values.integer(value, least, 1_000_000);
  }

  /** One of some words. */
  <T> Optional<T> choice(Value value, Map<String, T> words) {
    return text(value).flatMap(word -> known(value, word, words));
  }

  private <T> Optional<T> known(Value value, String word, Map<String, T> words) {
    T chosen = words.get(word);
    if (chosen == null) {
      problems.add(
          value.at(),
          value.what() + " cannot be " + Words.quote(word),
          Words.suggest(word, words.keySet(), "it is one of"));
    }
    return Optional.ofNullable(chosen);
  }

  /** A name that must be one of those given. */
  Optional<String> reference(Value value, String kind, Collection<String> names) {
    return text(value).filter(name -> isKnown(value, kind, name, name, names));
  }

  /** A change, with or without its revision. */
  Optional<String> mark(Value value, Collection<String> changes) {
    return text(value)
        .filter(mark -> isKnown(value, "change", mark, nameIn(mark, changes), changes));
  }

  List<String> marks(Value value, Collection<String> changes) {
    return items(value).stream().flatMap(item -> mark(item, changes).stream()).toList();
  }

  /** The change that a mark names. */
  static String nameIn(String mark, Collection<String> changes) {
    return changes.contains(mark) ? mark : REVISION.matcher(mark).replaceFirst("");
  }

  private boolean isKnown(
      Value value, String kind, String written, String name, Collection<String> names) {
    // Without any name the names themselves are what is wrong, and that is said.
    if (names.contains(name) || (names.isEmpty() && !problems.isEmpty())) {
      return true;
    }
    problems.add(
        value.at(),
        value.what() + ": there is no " + kind + " " + Words.quote(written),
        Words.suggest(name, names, "there are"));
    return false;
  }
}
