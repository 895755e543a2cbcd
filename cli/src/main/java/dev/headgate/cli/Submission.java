package dev.headgate.cli;

import dev.headgate.model.BranchRef;
import dev.headgate.model.Change;
import dev.headgate.model.ChangeId;
import dev.headgate.model.Revision;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** Turns the branches a user names into changes, in the order in which they enter the queue. */
final class Submission {
  private Submission() {}

  /**
   * A branch that the user named.
   *
   * @param contains the other named branches whose newest commit is part of it
   * @param declared what its {@code Depends-On:} footers name, in their order
   */
  record Candidate(
      String branch, Revision revision, String title, Set<String> contains, List<String> declared) {
    Candidate {
      contains = Set.copyOf(contains);
      declared = List.copyOf(declared);
    }
  }

  /**
   * The changes: in the order given, but each behind what it depends on. What has landed on the
   * target is no dependency any more; one that is neither named nor landed stays, and the gate
   * refuses the change for it.
   *
   * @param landed whether the branch of that name exists and the target contains it
   * @throws CommandFailure if changes depend on each other in a circle
   */
  static List<Change> order(
      List<Candidate> candidates, BranchRef target, Predicate<String> landed) {
    Map<String, Candidate> named = new LinkedHashMap<>();
    candidates.forEach(candidate -> named.putIfAbsent(candidate.branch(), candidate));
    Map<String, Change> ordered = new LinkedHashMap<>();
    for (Candidate candidate : named.values()) {
      place(candidate, named, target, landed, ordered, new LinkedHashSet<>());
    }
    return List.copyOf(ordered.values());
  }

  private static void place(
      Candidate candidate,
      Map<String, Candidate> named,
      BranchRef target,
      Predicate<String> landed,
      Map<String, Change> ordered,
      Set<String> under) {
    if (ordered.containsKey(candidate.branch())) {
      return;
    }
    if (!under.add(candidate.branch())) {
      List<String> circle = new ArrayList<>(under);
      circle.add(candidate.branch());
      throw CommandFailure.usage(
          "these changes depend on each other in a circle: "
              + String.join(
                  " → ", circle.subList(circle.indexOf(candidate.branch()), circle.size())),
          "changes in a circle cannot be gated yet; make them one branch, or drop a Depends-On footer");
    }
    List<String> dependencies = dependencies(candidate, named, landed);
    for (String dependency : dependencies) {
      Candidate other = named.get(dependency);
      if (other != null) {
        place(other, named, target, landed, ordered, under);
      }
    }
    under.remove(candidate.branch());
    ordered.put(
        candidate.branch(),
        new Change(
            new ChangeId(candidate.branch()),
            target,
            candidate.revision(),
            dependencies.stream().map(ChangeId::new).toList(),
            candidate.title()));
  }

  private static List<String> dependencies(
      Candidate candidate, Map<String, Candidate> named, Predicate<String> landed) {
    Set<String> all = new LinkedHashSet<>();
    named.keySet().stream().filter(candidate.contains()::contains).forEach(all::add);
    for (String declared : candidate.declared()) {
      if (named.containsKey(declared) || !landed.test(declared)) {
        all.add(declared);
      }
    }
    all.remove(candidate.branch());
    return List.copyOf(all);
  }
}
