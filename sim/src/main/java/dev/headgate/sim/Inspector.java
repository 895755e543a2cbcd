package dev.headgate.sim;

import dev.headgate.conduct.Watcher;
import dev.headgate.gate.Effect;
import dev.headgate.gate.Event;
import dev.headgate.gate.Gate;
import dev.headgate.gate.GateSettings;
import dev.headgate.gate.ItemState;
import dev.headgate.gate.Row;
import dev.headgate.gate.RowChange;
import dev.headgate.gate.Step;
import dev.headgate.model.BuildId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Checks every step of the machine the moment it is made. */
final class Inspector implements Watcher {
  private final World world;
  private final Ledger ledger;
  private final Supplier<Gate> live;
  private Gate twin;

  Inspector(World world, GateSettings settings, Supplier<Gate> live) {
    this.world = world;
    this.ledger = new Ledger(settings);
    this.live = live;
    this.twin = ledger.load();
  }

  @Override
  public void stepped(Event event, Step step, Instant now) {
    world.tally.count(Happening.STEP);
    world.trail.note("%s", new Moment(event, step.effects()));
    Step twins = twin.on(event, now);
    InvariantBroken.unless(
        twins.equals(step),
        "the loaded machine steps otherwise on %s, first by %s",
        event,
        difference(step, twins));
    Reading before = ledger.reading();
    ledger.take(event, step);
    loadTwin();
    InvariantBroken.unless(
        live.get().rows().equals(twin.rows()), "the changes of a step miss some of what changed");
    Transition transition = new Transition(event, step, before, ledger.reading(), ledger, world);
    new BuildChecks(transition).check();
    new PathChecks(transition).check();
    new EndChecks(transition).check();
    new WindowChecks(transition).check();
    count(transition);
  }

  private static String difference(Step one, Step other) {
    List<Object> ones = new ArrayList<>(one.effects());
    ones.addAll(one.changes());
    List<Object> others = new ArrayList<>(other.effects());
    others.addAll(other.changes());
    for (int i = 0; i < ones.size() && i < others.size(); i++) {
      if (!ones.get(i).equals(others.get(i))) {
        return others.get(i) + " instead of " + ones.get(i);
      }
    }
    return "having " + others.size() + " parts instead of " + ones.size();
  }

  private void loadTwin() {
    twin = ledger.load();
  }

  private void count(Transition step) {
    step.effects(Effect.Cancel.class)
        .forEach(cancel -> world.tally.count(Happening.BUILD_CANCELLED));
    for (RowChange change : step.step().changes()) {
      if (change instanceof RowChange.Put(Row.Item item)) {
        Row.Item former = step.before().items().get(item.id());
        if (former != null && item.restarts() > former.restarts()) {
          world.tally.count(Happening.PATH_RESTARTED);
        }
      }
      if (change instanceof RowChange.Put(Row.Build build)) {
        Row.Build former = step.before().builds().get(build.id());
        if (former != null && build.current() && !former.current()) {
          world.tally.count(Happening.VERDICT_TAKEN_UP_AGAIN);
        }
      }
    }
    switch (step.event()) {
      case Event.ConfigBroken broken -> world.tally.count(Happening.CONFIGURATION_BROKEN);
      case Event.Dequeued e when isLanding(step, e) ->
          world.tally.count(Happening.DEQUEUED_WHILE_LANDING);
      default -> {}
    }
  }

  private static boolean isLanding(Transition step, Event.Dequeued event) {
    Row.Item item = step.before().item(event.change());
    return item != null && item.state() == ItemState.LANDING;
  }

  /** Something was committed: what was stepped so far stays. */
  void committed() {
    ledger.commit();
  }

  /** The process died; what it did not commit never happened. */
  void processDied() {
    ledger.crash();
    loadTwin();
  }

  /** A process has loaded what was kept. */
  void opened(Gate loaded) {
    InvariantBroken.unless(
        loaded.rows().equals(twin.rows()), "the store gave back other rows than were committed");
  }

  /** Everything that was stepped is committed and carried out as far as it is due. */
  void turned() {
    world.tally.count(Happening.TURN);
    for (BuildId build : world.running.keySet()) {
      Row.Build row = ledger.reading().builds().get(build);
      InvariantBroken.unless(
          row != null && Reading.isActive(row), "build %s runs and nobody knows of it", build);
    }
    checkExplained();
  }

  /** One item a turn is enough to have asked each in every state. */
  private void checkExplained() {
    List<Row.Item> items = List.copyOf(ledger.reading().items().values());
    if (!items.isEmpty()) {
      Row.Item item = items.get((int) (world.tally.of(Happening.TURN) % items.size()));
      InvariantBroken.unless(
          live.get().explain(item.change().id()).stream()
              .anyMatch(explanation -> !explanation.waitsFor().isEmpty()),
          "item %s cannot be explained",
          item.id());
    }
  }

  /** All is over: nothing is left, and everybody was told. */
  void ended(SimulatedReports reports, List<Row> kept) {
    InvariantBroken.unless(world.running.isEmpty(), "builds run for ever: %s", world.running);
    InvariantBroken.unless(
        ledger.reading().items().isEmpty() && ledger.reading().builds().isEmpty(),
        "items or builds are left");
    InvariantBroken.unless(kept.equals(live.get().rows()), "the store keeps other rows");
    ledger
        .ends()
        .keySet()
        .forEach(
            item -> InvariantBroken.unless(reports.told(item), "nobody was told of item %s", item));
  }
}
