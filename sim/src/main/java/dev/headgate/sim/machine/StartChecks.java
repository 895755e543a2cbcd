package dev.headgate.sim.machine;

import static dev.headgate.sim.InvariantBroken.unless;

import dev.headgate.gate.BuildState;
import dev.headgate.gate.Effect;
import dev.headgate.gate.ItemState;
import dev.headgate.gate.Manager;
import dev.headgate.gate.Pipeline;
import dev.headgate.gate.Row;
import dev.headgate.gate.Step;
import dev.headgate.model.ItemId;
import dev.headgate.model.Job;
import dev.headgate.model.JobGraph;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** What must hold when builds start. */
final class StartChecks {
  private final Memory memory;

  StartChecks(Memory memory) {
    this.memory = memory;
  }

  void check(Step step) {
    boolean starts = false;
    for (Effect effect : step.effects()) {
      if (effect instanceof Effect.Start start) {
        starts = true;
        check(start);
      }
    }
    unless(
        !starts || memory.active <= memory.slots,
        "a build starts, and %d hold %d slots",
        memory.active,
        memory.slots);
  }

  private void check(Effect.Start start) {
    KnownBuild test = Objects.requireNonNull(memory.tests.get(start.build()));
    unless(test.start.equals(start), "build %s starts twice", start.build());
    Row.Item item = memory.items.get(start.item());
    unless(item != null, "build %s starts for item %s, which is gone", start.build(), start.item());
    Row.Item present = Objects.requireNonNull(item);
    unless(
        present.state() == ItemState.TESTING && test.isOn(Memory.path(present)),
        "build %s starts on %s, item %s is %s",
        start.build(),
        start.contents(),
        start.item(),
        present);
    JobGraph graph = present.jobs().getOrDefault(start.change().id(), JobGraph.EMPTY);
    unless(graph.jobs().contains(start.job()), "%s runs %s", start.change(), start.job());
    unless(!start.job().coordination().noop(), "%s is built, and is a no-op", start.job().name());
    window(start, present);
    semaphores(start);
    ahead(start, present);
  }

  private void window(Effect.Start start, Row.Item item) {
    int window = windowOf(item);
    int position = 1;
    for (Row.Item other : memory.items.values()) {
      if (other.queue().equals(item.queue()) && other.order() < item.order()) {
        position++;
      }
    }
    unless(
        window == 0 || position <= window,
        "build %s starts for place %d of %s, the window holds %d",
        start.build(),
        position,
        item.queue(),
        window);
  }

  private int windowOf(Row.Item item) {
    Pipeline pipeline = memory.pipelineOf(item);
    Manager manager = pipeline == null ? Manager.INDEPENDENT : pipeline.manager();
    return switch (manager) {
      case INDEPENDENT -> 0;
      case SERIAL, SUPERCEDENT -> 1;
      case DEPENDENT -> memory.windows.getOrDefault(item.queue(), 0);
    };
  }

  private void semaphores(Effect.Start start) {
    for (String name : start.job().coordination().semaphores()) {
      int held = 0;
      for (Row.Build build : memory.builds.values()) {
        if (build.state() != BuildState.ENDED && build.semaphores().contains(name)) {
          held++;
        }
      }
      int most = memory.settings.semaphores().getOrDefault(name, 1);
      unless(held <= most, "%d builds hold the semaphore %s of %d", held, name, most);
    }
  }

  /** What the items that it stands on ask those behind to wait for. */
  private void ahead(Effect.Start start, Row.Item item) {
    ItemId ahead = item.ahead();
    while (ahead != null) {
      Row.Item other = Objects.requireNonNull(memory.items.get(ahead));
      unless(
          other.state() != ItemState.TESTING || !holds(other),
          "build %s starts, and item %s holds what is behind it",
          start.build(),
          other.id());
      unless(
          other.state() != ItemState.TESTING || makes(other, start.job()),
          "build %s starts, and item %s has not made what it requires",
          start.build(),
          other.id());
      ahead = other.ahead();
    }
  }

  private boolean holds(Row.Item item) {
    Proof proof = new Proof(item, memory);
    for (Job job : jobs(item)) {
      boolean noop = job.coordination().noop();
      if (job.coordination().holdsFollowers() && !noop && !proof.passed(job)) {
        return true;
      }
    }
    return false;
  }

  private boolean makes(Row.Item item, Job wanting) {
    Set<String> names = wanting.coordination().requires();
    Proof proof = new Proof(item, memory);
    for (Job job : jobs(item)) {
      boolean provides = !Collections.disjoint(job.coordination().provides(), names);
      if (provides && !job.coordination().noop() && !proof.lets(job)) {
        return false;
      }
    }
    return true;
  }

  private static List<Job> jobs(Row.Item item) {
    return item.jobs().values().stream().flatMap(graph -> graph.jobs().stream()).toList();
  }
}
