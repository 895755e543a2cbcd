package dev.headgate.gate;

import dev.headgate.model.Change;
import dev.headgate.model.ChangeId;
import dev.headgate.model.Revision;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The changes that a site knows, queued or not, and who depends on whom. */
final class Book {
  /**
   * So many landed or abandoned changes are remembered, in case something that depends on them was
   * proposed before their end was known there.
   */
  static final int CLOSED_KEPT = 1_000;

  private final Map<ChangeId, Entry> entries = new LinkedHashMap<>();
  private final Map<ChangeId, Set<ChangeId>> dependents = new HashMap<>();
  private final Map<String, Set<ChangeId>> topics = new HashMap<>();
  private final TreeMap<Long, ChangeId> closed = new TreeMap<>();
  long nextNumber = 1;

  /** What is known of one change. */
  static final class Entry {
    final long number;
    private Change change;
    private Row.Known.Status status = Row.Known.Status.OPEN;
    private boolean approved;

    Entry(Change change, long number) {
      this.change = change;
      this.number = number;
    }

    Change change() {
      return change;
    }

    boolean isOpen() {
      return status == Row.Known.Status.OPEN;
    }

    boolean hasLanded() {
      return status == Row.Known.Status.LANDED;
    }

    boolean isApproved() {
      return approved;
    }

    void approvedIs(boolean now) {
      approved = now;
    }

    Row.Known row() {
      return new Row.Known(change, number, status, approved);
    }
  }

  Collection<Entry> entries() {
    return entries.values();
  }

  @Nullable Entry find(ChangeId id) {
    return entries.get(id);
  }

  void restore(Row.Known row) {
    Entry entry = new Entry(row.change(), row.number());
    entry.status = row.status();
    entry.approved = row.approved();
    entries.put(row.change().id(), entry);
    index(row.change());
    if (!entry.isOpen()) {
      closed.put(entry.number, row.change().id());
    }
  }

  /** A change without those of its dependencies that are known to have landed. */
  Change withoutLanded(Change proposed) {
    Change change = proposed;
    for (ChangeId need : proposed.dependsOn()) {
      Entry needed = entries.get(need);
      if (needed != null && needed.hasLanded()) {
        change = change.without(need);
      }
    }
    return change;
  }

  /**
   * A change as it is proposed now; a former revision's approval is gone. What has landed once is
   * no dependency any more, also if it is proposed again.
   */
  Entry propose(Change proposed) {
    Change change = withoutLanded(proposed);
    Entry entry = entries.get(change.id());
    if (entry == null) {
      entry = new Entry(change, nextNumber++);
      entries.put(change.id(), entry);
    } else {
      unindex(entry.change);
      if (!entry.change.revision().equals(change.revision())) {
        entry.approved = false;
      }
      if (!entry.isOpen()) {
        closed.remove(entry.number);
        entry.status = Row.Known.Status.OPEN;
      }
      entry.change = change;
    }
    index(change);
    return entry;
  }

  /**
   * A change has ended.
   *
   * @return a change that is forgotten now because so many ended after it; null if none is
   */
  @Nullable ChangeId close(Entry entry, Row.Known.Status status) {
    entry.status = status;
    entry.approved = false;
    closed.put(entry.number, entry.change.id());
    if (closed.size() <= CLOSED_KEPT) {
      return null;
    }
    ChangeId oldest = closed.firstEntry().getValue();
    forget(oldest);
    return oldest;
  }

  void forget(ChangeId id) {
    Entry entry = entries.remove(id);
    if (entry != null) {
      unindex(entry.change);
      closed.remove(entry.number);
    }
  }

  private void index(Change change) {
    for (ChangeId needed : change.dependsOn()) {
      dependents.computeIfAbsent(needed, id -> new LinkedHashSet<>()).add(change.id());
    }
    if (!change.topic().isEmpty()) {
      topics.computeIfAbsent(change.topic(), name -> new TreeSet<>()).add(change.id());
    }
  }

  private void unindex(Change change) {
    for (ChangeId needed : change.dependsOn()) {
      remove(dependents, needed, change.id());
    }
    if (!change.topic().isEmpty()) {
      remove(topics, change.topic(), change.id());
    }
  }

  private static <K> void remove(Map<K, Set<ChangeId>> index, K key, ChangeId id) {
    Set<ChangeId> set = index.get(key);
    if (set != null && set.remove(id) && set.isEmpty()) {
      index.remove(key);
    }
  }

  /**
   * The open changes that depend on one: those that stand on its commit first, then those that
   * declare it, each in the order in which they became known.
   */
  List<Entry> dependentsOf(ChangeId id, boolean byTopic) {
    Set<ChangeId> ids = new LinkedHashSet<>(dependents.getOrDefault(id, Set.of()));
    if (byTopic) {
      ids.addAll(sharingTopic(id));
    }
    List<Entry> found = new ArrayList<>();
    for (ChangeId other : ids) {
      Entry entry = entries.get(other);
      if (entry != null && entry.isOpen()) {
        found.add(entry);
      }
    }
    found.sort(
        Comparator.comparing((Entry entry) -> !entry.change.parents().containsKey(id))
            .thenComparingLong(entry -> entry.number));
    return found;
  }

  boolean hasDependents(ChangeId id) {
    return dependents.containsKey(id);
  }

  /** What a change depends on and has not landed, in order; with its topic's other changes. */
  List<ChangeId> unlandedNeeds(Change change, boolean byTopic) {
    if (change.dependsOn().isEmpty() && (!byTopic || change.topic().isEmpty())) {
      return List.of();
    }
    Set<ChangeId> needs = new LinkedHashSet<>(change.dependsOn());
    if (byTopic) {
      needs.addAll(sharingTopic(change.id()));
    }
    List<ChangeId> left = new ArrayList<>();
    for (ChangeId need : needs) {
      Entry entry = entries.get(need);
      if (entry == null || !entry.hasLanded()) {
        left.add(need);
      }
    }
    return left;
  }

  private Set<ChangeId> sharingTopic(ChangeId id) {
    Entry entry = entries.get(id);
    if (entry == null || entry.change.topic().isEmpty()) {
      return Set.of();
    }
    Set<ChangeId> others = new LinkedHashSet<>();
    topics.getOrDefault(entry.change.topic(), Set.of()).stream()
        .map(entries::get)
        .filter(other -> other != null && other.isOpen() && other != entry)
        .sorted(Comparator.comparingLong(other -> other.number))
        .forEach(other -> others.add(other.change.id()));
    return others;
  }

  /** Whether a change stands on another revision of a needed one than the present one. */
  boolean standsOnOldRevision(Change change, ChangeId need) {
    Revision pinned = change.parents().get(need);
    Entry entry = entries.get(need);
    return pinned != null && entry != null && !entry.change.revision().equals(pinned);
  }

  /**
   * The changes that depend on each other in a circle with the given one, itself included: what
   * stands first needs what follows last. One element if there is no circle (Tarjan 1972, without
   * recursion).
   */
  List<ChangeId> circleOf(ChangeId start, boolean byTopic) {
    Entry entry = entries.get(start);
    if (entry == null || unlandedNeeds(entry.change, byTopic).isEmpty()) {
      return List.of(start);
    }
    return new Circles(this, byTopic).with(start);
  }
}
