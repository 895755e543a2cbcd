package dev.headgate.conduct;

import dev.headgate.gate.Effect;
import dev.headgate.gate.Event;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The effects that are kept and not yet answered, and which event answers which. */
final class Outbox {
  /**
   * An effect without an answer for so long is carried out again. Long enough that a port which
   * merely works is rarely asked twice, short enough that a lost answer holds nobody up for long.
   */
  static final Duration REDO_AFTER = Duration.ofSeconds(30);

  private final TreeMap<Long, Pending> pending = new TreeMap<>();
  private final Map<String, List<Long>> bySubject = new LinkedHashMap<>();

  /**
   * An effect that waits for its answer; {@code carriedAt} is null if this process has not carried
   * it out.
   */
  private record Pending(Effect effect, @Nullable Instant carriedAt) {}

  void add(long id, Effect effect) {
    pending.put(id, new Pending(effect, null));
    bySubject.computeIfAbsent(subject(effect), key -> new ArrayList<>()).add(id);
  }

  int size() {
    return pending.size();
  }

  boolean isEmpty() {
    return pending.isEmpty();
  }

  boolean asks(Effect.Ask ask) {
    return bySubject.containsKey(subject(ask));
  }

  Effect effect(long id) {
    Pending found = pending.get(id);
    if (found == null) {
      throw new IllegalArgumentException("effect " + id + " is not in the outbox");
    }
    return found.effect();
  }

  /** Removes what the event answers; returns the ids removed. */
  List<Long> answeredBy(Event event) {
    String subject = subject(event);
    List<Long> ids = subject == null ? null : bySubject.remove(subject);
    if (ids == null) {
      return List.of();
    }
    ids.forEach(pending::remove);
    return ids;
  }

  /** Removes an effect that needs no answer. */
  void done(long id) {
    Pending removed = pending.remove(id);
    if (removed != null) {
      String subject = subject(removed.effect());
      List<Long> ids = bySubject.get(subject);
      if (ids != null && ids.remove(id) && ids.isEmpty()) {
        bySubject.remove(subject);
      }
    }
  }

  /**
   * The effects to carry out now, oldest first: those never carried out by this process, and those
   * without answer for long.
   */
  List<Long> due(Instant now) {
    List<Long> due = new ArrayList<>();
    pending.forEach((id, entry) -> {
      Instant carriedAt = entry.carriedAt();
      boolean late = carriedAt == null || !carriedAt.plus(REDO_AFTER).isAfter(now);
      if (late && !isCancelled(entry.effect())) {
        due.add(id);
      }
    });
    return due;
  }

  void carried(long id, Instant now) {
    pending.computeIfPresent(id, (key, entry) -> new Pending(entry.effect(), now));
  }

  /** A build that is to be cancelled must be neither started nor resumed for that. */
  private boolean isCancelled(Effect effect) {
    if (!(effect instanceof Effect.Start || effect instanceof Effect.Resume)) {
      return false;
    }
    for (long other : bySubject.getOrDefault(subject(effect), List.of())) {
      Pending entry = pending.get(other);
      if (entry != null && entry.effect() instanceof Effect.Cancel) {
        return true;
      }
    }
    return false;
  }

  private static String subject(Effect effect) {
    return switch (effect) {
      case Effect.Prepare e -> "prepare/" + e.preparation();
      case Effect.Start e -> "build/" + e.build();
      case Effect.Cancel e -> "build/" + e.build();
      case Effect.Resume e -> "build/" + e.build();
      case Effect.Land e -> "land/" + e.item();
      case Effect.Announce e -> "announce/" + e.item();
      case Effect.Report e -> "report/" + e.item();
      case Effect.Ask e -> "ask/" + e.branch();
    };
  }

  private static @Nullable String subject(Event event) {
    return switch (event) {
      case Event.Prepared e -> "prepare/" + e.preparation();
      case Event.Conflicted e -> "prepare/" + e.preparation();
      case Event.ConfigBroken e -> "prepare/" + e.preparation();
      case Event.BuildEnded e -> "build/" + e.build();
      case Event.BuildLost e -> "build/" + e.build();
      case Event.Landed e -> "land/" + e.item();
      case Event.LandRefused e -> "land/" + e.item();
      case Event.TipMoved e -> "ask/" + e.branch();
      case Event.Proposed e -> null;
      case Event.Approved e -> null;
      case Event.ApprovalWithdrawn e -> null;
      case Event.RevisionChanged e -> null;
      case Event.Abandoned e -> null;
      case Event.MergedOutside e -> null;
      case Event.DependenciesChanged e -> null;
      case Event.Enqueued e -> null;
      case Event.Dequeued e -> null;
      case Event.Promoted e -> null;
      case Event.Held e -> null;
      case Event.Released e -> null;
      case Event.Frozen e -> null;
      case Event.Thawed e -> null;
      case Event.Reconfigured e -> null;
      case Event.BuildStarted e -> null;
      case Event.BuildPaused e -> null;
      case Event.Evidence e -> null;
      case Event.CapacityChanged e -> null;
      case Event.EstimateChanged e -> null;
      case Event.TargetsKnown e -> null;
      case Event.FlakinessKnown e -> null;
      case Event.ClockAdvanced e -> null;
    };
  }
}
