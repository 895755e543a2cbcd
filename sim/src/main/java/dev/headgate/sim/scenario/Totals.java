package dev.headgate.sim.scenario;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Counts over a whole scenario, and compares what is left when it is over. */
final class Totals {
  private int builds;
  private int aborted;
  private int recordedAborted;
  private final Set<String> verdicts = new LinkedHashSet<>();
  private final Set<String> recordedVerdicts = new LinkedHashSet<>();

  /** Counts a step. */
  void add(Expectation expected, Observation seen) {
    builds += seen.ended().size();
    aborted += count(seen.ended().stream().map(SeenBuild::result).toList());
    recordedAborted += count(expected.ended().stream().map(Expectation.Build::result).toList());
    expected.reports().stream()
        .filter(Expectation.Told::isVerdict)
        .forEach(told -> recordedVerdicts.add(sorted(told)));
    seen.reports().stream()
        .map(SeenReport::told)
        .filter(Expectation.Told::isVerdict)
        .forEach(told -> verdicts.add(sorted(told)));
  }

  private static int count(List<String> results) {
    return Math.toIntExact(results.stream().filter("aborted"::equals).count());
  }

  private static String sorted(Expectation.Told told) {
    List<String> changes = told.changes().stream().sorted().toList();
    return new Expectation.Told(changes, told.kind(), told.why()).toString();
  }

  /**
   * What differs at the end.
   *
   * @param loosely whether only what counts in the end is compared
   */
  List<Difference> compare(GateScenario scenario, Observation seen, boolean loosely) {
    Expectation.Totals end = scenario.end();
    List<Difference> differences = new ArrayList<>();
    end.merged()
        .filter(merged -> !Landing.areAsRecorded(seen.merged(), merged))
        .ifPresent(merged ->
            differences.add(
                new Difference(
                    "merged", merged.toString(), Landing.names(seen.merged()).toString())));
    if (loosely) {
      compareLoosely(end, differences);
      return differences;
    }
    end.left()
        .flatMap(left -> StepComparison.queues("left_in_queue", left, seen))
        .ifPresent(differences::add);
    number("builds", end.builds(), builds).ifPresent(differences::add);
    number("aborted", end.aborted(), aborted).ifPresent(differences::add);
    if (!StepComparison.asSaid(end.window(), seen)) {
      differences.add(
          new Difference("window", end.window().toString(), StepComparison.windows(seen)));
    }
    return differences;
  }

  private void compareLoosely(Expectation.Totals end, List<Difference> differences) {
    if (!verdicts.equals(recordedVerdicts)) {
      differences.add(
          new Difference(
              "reports",
              StepComparison.text(List.copyOf(recordedVerdicts)),
              StepComparison.text(List.copyOf(verdicts))));
    }
    int most = end.aborted().orElse(recordedAborted);
    if (aborted > most) {
      differences.add(new Difference("aborted", "at most " + most, Integer.toString(aborted)));
    }
  }

  private static Optional<Difference> number(String what, Optional<Integer> recorded, int found) {
    return recorded
        .filter(number -> number != found)
        .map(number -> new Difference(what, number.toString(), Integer.toString(found)));
  }
}
