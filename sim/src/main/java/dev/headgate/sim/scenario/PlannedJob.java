package dev.headgate.sim.scenario;

import dev.headgate.model.Job;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A job as a scenario defines it.
 *
 * @param job the job, with all its needs and without file matchers
 * @param files regular expressions; if there are any, it runs only for a change with a file whose
 *     path one of them matches from its beginning
 */
record PlannedJob(Job job, List<String> files) {
  PlannedJob {
    files = List.copyOf(files);
  }

  /** Whether it runs for a change that touches these paths. */
  boolean runsFor(Iterable<String> paths) {
    if (files.isEmpty()) {
      return true;
    }
    for (String path : paths) {
      if (files.stream().anyMatch(regex -> Pattern.compile(regex).matcher(path).lookingAt())) {
        return true;
      }
    }
    return false;
  }
}
