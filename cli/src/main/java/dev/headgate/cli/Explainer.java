package dev.headgate.cli;

import dev.headgate.conduct.Watcher;
import dev.headgate.gate.Event;
import dev.headgate.gate.Explanation;
import dev.headgate.gate.Gate;
import dev.headgate.gate.Step;
import dev.headgate.model.ChangeId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells, for {@code headgate gate --explain}, why changes were restarted and what they waited for:
 * whenever one is restarted, and at the end. The gate is asked after each step, on its loop.
 */
final class Explainer implements Watcher {
  /** What a change waited for is told up to here; more only says that the queue is long. */
  private static final int MOST_WAITS = 20;

  private final Board board;
  private final boolean wanted;
  private final Map<ChangeId, Told> told = new LinkedHashMap<>();
  private @Nullable Gate gate;

  /** What is known of a change. */
  private static final class Told {
    private int restarts;
    private final List<String> reasons = new ArrayList<>();
    private final Set<String> waits = new LinkedHashSet<>();
  }

  /**
   * Watches for the board, and explains there.
   *
   * @param wanted if false, it passes everything on and says nothing
   */
  Explainer(Board board, boolean wanted) {
    this.board = board;
    this.wanted = wanted;
  }

  /** The gate to ask. */
  void explains(Gate asked) {
    gate = asked;
  }

  @Override
  public void stepped(Event event, Step step, Instant now) {
    board.stepped(event, step, now);
    if (wanted && gate != null) {
      gate.queues().stream()
          .flatMap(queue -> queue.items().stream())
          .flatMap(item -> item.changes().stream())
          .distinct()
          .forEach(this::look);
    }
  }

  private void look(ChangeId change) {
    Optional<Explanation> explained = gate == null ? Optional.empty() : gate.explain(change);
    if (explained.isEmpty()) {
      return;
    }
    Explanation now = explained.get();
    Told known = told.computeIfAbsent(change, id -> new Told());
    if (known.waits.size() < MOST_WAITS) {
      known.waits.addAll(now.waitsFor());
    }
    if (now.restarts() > known.restarts) {
      known.reasons.add(now.lastRestart());
      board.explain(new Notice.Explained(change, true, List.copyOf(known.reasons), now.waitsFor()));
    }
    known.restarts = now.restarts();
  }

  /** Tells of each of the changes what happened to it in all. */
  void conclude(List<ChangeId> changes) {
    if (!wanted) {
      return;
    }
    for (ChangeId change : changes) {
      Told known = told.getOrDefault(change, new Told());
      board.explain(
          new Notice.Explained(
              change, false, List.copyOf(known.reasons), List.copyOf(known.waits)));
    }
  }
}
