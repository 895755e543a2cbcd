package dev.headgate.sim.scenario;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiPredicate;

/** Compares what is seen after each step with what was recorded. */
final class StepComparison {
  private Observation before;
  private Map<String, List<List<String>>> queue = Map.of();
  private List<Expectation.Build> running = List.of();
  private List<String> merged = List.of();

  /** Begins with what is seen before the first step. */
  StepComparison(Observation before) {
    this.before = before;
  }

  /** What differs after the next step; what the recording leaves out is as before it. */
  List<Difference> compare(Expectation expected, Observation seen, Setup setup) {
    queue = expected.queue().orElse(queue);
    running = expected.running().orElse(running);
    merged = expected.merged().orElse(merged);
    List<Difference> differences = new ArrayList<>();
    queues("queue", queue, seen).ifPresent(differences::add);
    all("running", running, seen.running(), (build, recorded) -> build.matches(recorded))
        .ifPresent(differences::add);
    all("ended", expected.ended(), seen.ended(), (build, recorded) -> build.matches(recorded))
        .ifPresent(differences::add);
    if (!Landing.areAsRecorded(seen.merged(), merged)) {
      differences.add(
          new Difference("merged", merged.toString(), Landing.names(seen.merged()).toString()));
    }
    windows(expected.window(), seen, setup).ifPresent(differences::add);
    reports(expected.reports(), seen.reports()).ifPresent(differences::add);
    before = seen;
    return differences;
  }

  /** The items of every queue in their order; the order within an item does not matter. */
  static Optional<Difference> queues(
      String what, Map<String, List<List<String>>> expected, Observation seen) {
    Map<String, List<Set<String>>> found = new LinkedHashMap<>();
    expected.keySet().forEach(name -> found.put(name, new ArrayList<>()));
    boolean allKnown = true;
    for (Observation.SeenItem item : seen.items()) {
      Optional<String> name = item.queue().among(expected.keySet());
      allKnown &= name.isPresent();
      Set<String> changes = new LinkedHashSet<>();
      item.changes().forEach(mark -> changes.add(mark.toString()));
      name.ifPresent(known -> found.computeIfAbsent(known, key -> new ArrayList<>()).add(changes));
    }
    Map<String, List<Set<String>>> wanted = new LinkedHashMap<>();
    expected.forEach((name, items) -> {
      List<Set<String>> sets = new ArrayList<>();
      items.forEach(item -> sets.add(new LinkedHashSet<>(item)));
      wanted.put(name, sets);
    });
    for (Observation.SeenItem item : seen.items()) {
      if (item.queue().several()) {
        item.queue()
            .among(expected.keySet())
            .ifPresent(name -> {
              sort(found, name);
              sort(wanted, name);
            });
      }
    }
    if (allKnown && wanted.equals(found)) {
      return Optional.empty();
    }
    return Optional.of(new Difference(what, expected.toString(), seen.queues().toString()));
  }

  private static void sort(Map<String, List<Set<String>>> queues, String name) {
    queues.computeIfPresent(
        name,
        (queue, items) ->
            items.stream()
                .sorted(Comparator.comparing(item -> new TreeSet<>(item).toString()))
                .toList());
  }

  /** Whether both are the same, in any order. */
  private static <E, S> Optional<Difference> all(
      String what, List<E> expected, List<S> seen, BiPredicate<S, E> same) {
    List<S> left = new ArrayList<>(seen);
    List<E> missing = new ArrayList<>();
    for (E wanted : expected) {
      Optional<S> found = left.stream().filter(one -> same.test(one, wanted)).findFirst();
      found.ifPresentOrElse(left::remove, () -> missing.add(wanted));
    }
    if (missing.isEmpty() && left.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(new Difference(what, text(expected), text(seen)));
  }

  /** As above, but what is told twice counts once. */
  private static Optional<Difference> reports(
      List<Expectation.Told> expected, List<SeenReport> seen) {
    boolean allTold =
        expected.stream().allMatch(told -> seen.stream().anyMatch(one -> one.matches(told)));
    boolean noMore =
        seen.stream().allMatch(one -> expected.stream().anyMatch(told -> one.matches(told)));
    return allTold && noMore
        ? Optional.empty()
        : Optional.of(new Difference("reports", text(expected), text(seen)));
  }

  private Optional<Difference> windows(
      Map<String, Integer> expected, Observation seen, Setup setup) {
    List<Observation.Size> changed = seen.windowsChangedSince(before, setup);
    boolean asSaid = asSaid(expected, seen);
    boolean allSaid =
        changed.stream()
            .allMatch(size -> expected.keySet().stream().anyMatch(name -> size.queue().has(name)));
    if (asSaid && allSaid) {
      return Optional.empty();
    }
    Map<String, Integer> found = new TreeMap<>();
    changed.forEach(size -> found.put(size.queue().shown(), size.items()));
    seen.windows()
        .values()
        .forEach(size -> {
          if (expected.keySet().stream().anyMatch(name -> size.queue().has(name))) {
            found.put(size.queue().shown(), size.items());
          }
        });
    return Optional.of(new Difference("window", expected.toString(), found.toString()));
  }

  /** Whether each window that is named has the size that is given. */
  static boolean asSaid(Map<String, Integer> expected, Observation seen) {
    return expected.entrySet().stream()
        .allMatch(entry -> {
          List<Observation.Size> sizes =
              seen.windows().values().stream()
                  .filter(size -> size.queue().has(entry.getKey()))
                  .toList();
          return !sizes.isEmpty() && sizes.stream().allMatch(size -> size.is(entry.getValue()));
        });
  }

  /** All windows, for a message. */
  static String windows(Observation seen) {
    Map<String, Integer> sizes = new TreeMap<>();
    seen.windows().values().forEach(size -> sizes.put(size.queue().shown(), size.items()));
    return sizes.toString();
  }

  static String text(List<?> things) {
    return things.stream().map(Object::toString).sorted().toList().toString();
  }
}
