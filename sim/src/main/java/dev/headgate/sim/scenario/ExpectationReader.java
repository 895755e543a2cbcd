package dev.headgate.sim.scenario;

import dev.headgate.config.Values.Value;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads what was seen, after a step and at the end. */
final class ExpectationReader {
  private static final List<String> KEYS =
      List.of("queue", "running", "ended", "merged", "window", "reports");
  private static final List<String> TOTALS_KEYS =
      List.of("merged", "left_in_queue", "builds", "aborted", "window");
  private static final List<String> RESULTS =
      List.of("success", "failure", "aborted", "lost", "conflict");
  private static final List<String> KINDS =
      List.of(
          "start",
          "success",
          "failure",
          "merge-conflict",
          "config-error",
          "no-jobs",
          "dequeue",
          "disabled");
  private static final List<String> CAUSES =
      List.of("jobs", "dependency", "requirement", "refused", "merge");

  private final Reading reading;
  private final Collection<String> changes;

  ExpectationReader(Reading reading, Collection<String> changes) {
    this.reading = reading;
    this.changes = changes;
  }

  Expectation read(Optional<Value> value) {
    Map<String, Value> fields =
        value.map(known -> reading.fields(known, "'expect'", KEYS)).orElse(Map.of());
    return new Expectation(
        field(fields, "queue").map(this::queue),
        field(fields, "running").map(list -> builds(list, false)),
        field(fields, "ended").map(list -> builds(list, true)).orElse(List.of()),
        field(fields, "merged").map(list -> reading.marks(list, changes)),
        field(fields, "window").map(this::window).orElse(Map.of()),
        field(fields, "reports").map(this::reports).orElse(List.of()));
  }

  Expectation.Totals totals(Optional<Value> value) {
    Map<String, Value> fields =
        value.map(known -> reading.fields(known, "'final'", TOTALS_KEYS)).orElse(Map.of());
    return new Expectation.Totals(
        field(fields, "merged").map(list -> reading.marks(list, changes)),
        field(fields, "left_in_queue").map(this::queue),
        field(fields, "builds").flatMap(count -> reading.number(count, 0)),
        field(fields, "aborted").flatMap(count -> reading.number(count, 0)),
        field(fields, "window").map(this::window).orElse(Map.of()));
  }

  private static Optional<Value> field(Map<String, Value> fields, String key) {
    return Optional.ofNullable(fields.get(key));
  }

  private Map<String, List<List<String>>> queue(Value value) {
    Map<String, List<List<String>>> queues = new LinkedHashMap<>();
    reading
        .named(value, value.what())
        .forEach((name, items) ->
            queues.put(
                name,
                reading.items(items).stream().map(item -> reading.marks(item, changes)).toList()));
    return queues;
  }

  private List<Expectation.Build> builds(Value value, boolean ended) {
    List<String> keys =
        ended ? List.of("job", "stack", "change", "result") : List.of("job", "stack", "change");
    List<Expectation.Build> builds = new ArrayList<>();
    for (Value item : reading.items(value)) {
      Map<String, Value> fields = reading.fields(item, "the build", keys);
      Optional<String> job = field(fields, "job").flatMap(reading::text);
      Optional<List<String>> stack =
          field(fields, "stack").map(list -> reading.marks(list, changes));
      Optional<String> change =
          field(fields, "change")
              .flatMap(mark -> reading.mark(mark, changes))
              .or(() -> stack.filter(marks -> !marks.isEmpty()).map(List::getLast));
      boolean untold = stack.isPresent() && stack.get().isEmpty() && !fields.containsKey("change");
      if (!fields.containsKey("job") || !fields.containsKey("stack") || untold) {
        reading.missing(
            item, "a build needs a job and a stack", "as in: { job: unit, stack: [A] }");
      }
      if (job.isEmpty() || stack.isEmpty() || change.isEmpty()) {
        continue;
      }
      builds.add(
          new Expectation.Build(
              job.get(),
              stack.get(),
              marked(change.get(), stack.get()),
              ended ? result(item, fields) : ""));
    }
    return builds;
  }

  /** The change as the stack writes it: the revision may be left out where it is clear. */
  private String marked(String change, List<String> stack) {
    return stack.stream()
        .filter(mark -> Reading.nameIn(mark, changes).equals(Reading.nameIn(change, changes)))
        .findFirst()
        .orElse(change);
  }

  private String result(Value build, Map<String, Value> fields) {
    Optional<Value> result = field(fields, "result");
    if (result.isEmpty()) {
      reading.missing(build, "the build has no 'result'", "as in: result: success");
    }
    return result.flatMap(value -> reading.reference(value, "result", RESULTS)).orElse("");
  }

  private Map<String, Integer> window(Value value) {
    Map<String, Integer> sizes = new LinkedHashMap<>();
    reading
        .named(value, "'window'")
        .forEach(
            (queue, size) -> reading.number(size, 0).ifPresent(known -> sizes.put(queue, known)));
    return sizes;
  }

  private List<Expectation.Told> reports(Value value) {
    List<Expectation.Told> reports = new ArrayList<>();
    for (Value item : reading.items(value)) {
      Map<String, Value> fields =
          reading.fields(item, "the report", List.of("changes", "change", "kind", "why"));
      List<String> marks =
          field(fields, "changes")
              .or(() -> field(fields, "change"))
              .map(list -> reading.marks(list, changes))
              .orElse(List.of());
      Optional<String> kind =
          field(fields, "kind").flatMap(word -> reading.reference(word, "kind of report", KINDS));
      if (marks.isEmpty() || !fields.containsKey("kind")) {
        reading.missing(
            item, "a report needs changes and a kind", "as in: { changes: [A], kind: success }");
        continue;
      }
      String why =
          field(fields, "why").flatMap(word -> reading.reference(word, "cause", CAUSES)).orElse("");
      reports.add(new Expectation.Told(marks, kind.orElse("?"), why));
    }
    return reports;
  }
}
