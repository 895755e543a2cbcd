package dev.headgate.sim.scenario;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/**
 * A build as it is compared.
 *
 * @param stack the items in its workspace, the bottom first, each with its changes
 * @param change the change it tests
 * @param result how it ended; empty if it runs
 */
record SeenBuild(String job, List<List<Mark>> stack, Mark change, String result) {
  static SeenBuild of(LiveBuild build, String result) {
    return new SeenBuild(build.start().job().name().value(), build.stack(), build.change(), result);
  }

  /** Whether it is the recorded one; the order within an item does not matter. */
  boolean matches(Expectation.Build recorded) {
    return job.equals(recorded.job())
        && result.equals(recorded.result())
        && change.toString().equals(recorded.change())
        && (isStack(recorded.stack(), stack) || isStack(recorded.stack(), withoutOwn()));
  }

  /** What stands below: all there is that has not landed if what is tested has. */
  private List<List<Mark>> withoutOwn() {
    return stack.subList(0, stack.size() - 1);
  }

  /** Whether a finish that names this stack means it; if it names none, it does. */
  boolean isOn(List<String> recorded) {
    return recorded.isEmpty() || isStack(recorded, stack);
  }

  private static boolean isStack(List<String> recorded, List<List<Mark>> stack) {
    int from = 0;
    for (List<Mark> item : stack) {
      int to = from + item.size();
      if (to > recorded.size()) {
        return false;
      }
      List<String> names = item.stream().map(Mark::toString).toList();
      if (!new HashSet<>(names).equals(new HashSet<>(recorded.subList(from, to)))) {
        return false;
      }
      from = to;
    }
    return from == recorded.size();
  }

  @Override
  public String toString() {
    List<String> flat = new ArrayList<>();
    stack.forEach(item -> item.forEach(mark -> flat.add(mark.toString())));
    return new Expectation.Build(job, flat, change.toString(), result).toString();
  }
}
