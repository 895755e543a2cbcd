package dev.headgate.gate;

import dev.headgate.model.ChangeId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds strongly connected changes (R. Tarjan, 1972), without recursion. */
final class Circles {
  private final Book book;
  private final boolean byTopic;
  private final Map<ChangeId, Integer> index = new HashMap<>();
  private final Map<ChangeId, Integer> low = new HashMap<>();
  private final Set<ChangeId> open = new LinkedHashSet<>();
  private final Deque<ChangeId> stack = new ArrayDeque<>();
  private final Deque<Visit> visits = new ArrayDeque<>();

  private record Visit(ChangeId change, Iterator<ChangeId> needs) {}

  Circles(Book book, boolean byTopic) {
    this.book = book;
    this.byTopic = byTopic;
  }

  /** The changes connected with one, those it needs before it, parent commits first of all. */
  List<ChangeId> with(ChangeId start) {
    enter(start);
    List<ChangeId> found = List.of();
    while (!visits.isEmpty()) {
      Visit visit = visits.getLast();
      if (visit.needs.hasNext()) {
        ChangeId need = visit.needs.next();
        if (!index.containsKey(need)) {
          enter(need);
        } else if (open.contains(need)) {
          low.merge(visit.change, number(index, need), Math::min);
        }
      } else {
        visits.removeLast();
        found = leave(visit.change);
      }
    }
    return parentsFirst(found);
  }

  private List<ChangeId> parentsFirst(List<ChangeId> component) {
    Set<ChangeId> ordered = new LinkedHashSet<>();
    for (ChangeId member : component) {
      addAfterParents(member, component, ordered);
    }
    return List.copyOf(ordered);
  }

  /** Commits have no circles, so the way up along parents ends. */
  private void addAfterParents(ChangeId member, List<ChangeId> component, Set<ChangeId> ordered) {
    Deque<ChangeId> line = new ArrayDeque<>(List.of(member));
    Set<ChangeId> seen = new LinkedHashSet<>(line);
    while (!line.isEmpty()) {
      Book.Entry entry = book.find(line.getLast());
      ChangeId parent = null;
      if (entry != null) {
        for (ChangeId id : entry.change().parents().keySet()) {
          if (component.contains(id) && !ordered.contains(id) && seen.add(id)) {
            parent = id;
            break;
          }
        }
      }
      if (parent == null) {
        ordered.add(line.removeLast());
      } else {
        line.addLast(parent);
      }
    }
  }

  private void enter(ChangeId change) {
    index.put(change, index.size());
    low.put(change, number(index, change));
    stack.addLast(change);
    open.add(change);
    Book.Entry entry = book.find(change);
    List<ChangeId> needs =
        entry == null || !entry.isOpen() ? List.of() : book.unlandedNeeds(entry.change(), byTopic);
    visits.addLast(new Visit(change, needs.iterator()));
  }

  private List<ChangeId> leave(ChangeId change) {
    Visit parent = visits.peekLast();
    if (parent != null) {
      low.merge(parent.change, number(low, change), Math::min);
    }
    if (number(low, change) != number(index, change)) {
      return List.of();
    }
    List<ChangeId> component = new ArrayList<>();
    ChangeId member;
    do {
      member = stack.removeLast();
      open.remove(member);
      component.add(member);
    } while (!member.equals(change));
    return component;
  }

  private static int number(Map<ChangeId, Integer> numbers, ChangeId change) {
    Integer number = numbers.get(change);
    if (number == null) {
      throw new IllegalStateException("change " + change + " was not visited");
    }
    return number;
  }
}
