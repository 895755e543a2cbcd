package dev.headgate.sim.machine;

import static dev.headgate.sim.InvariantBroken.unless;

import dev.headgate.gate.Effect;
import dev.headgate.gate.Event;
import dev.headgate.gate.ItemEnd;
import dev.headgate.gate.Row;
import dev.headgate.gate.Step;
import dev.headgate.model.Change;
import dev.headgate.model.ItemId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** That each item ends once, and for a reason that the model has seen. */
final class ReportChecks {
  private final Memory memory;
  private final Set<ItemId> ended = new HashSet<>();
  private final Set<String> landed = new HashSet<>();

  ReportChecks(Memory memory) {
    this.memory = memory;
  }

  void check(Event event, Step step) {
    Map<ItemId, List<Effect.Report>> reports = new TreeMap<>();
    for (Effect effect : step.effects()) {
      if (effect instanceof Effect.Report report) {
        reports.computeIfAbsent(report.item(), id -> new ArrayList<>()).add(report);
      }
    }
    reports.forEach((item, told) -> count(event, item, told));
    memory.before.forEach((item, former) -> {
      boolean gone = !memory.items.containsKey(item);
      unless(
          !gone || former.isEmpty() || reports.containsKey(item) || mayBeSilent(event),
          "item %s is lost without a report: %s",
          item,
          former);
    });
    landedAgain(event);
    reports.values().forEach(told -> told.forEach(report -> reason(event, report)));
  }

  private boolean mayBeSilent(Event event) {
    return event instanceof Event.Reconfigured
        && !memory.formerSettings.differences().reportsEveryRefusal();
  }

  private void count(Event event, ItemId item, List<Effect.Report> told) {
    boolean moved = event instanceof Event.Promoted && memory.settings.differences().reportsMoves();
    boolean stays = memory.items.containsKey(item);
    unless(!stays || (moved && told.size() == 1), "item %s stays, and is reported: %s", item, told);
    unless(stays || told.size() == 1 || (moved && told.size() == 2), "twice reported: %s", told);
    unless(stays || ended.add(item), "item %s is reported again: %s", item, told);
  }

  /** A change may land again only after it was proposed again. */
  private void landedAgain(Event event) {
    switch (event) {
      case Event.Proposed e -> forget(e.change());
      case Event.Enqueued e -> forget(e.change());
      default -> {}
    }
    boolean asked = event instanceof Event.Proposed || event instanceof Event.Enqueued;
    unless(asked || memory.reopened.isEmpty(), "%s is open again after %s", memory.reopened, event);
  }

  private void forget(Change change) {
    landed.removeIf(name -> name.endsWith(" " + change.revision()));
  }

  private void reason(Event event, Effect.Report report) {
    ItemEnd end = report.end();
    if (end.kind() == ItemEnd.Kind.LANDED) {
      unless(event instanceof Event.Landed, "%s is reported landed after %s", report, event);
      report.changes().forEach(change -> landed(report, change));
    }
    Optional<Row.Item> former = memory.before.getOrDefault(report.item(), Optional.empty());
    switch (end.cause()) {
      case JOBS -> jobs(event, report, former);
      case DEPENDENCY -> dependency(report);
      case CONFLICT ->
          unless(isUnbuildable(event, former), "%s conflicts and was not asked", report);
      case CONFIGURATION ->
          unless(isUnbuildable(event, former), "%s is unusable and was not asked", report);
      case HOST, IN_PART ->
          unless(event instanceof Event.LandRefused, "%s is refused after %s", report, event);
      case NO_JOBS ->
          unless(
              end.kind() == ItemEnd.Kind.REJECTED && end.jobs().isEmpty(),
              "%s has no jobs",
              report);
      case REQUIREMENT, REFUSED, DEMAND -> {}
    }
  }

  private void landed(Effect.Report report, Change change) {
    unless(landed.add(report.pipeline() + " " + change.revision()), "%s lands twice", change.id());
  }

  private static boolean isUnbuildable(Event event, Optional<Row.Item> former) {
    return event instanceof Event.Conflicted
        || event instanceof Event.ConfigBroken
        || former.map(item -> !item.failure().isEmpty()).orElse(false);
  }

  private void jobs(Event event, Effect.Report report, Optional<Row.Item> former) {
    if (former.isEmpty() || report.end().kind() == ItemEnd.Kind.LANDED) {
      return;
    }
    Row.Item item = asPrepared(event, former.get());
    Proof proof = new Proof(item, memory);
    if (report.end().kind() == ItemEnd.Kind.PASSED) {
      List<String> missing = proof.missing();
      unless(missing.isEmpty(), "%s passed, and nothing passed for %s", report, missing);
    } else {
      unless(proof.blames(), "%s is rejected, and none of its jobs failed", report);
    }
  }

  /** An item that ends in the step that prepared it never had a row with its contents. */
  private static Row.Item asPrepared(Event event, Row.Item item) {
    if (!(event instanceof Event.Prepared prepared)
        || !prepared.preparation().equals(item.preparation())) {
      return item;
    }
    return new Row.Item(
        item.id(),
        item.queue(),
        item.order(),
        item.changes(),
        item.carried(),
        item.lead(),
        item.lane(),
        item.state(),
        item.preparation(),
        item.base(),
        item.ahead(),
        prepared.contents(),
        prepared.jobs(),
        "",
        item.cause(),
        false,
        item.leave(),
        item.held(),
        item.announced(),
        item.quiet(),
        item.restarts(),
        item.lastRestart(),
        item.enqueuedAt());
  }

  /** Only what it said that it needs may take a change along. */
  private void dependency(Effect.Report report) {
    boolean needs = report.changes().size() > 1;
    for (Change change : report.changes()) {
      needs |= !change.dependsOn().isEmpty() || memory.needy.contains(change.id());
    }
    unless(needs, "%s leaves for another and depends on none", report);
  }
}
