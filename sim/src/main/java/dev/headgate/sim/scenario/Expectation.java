package dev.headgate.sim.scenario;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What was seen after a step. Queues are named as the file names them; changes carry their
 * revision, but not in {@code merged}.
 *
 * @param queue the items of each queue, front first, each with its changes; empty if as before
 * @param running the builds that run; empty if as before
 * @param ended the builds that ended during the step
 * @param merged the changes merged so far, in order; empty if as before
 * @param window the windows that have another size than before
 * @param reports what was told during the step
 */
record Expectation(
    Optional<Map<String, List<List<String>>>> queue,
    Optional<List<Build>> running,
    List<Build> ended,
    Optional<List<String>> merged,
    Map<String, Integer> window,
    List<Told> reports) {

  /** The same without some reports. */
  Expectation without(Predicate<Told> some) {
    return new Expectation(
        queue, running, ended, merged, window, reports.stream().filter(some.negate()).toList());
  }

  /**
   * A build.
   *
   * @param stack the changes in its workspace, the bottom first
   * @param change the change it tests: the last of the stack unless the file says otherwise
   * @param result how it ended; empty if it runs
   */
  record Build(String job, List<String> stack, String change, String result) {
    @Override
    public String toString() {
      boolean last = !stack.isEmpty() && stack.getLast().equals(change);
      return job
          + " on "
          + stack
          + (last ? "" : " for " + change)
          + (result.isEmpty() ? "" : ": " + result);
    }
  }

  /**
   * A report.
   *
   * @param changes whom it was for
   * @param kind what was told
   * @param why the cause of a failure; empty for other kinds
   */
  record Told(List<String> changes, String kind, String why) {
    /** Whether it is a verdict, and not that tests began or that the changes left without one. */
    boolean isVerdict() {
      return !kind.equals("start") && !kind.equals("dequeue");
    }

    @Override
    public String toString() {
      return String.join("+", changes) + ": " + kind + (why.isEmpty() ? "" : " (" + why + ")");
    }
  }

  /**
   * What was seen at the end; what is empty was not recorded.
   *
   * @param builds how many builds began and ended
   * @param aborted how many of them the gate stopped
   */
  record Totals(
      Optional<List<String>> merged,
      Optional<Map<String, List<List<String>>>> left,
      Optional<Integer> builds,
      Optional<Integer> aborted,
      Map<String, Integer> window) {}
}
