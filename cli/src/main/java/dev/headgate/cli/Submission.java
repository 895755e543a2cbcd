package dev.headgate.cli;

import dev.headgate.model.BranchRef;
import dev.headgate.model.Change;
import dev.headgate.model.ChangeId;
import dev.headgate.model.Revision;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Turns the branches a user names into changes, in the order in which they enter the queue: each
 * behind what it depends on, and those that depend on each other in a circle next to each other.
 * The circles are the strongly connected components of the dependencies, found as in Tarjan,
 * "Depth-first search and linear graph algorithms", 1972.
 */
final class Submission {
  private final Map<ChangeId, Candidate> named = new LinkedHashMap<>();
  private final Map<ChangeId, List<ChangeId>> dependencies = new HashMap<>();
  private final Map<ChangeId, Integer> reachedAs = new HashMap<>();
  private final Map<ChangeId, Integer> lowest = new HashMap<>();
  private final Deque<ChangeId> open = new ArrayDeque<>();
  private final List<List<Change>> ordered = new ArrayList<>();

  private Submission(List<Candidate> candidates) {
    candidates.forEach(candidate -> named.putIfAbsent(candidate.id(), candidate));
  }

  /**
   * A branch that the user named.
   *
   * @param contains the other named branches whose newest commit is part of it
   * @param declared what its {@code Depends-On:} footers name, in their order
   */
  record Candidate(
      ChangeId id,
      BranchRef target,
      Revision revision,
      String title,
      Set<ChangeId> contains,
      List<ChangeId> declared) {
    Candidate {
      contains = Set.copyOf(contains);
      declared = List.copyOf(declared);
    }
  }

  /**
   * The changes: in the order given, but each behind what it depends on, and those of a circle in
   * one list. What has landed on its target is no dependency any more; one that is neither named
   * nor landed stays, and the gate refuses the change for it.
   *
   * @param landed whether the change exists as a branch and its target contains it
   * @throws CommandFailure if a change names itself as what it depends on
   */
  static List<List<Change>> order(List<Candidate> candidates, Predicate<ChangeId> landed) {
    Submission submission = new Submission(candidates);
    for (Candidate candidate : submission.named.values()) {
      submission.dependencies.put(candidate.id(), submission.dependencies(candidate, landed));
    }
    for (ChangeId change : submission.named.keySet()) {
      submission.visit(change);
    }
    return List.copyOf(submission.ordered);
  }

  private List<ChangeId> dependencies(Candidate candidate, Predicate<ChangeId> landed) {
    requireOthers(candidate);
    Set<ChangeId> all = new LinkedHashSet<>();
    named.keySet().stream().filter(candidate.contains()::contains).forEach(all::add);
    for (ChangeId declared : candidate.declared()) {
      if (named.containsKey(declared) || !landed.test(declared)) {
        all.add(declared);
      }
    }
    all.remove(candidate.id());
    return List.copyOf(all);
  }

  /** A change may hold the commits of another that depends on it, and names itself by those. */
  private void requireOthers(Candidate candidate) {
    boolean itself =
        candidate.declared().contains(candidate.id())
            && candidate.contains().stream()
                .map(named::get)
                .filter(Objects::nonNull)
                .noneMatch(other -> other.declared().contains(candidate.id()));
    if (itself) {
      throw CommandFailure.usage(
          candidate.id()
              + " depends on itself: one of its commits says Depends-On: "
              + candidate.id(),
          "drop that footer, or name the change that is meant");
    }
  }

  private void visit(ChangeId change) {
    if (reachedAs.containsKey(change)) {
      return;
    }
    int number = reachedAs.size();
    reachedAs.put(change, number);
    lowest.put(change, number);
    open.push(change);
    for (ChangeId dependency : Objects.requireNonNull(dependencies.get(change))) {
      if (!named.containsKey(dependency)) {
        continue;
      }
      visit(dependency);
      if (open.contains(dependency)) {
        lowest.merge(change, Objects.requireNonNull(lowest.get(dependency)), Math::min);
      }
    }
    if (Objects.requireNonNull(lowest.get(change)) == number) {
      close(change);
    }
  }

  /** All that was reached from the change and leads back to it is one circle, or it alone. */
  private void close(ChangeId change) {
    List<ChangeId> circle = new ArrayList<>();
    ChangeId member;
    do {
      member = open.pop();
      circle.add(member);
    } while (!member.equals(change));
    List<ChangeId> given = List.copyOf(named.keySet());
    circle.sort(Comparator.comparingInt(given::indexOf));
    ordered.add(circle.stream().map(id -> change(Objects.requireNonNull(named.get(id)))).toList());
  }

  private Change change(Candidate candidate) {
    List<ChangeId> dependsOn = Objects.requireNonNull(dependencies.get(candidate.id()));
    Map<ChangeId, Revision> parents = new LinkedHashMap<>();
    for (ChangeId dependency : dependsOn) {
      Candidate other = named.get(dependency);
      if (other != null && candidate.contains().contains(dependency)) {
        parents.put(dependency, other.revision());
      }
    }
    return new Change(
        candidate.id(),
        candidate.target(),
        candidate.revision(),
        dependsOn,
        candidate.title(),
        parents,
        "",
        Set.of());
  }
}
