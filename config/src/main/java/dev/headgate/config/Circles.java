package dev.headgate.config;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds jobs that wait for each other in a circle; soft needs wait as hard ones do. */
final class Circles {
  private final Map<String, Draft.JobDraft> jobs;
  private final Problems problems;
  private final Set<String> done = new HashSet<>();
  private final Set<String> reported = new HashSet<>();

  /** The jobs from where the search began to where it is; its depth is bounded by their number. */
  private final List<String> way = new ArrayList<>();

  Circles(Map<String, Draft.JobDraft> jobs, Problems problems) {
    this.jobs = jobs;
    this.problems = problems;
  }

  /** Adds a problem for each circle, but only one for circles that share a job. */
  void check() {
    jobs.keySet().forEach(this::visit);
  }

  private void visit(String name) {
    Draft.JobDraft job = jobs.get(name);
    if (job == null || done.contains(name)) {
      return;
    }
    way.add(name);
    for (Draft.NeedDraft need : job.needs()) {
      if (done.contains(need.job().job())) {
        continue;
      }
      int start = way.indexOf(need.job().job());
      if (start < 0) {
        visit(need.job().job());
      } else {
        addCircle(way.subList(start, way.size()), need.job().at());
      }
    }
    way.removeLast();
    done.add(name);
  }

  private void addCircle(List<String> circle, Place closing) {
    if (circle.stream().anyMatch(reported::contains)) {
      return;
    }
    reported.addAll(circle);
    String first = circle.getFirst();
    problems.add(
        closing,
        circle.size() == 1
            ? "job " + Words.quote(first) + " needs itself"
            : "jobs wait for each other in a circle: " + String.join(" → ", circle) + " → " + first,
        circle.size() == 1 ? "remove it" : "remove one of these needs");
  }
}
