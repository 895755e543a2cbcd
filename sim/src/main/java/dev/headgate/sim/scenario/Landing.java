package dev.headgate.sim.scenario;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Changes that landed together.
 *
 * @param queue the queue that decides their order
 * @param changes their names
 */
record Landing(String queue, List<String> changes) {
  /**
   * Whether these landings are the recorded ones: the same changes, those of one queue in the same
   * order, those that landed together in any.
   */
  static boolean areAsRecorded(List<Landing> landings, List<String> recorded) {
    Map<String, List<Landing>> byQueue = new LinkedHashMap<>();
    Map<String, String> queueOf = new LinkedHashMap<>();
    for (Landing landing : landings) {
      byQueue.computeIfAbsent(landing.queue, name -> new ArrayList<>()).add(landing);
      landing.changes.forEach(change -> queueOf.put(change, landing.queue));
    }
    if (queueOf.size() != recorded.size() || !queueOf.keySet().containsAll(recorded)) {
      return false;
    }
    for (Map.Entry<String, List<Landing>> queue : byQueue.entrySet()) {
      List<String> order =
          recorded.stream().filter(change -> queue.getKey().equals(queueOf.get(change))).toList();
      if (!isOrder(queue.getValue(), order)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isOrder(List<Landing> landings, List<String> recorded) {
    int from = 0;
    for (Landing landing : landings) {
      int to = from + landing.changes.size();
      if (to > recorded.size()
          || !new HashSet<>(landing.changes).equals(new HashSet<>(recorded.subList(from, to)))) {
        return false;
      }
      from = to;
    }
    return from == recorded.size();
  }

  /** The names in order. */
  static List<String> names(List<Landing> landings) {
    return landings.stream().flatMap(landing -> landing.changes.stream()).toList();
  }
}
