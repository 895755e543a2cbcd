package dev.headgate.sim.machine;

import dev.headgate.model.Coordination;
import dev.headgate.model.Coordination.Deduplication;
import dev.headgate.model.Job;
import dev.headgate.model.JobGraph;
import dev.headgate.model.JobName;
import dev.headgate.model.Need;
import dev.headgate.model.ProjectId;
import dev.headgate.sim.Dice;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Draws job graphs. */
final class DrawJobs {
  private static final List<String> NAMES = List.of("build", "unit", "image", "smoke");

  private final Dice dice;
  private final boolean plain;

  DrawJobs(Dice dice) {
    this.dice = dice;
    this.plain = dice.chance(40);
  }

  JobGraph graph() {
    List<Job> jobs = new ArrayList<>();
    int count = dice.chance(40) ? 1 : dice.between(dice.chance(8) ? 0 : 1, NAMES.size());
    for (String name : NAMES.subList(0, count)) {
      jobs.add(job(name, jobs));
    }
    return new JobGraph(jobs);
  }

  private Job job(String name, List<Job> before) {
    List<Need> needs = new ArrayList<>();
    for (Job other : before) {
      if (dice.chance(40)) {
        needs.add(new Need(other.name(), dice.chance(65)));
      }
    }
    return new Job(
        new JobName(name),
        "make " + name + (dice.chance(30) ? " -k" : ""),
        needs,
        Job.DEFAULT_TIMEOUT,
        dice.chance(80),
        dice.between(1, 3),
        dice.chance(25) ? 1 : 0,
        List.of(),
        Map.of(),
        List.of(),
        plain ? Coordination.NONE : coordination());
  }

  private Coordination coordination() {
    return new Coordination(
        dice.chance(10),
        dice.chance(15) ? Set.of("image") : Set.of(),
        dice.chance(15) ? Set.of("image") : Set.of(),
        dice.chance(20) ? dice.pick(SEMAPHORES) : List.of(),
        dice.chance(10) ? Set.of(new ProjectId("p1")) : Set.of(),
        dice.pick(List.of(Deduplication.values())),
        dice.chance(8));
  }

  private static final List<List<String>> SEMAPHORES =
      List.of(List.of("s1"), List.of("s2"), List.of("s1", "s2"));
}
