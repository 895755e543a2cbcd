package dev.headgate.sim.machine;

import dev.headgate.gate.GateSettings;
import dev.headgate.model.BranchRef;
import dev.headgate.model.JobGraph;
import dev.headgate.model.ProjectId;
import dev.headgate.sim.Dice;
import java.util.ArrayList;
import java.util.List;

/** Draws histories: what is there, and what is decided in them. */
final class Draw {
  private static final int MOST_DECISIONS = 90;

  private final Dice dice;
  private final long seed;

  private Draw(long seed) {
    this.seed = seed;
    this.dice = new Dice(seed);
  }

  /** The history of a seed. */
  static History history(long seed) {
    Draw draw = new Draw(seed);
    Setup setup = draw.setup();
    return new History(seed, setup, draw.decisions(setup));
  }

  private Setup setup() {
    List<ProjectId> projects = new ArrayList<>();
    List<BranchRef> branches = new ArrayList<>();
    int count = dice.between(1, 3);
    for (int i = 1; i <= count; i++) {
      ProjectId project = new ProjectId("p" + i);
      projects.add(project);
      branches.add(new BranchRef(project, "main"));
      if (dice.chance(25)) {
        branches.add(new BranchRef(project, "next"));
      }
    }
    DrawSettings settings = new DrawSettings(dice.split(), projects);
    List<GateSettings> drawn = List.of(settings.draw(), settings.draw(), settings.draw());
    DrawJobs jobs = new DrawJobs(dice.split());
    List<JobGraph> graphs = new ArrayList<>();
    int kinds = dice.between(1, 4);
    for (int i = 0; i < kinds; i++) {
      graphs.add(jobs.graph());
    }
    return new Setup(
        seed, drawn, projects, branches, new DrawChanges(dice.split(), branches).all(), graphs);
  }

  private List<Decision> decisions(Setup setup) {
    List<Decision> decisions = new ArrayList<>();
    decisions.add(new Decision(Decision.Act.CAPACITY, 0, dice.between(1, 8), 0));
    if (dice.chance(60)) {
      for (int i = 0; i < setup.proposals().size(); i++) {
        decisions.add(new Decision(Decision.Act.PROPOSE, i, 0, 0));
      }
      for (int i = 0; i < setup.proposals().size(); i++) {
        decisions.add(new Decision(Decision.Act.APPROVE, i, 0, 0));
      }
    }
    int count = dice.between(15, MOST_DECISIONS);
    for (int i = 0; i < count; i++) {
      decisions.add(decision());
    }
    return decisions;
  }

  private Decision decision() {
    return new Decision(act(), dice.between(0, 999), dice.between(0, 999), dice.between(0, 999));
  }

  private Decision.Act act() {
    int total = 0;
    for (Decision.Act act : Decision.Act.values()) {
      total += act.weight;
    }
    int left = dice.between(0, total - 1);
    for (Decision.Act act : Decision.Act.values()) {
      left -= act.weight;
      if (left < 0) {
        return act;
      }
    }
    throw new IllegalStateException("the weights do not add up");
  }
}
