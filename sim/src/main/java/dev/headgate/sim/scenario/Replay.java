package dev.headgate.sim.scenario;

import dev.headgate.gate.Differences;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Puts the gate through scenarios and compares. Without threads, clock or chance: the same scenario
 * always gives the same result.
 */
public final class Replay {
  private final boolean reuse;
  private final boolean reloads;

  /**
   * A way of playing scenarios.
   *
   * @param reuse whether the gate keeps a verdict that is for the very same contents. If so, builds
   *     that the recording ends need not run, and only what counts in the end is compared: what
   *     landed, in which order, who was told which verdict, and that no more builds were stopped
   */
  public Replay(boolean reuse) {
    this(reuse, false);
  }

  /**
   * As above.
   *
   * @param reloads whether the gate is put away and loaded from its rows after every event
   */
  Replay(boolean reuse, boolean reloads) {
    this.reuse = reuse;
    this.reloads = reloads;
  }

  /**
   * How a scenario went.
   *
   * @param disagreement the first step that was not as recorded; empty if all agreed
   */
  public record Result(GateScenario scenario, Optional<Disagreement> disagreement) {
    public boolean agrees() {
      return disagreement.isEmpty();
    }
  }

  /**
   * A step that was not as recorded.
   *
   * @param step which one, from 1; 0 for the end of the scenario
   * @param line where it stands in its file, from 1
   * @param differences what was different; never empty
   */
  public record Disagreement(int step, int line, List<Difference> differences) {
    public Disagreement {
      differences = List.copyOf(differences);
    }
  }

  /**
   * Plays a scenario until its first disagreement.
   *
   * @throws IllegalStateException if the gate does not come to rest, which is a bug of the gate
   */
  public Result of(GateScenario scenario) {
    Session session = new Session(scenario, Differences.NONE.reusingVerdicts(reuse), reloads);
    Player player = new Player(session, reuse);
    StepComparison comparison = new StepComparison(Observation.of(session));
    Totals totals = new Totals();
    int number = 0;
    for (ScenarioStep step : scenario.steps()) {
      number++;
      session.beginStep(build -> endsDuring(step, build));
      List<Difference> differences = new ArrayList<>();
      for (Action action : step.actions()) {
        player
            .perform(action)
            .ifPresent(reason -> differences.add(new Difference("do", "it can be done", reason)));
      }
      Observation seen = Observation.of(session);
      Expectation expected =
          step.expected().without(told -> isOfNobody(told, seen, scenario, session.setup()));
      totals.add(expected, seen);
      if (!reuse) {
        differences.addAll(comparison.compare(expected, seen, session.setup()));
      }
      if (!differences.isEmpty()) {
        return disagreement(scenario, number, step.line(), differences);
      }
    }
    List<Difference> differences = totals.compare(scenario, Observation.of(session), reuse);
    return differences.isEmpty()
        ? new Result(scenario, Optional.empty())
        : disagreement(scenario, 0, scenario.line(), differences);
  }

  /**
   * Whether a pipeline that a change's project takes no part in says that it has no jobs. The
   * reference implementation lets every change in and then says so; who reads it learns nothing.
   */
  private static boolean isOfNobody(
      Expectation.Told told, Observation seen, GateScenario scenario, Setup setup) {
    return told.kind().equals("no-jobs")
        && seen.reports().stream().noneMatch(one -> one.matches(told))
        && told.changes().stream()
            .map(name -> scenario.proposals().get(name.split("\\.", 2)[0]))
            .filter(Objects::nonNull)
            .anyMatch(proposal ->
                setup.pipelines().stream()
                    .anyMatch(pipeline ->
                        setup.jobs(proposal.project().value(), pipeline.name()).isEmpty()));
  }

  private static Result disagreement(
      GateScenario scenario, int step, int line, List<Difference> differences) {
    return new Result(scenario, Optional.of(new Disagreement(step, line, differences)));
  }

  /**
   * A build that the gate resumes goes on to its end by itself; whether it reaches it within the
   * step is the world's doing, so the recording decides.
   */
  private static boolean endsDuring(ScenarioStep step, LiveBuild build) {
    SeenBuild passed = SeenBuild.of(build, "success");
    return step.expected().ended().stream().anyMatch(passed::matches);
  }
}
