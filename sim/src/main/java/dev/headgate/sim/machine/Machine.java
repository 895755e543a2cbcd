package dev.headgate.sim.machine;

import dev.headgate.gate.Event;
import dev.headgate.gate.Gate;
import dev.headgate.gate.GateSettings;
import dev.headgate.gate.Row;
import dev.headgate.gate.RowChange;
import dev.headgate.gate.Step;
import dev.headgate.sim.Dice;
import dev.headgate.sim.InvariantBroken;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The real machine, with the rows that its steps have left, from which it can be loaded again. */
final class Machine {
  private final Dice dice;
  private final Map<Row.Key, Row> kept = new LinkedHashMap<>();
  private Gate gate;

  Machine(GateSettings settings, Dice dice) {
    this.dice = dice;
    this.gate = Gate.load(List.of(), settings);
    gate.rows().forEach(row -> kept.put(row.key(), row));
  }

  Gate gate() {
    return gate;
  }

  /** The process dies between two steps. */
  void crash() {
    gate = loaded();
  }

  private Gate loaded() {
    return Gate.load(inAnyOrder(), gate.settings());
  }

  private List<Row> inAnyOrder() {
    List<Row> rows = new ArrayList<>(kept.values());
    for (int i = rows.size() - 1; i > 0; i--) {
      Row other = rows.get(i);
      int with = dice.between(0, i);
      rows.set(i, rows.get(with));
      rows.set(with, other);
    }
    return rows;
  }

  /** Takes an event. */
  Step on(Event event, Instant now) {
    Step step = gate.on(event, now);
    keep(step);
    return step;
  }

  /** Takes an event, as a machine that was loaded right before does too. */
  Step onWithTwin(Event event, Instant now) {
    Gate twin = loaded();
    Step step = on(event, now);
    Step other = twin.on(event, now);
    InvariantBroken.unless(
        step.equals(other), "a loaded machine makes another step:%n %s%n %s", step, other);
    Map<Row.Key, Row> live = byKey(gate);
    InvariantBroken.unless(
        live.equals(kept), "the steps' rows are not the machine's:%n %s%n %s", kept, live);
    InvariantBroken.unless(
        byKey(twin).equals(live), "a loaded machine has other rows:%n %s%n %s", live, twin.rows());
    return step;
  }

  private static Map<Row.Key, Row> byKey(Gate gate) {
    Map<Row.Key, Row> rows = new LinkedHashMap<>();
    gate.rows().forEach(row -> rows.put(row.key(), row));
    return rows;
  }

  private void keep(Step step) {
    for (RowChange change : step.changes()) {
      switch (change) {
        case RowChange.Put put -> kept.put(put.row().key(), put.row());
        case RowChange.Delete delete -> kept.remove(delete.key());
      }
    }
  }
}
