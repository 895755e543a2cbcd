package dev.headgate.sim.machine;

import dev.headgate.gate.Effect;
import dev.headgate.gate.Event;
import dev.headgate.model.BuildId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the machine has asked of the world, and the answers that are under way. */
final class Desk {
  /** Of ten answers so many arrive only when they are let through. */
  private static final int LATE_OF_TEN = 2;

  private static final int TOLD_KEPT = 12;

  private final Setup setup;
  private final Host host;
  private final List<Effect> questions = new ArrayList<>();
  private final Map<BuildId, Running> running = new LinkedHashMap<>();
  private final List<Event> mail = new ArrayList<>();
  private final List<Event> told = new ArrayList<>();

  /** Whether branches are moved by compare-and-swap. */
  private boolean byComparing = true;

  Desk(Setup setup, Host host) {
    this.setup = setup;
    this.host = host;
  }

  void comparesTips(boolean compares) {
    byComparing = compares;
  }

  void take(Effect effect) {
    switch (effect) {
      case Effect.Prepare question -> questions.add(question);
      case Effect.Land question -> questions.add(question);
      case Effect.Ask question -> questions.add(question);
      case Effect.Start start -> running.put(start.build(), new Running(start, setup));
      case Effect.Cancel cancel -> find(cancel.build()).ifPresent(Running::cancel);
      case Effect.Resume resume -> find(resume.build()).ifPresent(Running::resume);
      case Effect.Announce announce -> {}
      case Effect.Report report -> {}
    }
  }

  private Optional<Running> find(BuildId build) {
    return Optional.ofNullable(running.get(build));
  }

  /** Remembers what the machine was told, so that it can be told again. */
  void told(Event event) {
    told.add(event);
    if (told.size() > TOLD_KEPT) {
      told.removeFirst();
    }
  }

  /** Something that the machine was told lately. */
  Optional<Event> again(int which) {
    return told.isEmpty() ? Optional.empty() : Optional.of(told.get(which % told.size()));
  }

  /** Answers one question; nothing arrives if none is open, or if the answer is late. */
  Optional<Event> answer(int which, int how) {
    if (questions.isEmpty()) {
      return Optional.empty();
    }
    return posted(answer(questions.remove(which % questions.size()), how), how);
  }

  private Event answer(Effect question, int how) {
    return switch (question) {
      case Effect.Prepare prepare -> host.prepare(prepare);
      case Effect.Ask ask -> new Event.TipMoved(ask.branch(), host.tip(ask.branch()));
      case Effect.Land land ->
          switch (how / 10 % 12) {
            case 0 -> host.refuse(land, "the host says no");
            case 1, 2 -> host.landInPart(land);
            default -> host.land(land, byComparing);
          };
      case Effect.Start e -> throw noQuestion(e);
      case Effect.Cancel e -> throw noQuestion(e);
      case Effect.Resume e -> throw noQuestion(e);
      case Effect.Announce e -> throw noQuestion(e);
      case Effect.Report e -> throw noQuestion(e);
    };
  }

  private static IllegalStateException noQuestion(Effect effect) {
    return new IllegalStateException("nobody answers " + effect);
  }

  private Optional<Event> posted(Event event, int how) {
    if (how % 10 < LATE_OF_TEN) {
      mail.add(event);
      return Optional.empty();
    }
    return Optional.of(event);
  }

  /** One build goes on; nothing arrives if none runs, or if the news is late. */
  Optional<Event> build(int which, int how, int more) {
    if (running.isEmpty()) {
      return Optional.empty();
    }
    List<BuildId> ids = List.copyOf(running.keySet());
    BuildId id = ids.get(which % ids.size());
    Optional<Event> event = find(id).flatMap(build -> build.next(how));
    forgetEnded(id);
    return event.flatMap(news -> posted(news, more));
  }

  private void forgetEnded(BuildId id) {
    if (find(id).filter(Running::hasEnded).isPresent()) {
      running.remove(id);
    }
  }

  /** A late answer arrives. */
  Optional<Event> mail(int which) {
    return mail.isEmpty() ? Optional.empty() : Optional.of(mail.remove(which % mail.size()));
  }

  /** What happens next when nothing goes wrong any more; empty if nothing does. */
  Optional<Event> calm() {
    if (!mail.isEmpty()) {
      return Optional.of(mail.removeFirst());
    }
    if (!questions.isEmpty()) {
      return Optional.of(answer(questions.removeFirst(), 999));
    }
    for (Map.Entry<BuildId, Running> build : running.entrySet()) {
      if (build.getValue().mayEnd()) {
        running.remove(build.getKey());
        return Optional.of(build.getValue().end());
      }
    }
    return overTime();
  }

  /** A build that is paused for a job that waits for its semaphore ends by its timeout. */
  private Optional<Event> overTime() {
    Map.Entry<BuildId, Running> first =
        running.isEmpty() ? null : running.entrySet().iterator().next();
    if (first == null) {
      return Optional.empty();
    }
    running.remove(first.getKey());
    return Optional.of(first.getValue().overTime());
  }
}
