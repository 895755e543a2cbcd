package dev.headgate.gate;

import dev.headgate.model.Change;
import dev.headgate.model.ChangeId;
import dev.headgate.model.JobName;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a step learns of changes: that they exist, are approved, have landed, are no more. */
final class Knowledge {
  private final Turn turn;
  private final State state;

  Knowledge(Turn turn, State state) {
    this.turn = turn;
    this.state = state;
  }

  void proposed(Change change) {
    learn(change);
    trigger(Trigger.PROPOSED, change.id());
  }

  /** A change is so now, whoever said it; items at another revision or for another branch leave. */
  Book.Entry learn(Change change) {
    Book.Entry known = state.book.find(change.id());
    boolean revised = known != null && !known.change().revision().equals(change.revision());
    boolean retargeted = known != null && !known.change().target().equals(change.target());
    boolean otherNeeds =
        known != null
            && !revised
            && (!known.change().dependsOn().equals(state.book.withoutLanded(change).dependsOn())
                || !known.change().topic().equals(change.topic()));
    Book.Entry entry = state.book.propose(change);
    turn.rows.touch(entry);
    if (revised || retargeted) {
      String reason =
          retargeted
              ? "it is for " + change.target() + " now"
              : "replaced by revision " + change.revision();
      for (Item item : state.itemsOf(change.id())) {
        if (retargeted || !item.queue.pipeline.keepsOldRevisions()) {
          turn.exits.replaced(item, change.id(), reason);
        }
      }
    }
    if (otherNeeds) {
      checkCircles(change.id());
    }
    needsLook(change.id());
    Book.Entry kept = state.book.find(change.id());
    if (kept != null) {
      return kept;
    }
    // Its last item left with the old revision, and nobody else needed it to be known.
    Book.Entry anew = state.book.propose(change);
    turn.rows.touch(anew);
    return anew;
  }

  void approved(Event.Approved event) {
    Book.Entry entry = state.book.find(event.change());
    if (entry == null || !entry.isOpen()) {
      return;
    }
    if (!entry.isApproved()) {
      entry.approvedIs(true);
      turn.rows.touch(entry);
    }
    if (event.enters()) {
      trigger(Trigger.APPROVAL, event.change());
    }
  }

  void approvalWithdrawn(ChangeId change) {
    Book.Entry entry = state.book.find(change);
    if (entry != null && entry.isApproved()) {
      entry.approvedIs(false);
      turn.rows.touch(entry);
      needsLook(change);
    }
  }

  void revisionChanged(Event.RevisionChanged event) {
    for (Item item : state.itemsOf(event.change())) {
      boolean other =
          item.changes.stream()
              .anyMatch(change ->
                  change.id().equals(event.change())
                      && !change.revision().equals(event.revision()));
      if (other && !item.queue.pipeline.keepsOldRevisions()) {
        turn.exits.outdated(
            item,
            event.change(),
            "it moved to revision " + event.revision() + " while it was gated; gate it again");
      }
    }
  }

  void abandoned(ChangeId change) {
    for (Item item : state.itemsOf(change)) {
      turn.exits.givenUp(item, change);
    }
    Book.Entry entry = state.book.find(change);
    if (entry != null && entry.isOpen()) {
      close(entry, Row.Known.Status.ABANDONED);
      needsLook(change);
    }
  }

  void mergedOutside(ChangeId change) {
    Book.Entry entry = state.book.find(change);
    if (entry == null || entry.hasLanded()) {
      return;
    }
    landedAs(change);
    trigger(Trigger.MERGED, change);
  }

  void dependenciesChanged(Event.DependenciesChanged event) {
    Book.Entry entry = state.book.find(event.change());
    if (entry == null || !entry.isOpen() || event.dependsOn().contains(event.change())) {
      return;
    }
    Change was = entry.change();
    Map<ChangeId, dev.headgate.model.Revision> parents = new LinkedHashMap<>(was.parents());
    parents.keySet().retainAll(event.dependsOn());
    state.book.propose(
        new Change(
            was.id(),
            was.target(),
            was.revision(),
            event.dependsOn(),
            was.title(),
            parents,
            was.topic(),
            was.labels()));
    turn.rows.touch(entry);
    checkCircles(event.change());
    needsLook(event.change());
  }

  /** Items whose circle is not what it was any more leave; they may enter again as they are now. */
  private void checkCircles(ChangeId change) {
    Set<Item> concerned = new LinkedHashSet<>(state.itemsOf(change));
    for (Book.Entry dependent : state.book.dependentsOf(change, true)) {
      concerned.addAll(state.itemsOf(dependent.change().id()));
    }
    for (Item item : concerned) {
      if (!state.items.containsKey(item.id) || item.state() == ItemState.LANDING) {
        continue;
      }
      Set<ChangeId> members = new LinkedHashSet<>();
      for (Change member : item.changes) {
        Book.Entry entry = state.book.find(member.id());
        if (entry != null && !entry.hasLanded()) {
          members.add(member.id());
        }
      }
      if (!members.isEmpty()
          && !members.equals(Set.copyOf(state.circleOf(members.iterator().next())))
          && item.queue.pipeline.seesCircles()) {
        turn.exits.withdraw(item, "what it depends on has changed");
        turn.exits.enterAgainWithout(item, null);
      }
    }
  }

  private void close(Book.Entry entry, Row.Known.Status status) {
    forgetForecast(entry.change().id());
    ChangeId forgotten = state.book.close(entry, status);
    turn.rows.touch(entry);
    if (forgotten != null) {
      turn.draft.delete(new Row.Key("change", forgotten.toString()));
    }
  }

  /** Other rooms have said something of a change; what they did not say stays as it was. */
  void forecast(ChangeId change, Optional<Double> estimate, Optional<Set<String>> targets) {
    if (state.book.find(change) == null) {
      return;
    }
    Row.Forecast former = state.forecasts.get(change);
    Row.Forecast next =
        former == null
            ? new Row.Forecast(change, estimate, targets)
            : new Row.Forecast(change, estimate.or(former::estimate), targets.or(former::targets));
    if (!next.equals(former)) {
      state.forecasts.put(change, next);
      turn.draft.put(next.key(), () -> next);
    }
  }

  void flakiness(JobName job, double rate) {
    Row.Flakiness next = new Row.Flakiness(job, rate);
    if (!next.equals(state.flakiness.put(job, next))) {
      turn.draft.put(next.key(), () -> next);
    }
  }

  /** Nothing is to be known of a change any more. */
  private void forgetForecast(ChangeId change) {
    Row.Forecast former = state.forecasts.remove(change);
    if (former != null) {
      turn.draft.delete(former.key());
    }
  }

  void trigger(Trigger trigger, ChangeId change) {
    for (Pipeline pipeline : state.settings.pipelines()) {
      if (pipeline.triggers().contains(trigger)) {
        new Entrance(turn, state, pipeline, 0, false).enter(change);
      }
    }
  }

  /** Its items, and those of what depends on it, are to be looked at. */
  private void needsLook(ChangeId change) {
    state.itemsOf(change).forEach(turn.dirty::add);
    markDependents(change);
  }

  void markDependents(ChangeId change) {
    for (Book.Entry dependent : state.book.dependentsOf(change, true)) {
      turn.dirty.addAll(state.itemsOf(dependent.change().id()));
    }
    // What carries it may wait for its artifacts after it has landed and is no dependency any more.
    turn.dirty.addAll(state.carriersOf(change));
  }

  /**
   * Where only operators bring changes in, the approval was for this time; and what nobody depends
   * on any more need not be known.
   */
  void forgetUnlessTriggered(ChangeId id) {
    Book.Entry entry = state.book.find(id);
    boolean triggered =
        state.settings.pipelines().stream().anyMatch(pipeline -> !pipeline.triggers().isEmpty());
    if (entry == null || triggered || !entry.isOpen() || !state.itemsOf(id).isEmpty()) {
      return;
    }
    if (state.book.hasDependents(id)) {
      entry.approvedIs(false);
      turn.rows.touch(entry);
    } else {
      forgetForecast(id);
      state.book.forget(id);
      turn.draft.delete(new Row.Key("change", id.toString()));
    }
  }

  void landedAs(ChangeId change) {
    Book.Entry entry = state.book.find(change);
    if (entry != null && !entry.hasLanded()) {
      close(entry, Row.Known.Status.LANDED);
      for (Book.Entry dependent : state.book.dependentsOf(change, false)) {
        state.book.propose(dependent.change().without(change));
        turn.rows.touch(dependent);
        turn.dirty.addAll(state.itemsOf(dependent.change().id()));
      }
      needsLook(change);
    }
  }
}
