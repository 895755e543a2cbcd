package dev.headgate.sim.scenario;

import dev.headgate.gate.Event;
import dev.headgate.gate.Pipeline;
import dev.headgate.gate.QueueView;
import dev.headgate.gate.Row;
import dev.headgate.model.Change;
import dev.headgate.model.ChangeId;
import dev.headgate.model.ItemId;
import dev.headgate.model.PipelineName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Does to the gate and its world what the steps of a scenario say. */
final class Player {
  private static final int MAX_DRAINED = 10_000;

  private final Session session;

  /** Whether a build that is to end and does not run is passed over. */
  private final boolean lenient;

  Player(Session session, boolean lenient) {
    this.session = session;
    this.lenient = lenient;
  }

  /** Does it; what could not be done, in a sentence, else empty. */
  Optional<String> perform(Action action) {
    return switch (action) {
      case Action.Approve(List<String> changes) -> {
        happen(changes, change -> new Event.Approved(new ChangeId(change), false));
        happen(changes, change -> new Event.Approved(new ChangeId(change), true));
        yield Optional.empty();
      }
      case Action.ApproveQuietly(List<String> changes) -> {
        happen(changes, change -> new Event.Approved(new ChangeId(change), false));
        yield Optional.empty();
      }
      case Action.Propose(List<String> changes) -> {
        happen(changes, change -> new Event.Proposed(present(change)));
        yield Optional.empty();
      }
      case Action.WithdrawApproval(List<String> changes) -> {
        happen(changes, change -> new Event.ApprovalWithdrawn(new ChangeId(change)));
        yield Optional.empty();
      }
      case Action.NewPatchset patchset -> newPatchset(patchset);
      case Action.Abandon(List<String> changes) -> {
        happen(changes, change -> new Event.Abandoned(new ChangeId(change)));
        yield Optional.empty();
      }
      case Action.MergedOutside(List<String> changes) -> mergedOutside(changes);
      case Action.Finish(List<Action.Ending> endings) -> finish(endings);
      case Action.KnownToFail(List<Action.Ending> builds) -> knownToFail(builds);
      case Action.Drain() -> drain();
      case Action.Dequeue(List<Action.Entry> entries) -> dequeue(entries);
      case Action.Enqueue(List<Action.Entry> entries) -> enqueue(entries);
      case Action.Promote promote -> promote(promote);
      case Action.Reconfigure(Setup.Update update) -> {
        session.reconfigure(session.setup().with(update));
        yield Optional.empty();
      }
      case Action.HoldNodes(boolean held) -> {
        session.holdNodes(held);
        yield Optional.empty();
      }
      case Action.FailNodeRequest() -> failNodeRequest();
    };
  }

  /** One event for each change, all of them before any of what they lead to is done. */
  private void happen(List<String> changes, Function<String, Event> event) {
    session.happen(changes.stream().map(event).toArray(Event[]::new));
  }

  private Change present(String change) {
    return session.change(session.world().newest(change));
  }

  private Optional<String> newPatchset(Action.NewPatchset patchset) {
    World world = session.world();
    Proposal next =
        world
            .newest(patchset.change())
            .next(patchset.update(), other -> world.newest(other).revision());
    world.add(next);
    List<Event.Enqueued> again = partnersOf(new ChangeId(patchset.change()));
    session.happen(new Event.Proposed(session.change(next)));
    if (patchset.approved()) {
      // It is approved when it is seen, so that those that left with its older revision enter
      // again.
      session.happen(new Event.Approved(new ChangeId(patchset.change()), false));
      session.happen(again.toArray(Event[]::new));
    }
    return Optional.empty();
  }

  /** What lets those enter again that land together with a change. */
  private List<Event.Enqueued> partnersOf(ChangeId change) {
    List<Event.Enqueued> found = new ArrayList<>();
    for (Row.Item item : session.items().values()) {
      if (item.changes().stream().anyMatch(member -> member.id().equals(change))) {
        item.changes().stream()
            .filter(member -> !member.id().equals(change))
            .forEach(member ->
                found.add(
                    new Event.Enqueued(
                        item.queue().pipeline(), present(member.id().value()), false, 0)));
      }
    }
    return found;
  }

  private Optional<String> mergedOutside(List<String> changes) {
    for (String change : changes) {
      Optional<String> refusal = session.landOutside(session.world().newest(change));
      if (refusal.isPresent()) {
        return refusal;
      }
    }
    return Optional.empty();
  }

  private Optional<String> finish(List<Action.Ending> endings) {
    for (Action.Ending ending : endings) {
      Optional<LiveBuild> build = session.running(ending);
      if (build.isEmpty() && !lenient) {
        return Optional.of("no build of " + ending + " runs");
      }
      build.ifPresent(known -> session.end(known, ending));
    }
    return Optional.empty();
  }

  private Optional<String> knownToFail(List<Action.Ending> builds) {
    for (Action.Ending ending : builds) {
      Optional<LiveBuild> build = session.running(ending);
      if (build.isEmpty() && !lenient) {
        return Optional.of("no build of " + ending + " runs");
      }
      build.ifPresent(
          known -> session.happen(new Event.Evidence(known.id(), "it is announced as failing")));
    }
    return Optional.empty();
  }

  private Optional<String> drain() {
    for (int passed = 0; passed < MAX_DRAINED; passed++) {
      List<LiveBuild> front = front();
      if (front.isEmpty()) {
        return Optional.empty();
      }
      session.pass(front);
    }
    return Optional.of("builds run without end");
  }

  /** The running builds of the front-most item that has some. */
  private List<LiveBuild> front() {
    for (QueueView queue : session.queues()) {
      for (QueueView.Entry entry : queue.items()) {
        List<LiveBuild> running = buildsOf(entry.item(), LiveBuild.State.RUNNING);
        if (!running.isEmpty()) {
          return running;
        }
      }
    }
    return List.of();
  }

  private List<LiveBuild> buildsOf(ItemId item, LiveBuild.State state) {
    return session.builds().stream()
        .filter(build -> build.start().item().equals(item) && build.state() == state)
        .toList();
  }

  private Optional<String> dequeue(List<Action.Entry> entries) {
    for (Action.Entry entry : entries) {
      session.happen(
          new Event.Dequeued(entry.pipeline(), new ChangeId(entry.change()), "operator"));
    }
    return Optional.empty();
  }

  private Optional<String> enqueue(List<Action.Entry> entries) {
    for (Action.Entry entry : entries) {
      Change change = present(entry.change());
      Optional<PipelineName> pipeline = entry.pipeline().or(() -> pipelineFor(change));
      if (pipeline.isEmpty()) {
        return Optional.of("no pipeline takes " + entry.change());
      }
      session.happen(new Event.Enqueued(pipeline.get(), change, false, 0));
    }
    return Optional.empty();
  }

  /** The first pipeline that takes the change's project, if possible one without the change. */
  private Optional<PipelineName> pipelineFor(Change change) {
    String project = change.target().project().value();
    List<PipelineName> taking =
        session.setup().pipelines().stream()
            .map(Pipeline::name)
            .filter(name -> session.setup().jobs(project, name).isPresent())
            .toList();
    return taking.stream()
        .filter(name -> !holds(name, change.id()))
        .findFirst()
        .or(() -> taking.stream().findFirst());
  }

  private boolean holds(PipelineName pipeline, ChangeId change) {
    return session.queues().stream()
        .filter(queue -> queue.key().pipeline().equals(pipeline))
        .flatMap(queue -> queue.items().stream())
        .anyMatch(entry -> entry.changes().contains(change));
  }

  private Optional<String> promote(Action.Promote promote) {
    List<ChangeId> changes = promote.changes().stream().map(ChangeId::new).toList();
    Optional<PipelineName> pipeline =
        promote
            .pipeline()
            .or(() ->
                session.setup().pipelines().stream()
                    .map(Pipeline::name)
                    .filter(name -> changes.stream().anyMatch(change -> holds(name, change)))
                    .findFirst());
    if (pipeline.isEmpty()) {
      return Optional.of("no pipeline holds any of " + promote.changes());
    }
    session.happen(new Event.Promoted(pipeline.get(), changes));
    return Optional.empty();
  }

  private Optional<String> failNodeRequest() {
    Optional<LiveBuild> first =
        session.builds().stream()
            .filter(build -> build.state() == LiveBuild.State.WAITING)
            .findFirst();
    first.ifPresent(session::refuseNode);
    session.holdNodes(false);
    return first.isPresent() || lenient
        ? Optional.empty()
        : Optional.of("no build waits for a node");
  }
}
