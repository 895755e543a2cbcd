package dev.headgate.gate;

import dev.headgate.model.Change;
import dev.headgate.model.ChangeId;
import dev.headgate.model.Revision;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Lets changes into one pipeline: what they need goes before them, what needs them and is ready
 * follows. A circle of changes enters as one item. Works on a line of small tasks and not by
 * recursion, for a chain of dependencies may be long.
 */
final class Entrance {
  private final Turn turn;
  private final State state;
  private final Pipeline pipeline;
  private final int lane;
  private final boolean explicit;
  private final Deque<Runnable> line = new ArrayDeque<>();
  private final Map<ChangeId, Item> moved = new HashMap<>();
  private final Set<ChangeId> refused = new HashSet<>();
  private final Map<ChangeId, Fruitless> fruitless = new HashMap<>();
  private int entered;
  private String lastRefusal = "";
  private @Nullable ChangeId origin;

  /**
   * A visit after which the change still was not in.
   *
   * @param entered how many items had entered by then: until another does, a visit changes nothing
   * @param refusal the last reason at its end
   */
  private record Fruitless(int entered, String refusal) {}

  /**
   * @param lane items of lower lanes let this one pass
   * @param explicit whether somebody asked for it and is told why it was not let in
   */
  Entrance(Turn turn, State state, Pipeline pipeline, int lane, boolean explicit) {
    this.turn = turn;
    this.state = state;
    this.pipeline = pipeline;
    this.lane = lane;
    this.explicit = explicit;
  }

  /** An item that was taken out of the pipeline's queue and shall enter again as it is. */
  void moves(Item item) {
    item.changes.forEach(change -> moved.put(change.id(), item));
  }

  /** Lets a change in, with all that goes with it; if it cannot be, says why if that was asked. */
  void enter(ChangeId id) {
    origin = id;
    line.push(() -> visit(id));
    while (!line.isEmpty()) {
      line.pop().run();
    }
    Book.Entry entry = state.book.find(id);
    if (entry != null
        && explicit
        && state.placed(pipeline, id) == null
        && !refused.contains(id)
        && state.settings.differences().reportsEveryRefusal()) {
      turn.entries.refuse(pipeline, entry.change(), lastRefusal);
    }
  }

  private void visit(ChangeId id) {
    Book.Entry entry = state.book.find(id);
    if (entry == null || state.isIn(pipeline, entry.change())) {
      return;
    }
    Fruitless former = fruitless.get(id);
    if (former != null && former.entered == entered) {
      lastRefusal = former.refusal;
      return;
    }
    String missing = missing(entry);
    if (!missing.isEmpty()) {
      lastRefusal = missing;
      return;
    }
    List<ChangeId> members = pipeline.seesCircles() ? state.circleOf(id) : List.of(id);
    List<Change> group = new ArrayList<>();
    for (ChangeId member : members) {
      Book.Entry known = state.book.find(member);
      if (known == null) {
        return;
      }
      group.add(known.change());
    }
    if (group.size() > 1 && !mayBeCircle(group, entry)) {
      return;
    }
    if (!pipeline.manager().lands()) {
      if (!carriesForbiddenCircle(group)) {
        line.push(() -> append(id, group));
      }
      return;
    }
    List<ChangeId> needs = needs(group);
    String refusal = refusal(group, needs);
    if (!refusal.isEmpty()) {
      lastRefusal = refusal;
      return;
    }
    line.push(() -> append(id, group));
    for (ChangeId need : needs.reversed()) {
      line.push(() -> visit(need));
    }
  }

  /** Why a change by itself cannot be in the pipeline; empty if it can. */
  private String missing(Book.Entry entry) {
    Change change = entry.change();
    if (!pipeline.takes(change.target().project())) {
      return "project "
          + change.target().project()
          + " takes no part in pipeline "
          + pipeline.name();
    }
    return turn.entries.requirementMissing(pipeline, entry);
  }

  private boolean mayBeCircle(List<Change> group, Book.Entry lead) {
    String names = String.join(", ", group.stream().map(change -> change.id().toString()).toList());
    for (Change member : group) {
      Book.Entry known = state.book.find(member.id());
      String missing = known == null ? "it is not known" : missing(known);
      if (!missing.isEmpty()) {
        lastRefusal = "it lands together with " + member.id() + ", and " + missing;
        return false;
      }
    }
    QueueKey key = key(group.getFirst());
    for (Change member : group) {
      if (!state.allowsCircles(member)) {
        refuse(
            lead.change(),
            "it is in a circle of dependencies ("
                + names
                + "), and the queue of "
                + member.target().project()
                + " does not allow them");
        return false;
      }
      if (pipeline.manager() != Manager.INDEPENDENT && !same(key, key(member))) {
        refuse(
            lead.change(),
            "it depends on " + member.id() + " in a circle, which has a queue of its own");
        return false;
      }
    }
    return true;
  }

  /** Whether what a group would be tested on is a circle that its queue does not allow. */
  private boolean carriesForbiddenCircle(List<Change> group) {
    if (!carries()) {
      return false;
    }
    List<Change> carried = carried(group);
    for (Change needed : carried) {
      List<ChangeId> circle = state.circleOf(needed.id());
      if (circle.size() > 1 && !state.allowsCircles(needed)) {
        // What is needed stands first, so the last of them is what others need it for.
        Change last =
            carried.reversed().stream()
                .filter(member -> circle.contains(member.id()))
                .findFirst()
                .orElse(needed);
        refuse(
            last,
            "it is in a circle of dependencies ("
                + String.join(", ", circle.stream().map(ChangeId::toString).toList())
                + "), and its queue does not allow them");
        lastRefusal = "it depends on " + last.id() + ", which is in a circle of dependencies";
        return true;
      }
    }
    return false;
  }

  private boolean carries() {
    return pipeline.manager() == Manager.INDEPENDENT && !pipeline.ignoresDependencies();
  }

  private static boolean same(@Nullable QueueKey one, @Nullable QueueKey other) {
    return one != null && one.equals(other);
  }

  private @Nullable QueueKey key(Change change) {
    return state.queueKey(pipeline, change.target(), turn.entries.nextItemId());
  }

  /** What a group needs of others and has not landed. */
  private List<ChangeId> needs(List<Change> group) {
    Set<ChangeId> needs = new LinkedHashSet<>();
    for (Change member : group) {
      needs.addAll(state.unlandedNeeds(member));
    }
    group.forEach(member -> needs.remove(member.id()));
    return List.copyOf(needs);
  }

  /** Why what the group needs keeps it out; empty if nothing does, as far as can be seen. */
  private String refusal(List<Change> group, List<ChangeId> needs) {
    String foreign = foreignNeed(group, needs);
    if (!foreign.isEmpty()) {
      return foreign;
    }
    for (Change member : group) {
      for (ChangeId need : state.unlandedNeeds(member)) {
        String reason = unmetNeed(member, need, needs.contains(need));
        if (!reason.isEmpty()) {
          return reason;
        }
      }
    }
    return "";
  }

  /** What another queue has cannot land before this; empty if nothing needed is elsewhere. */
  private String foreignNeed(List<Change> group, List<ChangeId> needs) {
    QueueKey key = key(group.getFirst());
    for (Change member : group) {
      for (ChangeId need : state.unlandedNeeds(member)) {
        Book.Entry entry = state.book.find(need);
        if (entry != null
            && entry.isOpen()
            && needs.contains(need)
            && !same(key, key(entry.change()))) {
          String reason =
              "it depends on " + need + ", which is queued for " + entry.change().target();
          refuse(member, reason);
          return reason;
        }
      }
    }
    return "";
  }

  private String unmetNeed(Change member, ChangeId need, boolean outside) {
    Book.Entry entry = state.book.find(need);
    if (entry == null) {
      return "it depends on " + need + ", which has not landed and is not queued";
    }
    if (!entry.isOpen()) {
      return "it depends on " + need + ", which was given up";
    }
    if (state.book.standsOnOldRevision(member, need)) {
      return "it stands on an older revision of " + need + " than the present one; rebase it";
    }
    if (!outside || state.placed(pipeline, need) != null) {
      return "";
    }
    String missing = missing(entry);
    if (missing.isEmpty()) {
      return "";
    }
    return explicit && !entry.isApproved()
        ? "it depends on " + need + ", which has not landed and is not queued"
        : "it depends on " + need + ", and " + missing;
  }

  private void refuse(Change change, String reason) {
    if (refused.add(change.id())) {
      turn.entries.refuse(pipeline, change, reason);
    }
  }

  /** Lets a group in if it still can be, and then what follows it. */
  private void append(ChangeId visited, List<Change> group) {
    if (isReady(group) && placedNow(group)) {
      entered++;
      if (pipeline.manager().lands()) {
        follow(group);
      }
    } else {
      fruitless.put(visited, new Fruitless(entered, lastRefusal));
    }
  }

  /** Whether nothing of a group is in, and all it needs is. */
  private boolean isReady(List<Change> group) {
    if (group.stream().anyMatch(member -> state.isIn(pipeline, member))) {
      return false;
    }
    return !pipeline.manager().lands()
        || needs(group).stream().allMatch(need -> state.placed(pipeline, need) != null);
  }

  /** Makes an item of a group, or places the one that moves; false if that is placed already. */
  private boolean placedNow(List<Change> group) {
    List<Change> carried = carries() ? carried(group) : List.of();
    Item before = moved.get(group.getFirst().id());
    if (before == null) {
      Change lead =
          group.stream()
              .filter(member -> member.id().equals(origin))
              .findFirst()
              .orElse(group.getFirst());
      turn.entries.enter(pipeline, group, carried, lead, lane);
    } else if (!state.isPlaced(before)) {
      turn.entries.enterAgain(before);
    } else {
      return false;
    }
    return true;
  }

  /** All that a group needs, directly or not, and has not landed: what is needed comes first. */
  private List<Change> carried(List<Change> group) {
    Set<ChangeId> seen = new HashSet<>();
    group.forEach(member -> seen.add(member.id()));
    List<Change> found = new ArrayList<>();
    Deque<Visit> visits = new ArrayDeque<>();
    Map<ChangeId, Revision> pinned = new HashMap<>();
    group.forEach(member -> pinned.putAll(member.parents()));
    needs(group).reversed().forEach(need -> visits.push(new Visit(need, false)));
    while (!visits.isEmpty()) {
      Visit visit = visits.pop();
      Book.Entry entry = state.book.find(visit.id);
      if (entry == null) {
        continue;
      }
      if (visit.done) {
        found.add(at(pinned.get(visit.id), entry.change()));
      } else if (seen.add(visit.id)) {
        entry.change().parents().forEach(pinned::putIfAbsent);
        visits.push(new Visit(visit.id, true));
        state
            .unlandedNeeds(entry.change())
            .reversed()
            .forEach(need -> visits.push(new Visit(need, false)));
      }
    }
    return found;
  }

  private record Visit(ChangeId id, boolean done) {}

  /** A change at the revision that another one's commit stands on, which is in it in any case. */
  private static Change at(@Nullable Revision pinned, Change newest) {
    return pinned == null || pinned.equals(newest.revision())
        ? newest
        : new Change(
            newest.id(),
            newest.target(),
            pinned,
            newest.dependsOn(),
            newest.title(),
            newest.parents(),
            newest.topic(),
            newest.labels());
  }

  /** What needs the group and is ready goes right behind it. */
  private void follow(List<Change> group) {
    List<ChangeId> following = new ArrayList<>();
    for (Change member : group) {
      QueueKey key = key(member);
      for (Book.Entry entry : state.book.dependentsOf(member.id(), state.joinsTopics(member))) {
        if (same(key, key(entry.change())) && missing(entry).isEmpty()) {
          following.add(entry.change().id());
        }
      }
    }
    for (ChangeId id : following.reversed()) {
      line.push(() -> visit(id));
    }
  }

  /** Whether what a change needs is carried at the revision it needs. */
  static boolean carries(Item item, Change change, ChangeId need, State state) {
    Revision pinned = change.parents().get(need);
    Book.Entry entry = state.book.find(need);
    for (Change carried : item.carried) {
      if (carried.id().equals(need)) {
        if (entry != null && !entry.change().target().equals(carried.target())) {
          return false;
        }
        Revision wanted = pinned == null && entry != null ? entry.change().revision() : pinned;
        return wanted == null || carried.revision().equals(wanted);
      }
    }
    return item.has(need);
  }
}
