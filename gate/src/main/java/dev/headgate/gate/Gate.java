package dev.headgate.gate;

import dev.headgate.model.BranchRef;
import dev.headgate.model.Change;
import dev.headgate.model.ChangeId;
import dev.headgate.model.PipelineName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The gate of one site: its pipelines, their queues, and what is built for the items in them
 * (DESIGN §6).
 *
 * <p>In a dependent pipeline an item's path is the branches' tips plus the items ahead of it that
 * are not failing; it stands on the nearest of them, whose own path holds the rest. When the
 * nearest one is another, the path can no longer become real: its builds are cancelled and the item
 * is prepared anew, and with it what stands on it. When the nearest one lands, the tips are those
 * very contents, and the path stays. So only what assumed a failed item is built again. An item is
 * rejected or landed only when it stands on the tips, where its path is real.
 *
 * <p>Not safe for use by several threads: one loop owns it. The same rows and the same events give
 * the same steps.
 */
public final class Gate {
  private final State state;

  private Gate(GateSettings settings) {
    this.state = new State(settings);
  }

  /**
   * The machine that a former one's rows describe; no rows give a new one. The rows may come in any
   * order.
   *
   * @param settings those that the former machine ran with; if there are others now, tell the new
   *     machine by {@link Event.Reconfigured}
   * @throws IllegalArgumentException if the rows contradict each other, which is a bug or a damaged
   *     store
   */
  public static Gate load(Collection<? extends Row> rows, GateSettings settings) {
    Gate gate = new Gate(settings);
    gate.state.restore(rows);
    return gate;
  }

  /** All rows, which are the whole state, in a fixed order. */
  public List<Row> rows() {
    return state.rows();
  }

  /** How the site is set up now. */
  public GateSettings settings() {
    return state.settings;
  }

  /** All queues that have items or a window of their own, in the order of pipelines and queues. */
  public List<QueueView> queues() {
    List<QueueView> views = new ArrayList<>();
    for (Queue queue : state.queuesInOrder()) {
      List<QueueView.Entry> entries =
          queue.items().stream()
              .map(item ->
                  new QueueView.Entry(item.id, item.changes.stream().map(Change::id).toList()))
              .toList();
      views.add(new QueueView(queue.key, queue.window(), entries));
    }
    return views;
  }

  /**
   * The queued changes for a branch in the pipeline named gate, the head first; empty if there are
   * none.
   */
  public List<ChangeId> queued(BranchRef target) {
    List<ChangeId> found = new ArrayList<>();
    for (Queue queue : state.queuesInOrder()) {
      if (queue.key.pipeline().equals(PipelineName.GATE)) {
        for (Item item : queue.items()) {
          item.changes.stream()
              .filter(change -> change.target().equals(target))
              .forEach(change -> found.add(change.id()));
        }
      }
    }
    return found;
  }

  /** Whether nothing is queued and no build holds a slot. */
  public boolean isIdle() {
    return state.items.isEmpty() && state.builds.isEmpty();
  }

  /** Whether nothing is left to be decided; cancelled builds may still be ending. */
  public boolean isEmpty() {
    return state.items.isEmpty();
  }

  /**
   * Takes one event.
   *
   * @param now the time the step is made at; it is kept in rows and decides nothing
   * @throws IllegalArgumentException if an answer does not fit its question, which is a bug of the
   *     port that gave it
   */
  public Step on(Event event, Instant now) {
    Draft draft = new Draft();
    Turn turn = new Turn(state, draft, now);
    turn.take(event);
    turn.settle();
    return draft.step();
  }

  /** Where a change stands in the first pipeline that has it; empty if it is not queued. */
  public Optional<Explanation> explain(ChangeId change) {
    return state.itemsOf(change).stream().findFirst().map(item -> explain(item, change));
  }

  /** Where a change stands in a pipeline; empty if it is not queued there. */
  public Optional<Explanation> explain(PipelineName pipeline, ChangeId change) {
    return state.itemsOf(change).stream()
        .filter(item -> item.queue.key.pipeline().equals(pipeline))
        .findFirst()
        .map(item -> explain(item, change));
  }

  private Explanation explain(Item item, ChangeId change) {
    return new Explanation(
        change,
        item.queue.key,
        item.changes.stream().map(Change::id).filter(id -> !id.equals(change)).toList(),
        item.state(),
        item.queue.positionOf(item),
        item.queue.size(),
        State.assumed(item).stream().map(Change::id).toList(),
        item.base(),
        item.contents(),
        new Waits(state, item).sentences(),
        item.restarts(),
        item.lastRestart());
  }

  /** Why a known change is in no queue of a pipeline, in a sentence; empty if it is in one. */
  public Optional<String> whyNotQueued(PipelineName name, ChangeId change) {
    Optional<Pipeline> found = state.settings.pipeline(name);
    if (found.isEmpty()) {
      return Optional.of("there is no pipeline named " + name);
    }
    Pipeline pipeline = found.get();
    if (state.placed(pipeline, change) != null) {
      return Optional.empty();
    }
    Book.Entry entry = state.book.find(change);
    if (entry == null) {
      return Optional.of(change + " is not known");
    }
    Turn asking = new Turn(state, new Draft(), Instant.EPOCH);
    String missing = asking.entries.requirementMissing(pipeline, entry);
    if (!pipeline.takes(entry.change().target().project())) {
      missing =
          "project " + entry.change().target().project() + " takes no part in pipeline " + name;
    }
    for (ChangeId need : state.unlandedNeeds(entry.change())) {
      if (missing.isEmpty() && pipeline.manager().lands() && state.placed(pipeline, need) == null) {
        missing = "it depends on " + need + ": " + whyNotQueuedItself(asking, pipeline, need);
      }
    }
    return Optional.of(missing.isEmpty() ? "nobody has asked for it" : missing);
  }

  private String whyNotQueuedItself(Turn asking, Pipeline pipeline, ChangeId change) {
    Book.Entry entry = state.book.find(change);
    if (entry == null) {
      return change + " is not known";
    }
    String missing = asking.entries.requirementMissing(pipeline, entry);
    return missing.isEmpty() ? change + " is not queued" : missing;
  }
}
