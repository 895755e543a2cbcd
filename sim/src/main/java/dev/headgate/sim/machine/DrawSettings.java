package dev.headgate.sim.machine;

import dev.headgate.gate.Differences;
import dev.headgate.gate.GateSettings;
import dev.headgate.gate.Manager;
import dev.headgate.gate.Pipeline;
import dev.headgate.gate.SharedQueue;
import dev.headgate.gate.Trigger;
import dev.headgate.gate.Window;
import dev.headgate.model.PipelineName;
import dev.headgate.model.ProjectId;
import dev.headgate.sim.Dice;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Draws how sites are set up. */
final class DrawSettings {
  private static final List<String> NAMES = List.of("gate", "check", "post", "deploy");

  private final Dice dice;
  private final List<ProjectId> projects;
  private final Differences differences;

  DrawSettings(Dice dice, List<ProjectId> projects) {
    this.dice = dice;
    this.projects = projects;
    this.differences = differences();
  }

  GateSettings draw() {
    List<String> names = new ArrayList<>();
    for (String name : NAMES) {
      if (name.equals("gate") ? dice.chance(95) : dice.chance(40)) {
        names.add(name);
      }
    }
    if (names.isEmpty()) {
      names.add("check");
    }
    List<Pipeline> pipelines = new ArrayList<>();
    for (String name : names) {
      pipelines.add(pipeline(name, names));
    }
    return new GateSettings(
        pipelines,
        queues(),
        dice.chance(30) ? Map.of("s1", 2) : Map.of(),
        dice.chance(90) ? differences : differences());
  }

  private Differences differences() {
    if (dice.chance(45)) {
      return Differences.HEADGATE;
    }
    if (dice.chance(30)) {
      return Differences.NONE;
    }
    return new Differences(
        dice.chance(50),
        dice.chance(50),
        dice.chance(50),
        dice.chance(50),
        dice.chance(70),
        dice.chance(30),
        dice.chance(50),
        dice.chance(50),
        dice.chance(50),
        dice.chance(50));
  }

  private Manager manager(String name) {
    return switch (name) {
      case "gate" -> dice.chance(95) ? Manager.DEPENDENT : Manager.SERIAL;
      case "check" -> dice.chance(90) ? Manager.INDEPENDENT : Manager.DEPENDENT;
      case "post" -> dice.chance(50) ? Manager.SUPERCEDENT : Manager.INDEPENDENT;
      default -> dice.pick(List.of(Manager.values()));
    };
  }

  private Set<Trigger> triggers(String name) {
    Set<Trigger> found = EnumSet.noneOf(Trigger.class);
    if (name.equals("gate") ? dice.chance(75) : dice.chance(20)) {
      found.add(Trigger.APPROVAL);
    }
    if (name.equals("check") ? dice.chance(75) : dice.chance(10)) {
      found.add(Trigger.PROPOSED);
    }
    if (name.equals("post") ? dice.chance(75) : dice.chance(5)) {
      found.add(Trigger.MERGED);
    }
    return found;
  }

  private Pipeline pipeline(String name, List<String> names) {
    Set<PipelineName> supersedes = new HashSet<>();
    for (String other : names) {
      if (!other.equals(name) && dice.chance(15)) {
        supersedes.add(new PipelineName(other));
      }
    }
    return new Pipeline(
        new PipelineName(name),
        manager(name),
        triggers(name),
        window(),
        dice.chance(25),
        supersedes,
        dice.chance(15),
        dice.chance(25),
        dice.chance(20) ? dice.between(1, 3) : 0,
        dice.chance(30) ? dice.between(1, 3) : 0,
        dice.chance(15) ? Set.of("ok") : Set.of(),
        dice.chance(15) ? Set.of("wip") : Set.of(),
        dice.chance(20) ? Optional.of(Set.of(dice.pick(projects))) : Optional.empty());
  }

  private Window window() {
    if (dice.chance(25)) {
      return Window.DEFAULT;
    }
    if (dice.chance(20)) {
      return dice.chance(50) ? Window.UNBOUNDED : Window.fixed(dice.between(1, 3));
    }
    int floor = dice.between(1, 2);
    int start = dice.between(1, 4);
    int ceiling = dice.chance(50) ? 0 : Math.max(floor, start) + dice.between(0, 2);
    return new Window(start, floor, ceiling, pace(0), pace(1));
  }

  private Window.Pace pace(int least) {
    return dice.chance(50)
        ? new Window.Pace(Window.Pace.Kind.LINEAR, dice.between(least, 2))
        : new Window.Pace(Window.Pace.Kind.EXPONENTIAL, dice.between(1, 3));
  }

  private List<SharedQueue> queues() {
    List<SharedQueue> queues = new ArrayList<>();
    Set<ProjectId> left = new HashSet<>(projects);
    int most = dice.between(0, 2);
    for (int i = 1; i <= most; i++) {
      Set<ProjectId> members = new HashSet<>();
      for (ProjectId project : projects) {
        if (left.contains(project) && dice.chance(70)) {
          members.add(project);
        }
      }
      if (!members.isEmpty()) {
        left.removeAll(members);
        boolean circular = dice.chance(60);
        queues.add(
            new SharedQueue(
                "q" + i, members, circular, dice.chance(25), circular && dice.chance(40)));
      }
    }
    return queues;
  }
}
