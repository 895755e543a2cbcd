package dev.headgate.sim.scenario;

import dev.headgate.gate.Effect;
import dev.headgate.gate.ItemEnd;
import dev.headgate.model.Change;
import dev.headgate.model.PipelineName;
import java.util.HashSet;
import java.util.List;

/**
 * A report as it is compared: what the gate told, in the words of the recordings.
 *
 * @param pipeline where it came from; the recordings do not say
 * @param told what was told
 */
record SeenReport(PipelineName pipeline, Expectation.Told told) {
  static SeenReport of(PipelineName pipeline, List<Change> changes, String kind, String why) {
    List<String> marks = changes.stream().map(change -> Mark.of(change).toString()).toList();
    return new SeenReport(pipeline, new Expectation.Told(marks, kind, why));
  }

  /** What the end of an item is in the recordings: nothing, a report, or two. */
  static List<SeenReport> of(Effect.Report report) {
    return switch (report.end().kind()) {
      case LANDED, PASSED -> List.of(of(report, "success", ""));
      case REJECTED -> rejected(report);
      case WITHDRAWN -> withdrawn(report);
    };
  }

  /**
   * What left by demand is told so only if it was told of its start; what needed it, in any case.
   */
  private static List<SeenReport> withdrawn(Effect.Report report) {
    if (report.end().cause() == ItemEnd.Cause.DEPENDENCY) {
      return List.of(of(report, "failure", "dependency"));
    }
    return report.announced() && !report.disabled()
        ? List.of(of(report.pipeline(), report.changes(), "dequeue", ""))
        : List.of();
  }

  private static List<SeenReport> rejected(Effect.Report report) {
    ItemEnd.Cause cause = report.end().cause();
    return switch (cause) {
      case JOBS -> List.of(of(report, "failure", "jobs"));
      case DEPENDENCY -> List.of(of(report, "failure", "dependency"));
      case REQUIREMENT -> List.of(of(report, "failure", "requirement"));
      case REFUSED -> List.of(of(report, "failure", "refused"));
      case IN_PART -> List.of(of(report, "success", ""), of(report, "failure", "merge"));
      case CONFLICT -> List.of(of(report, "merge-conflict", ""));
      case CONFIGURATION -> List.of(of(report, "config-error", ""));
      case NO_JOBS -> List.of(of(report, "no-jobs", ""));
      // The tests passed and the landing was tried.
      case HOST -> List.of(of(report, "success", ""));
      case DEMAND -> List.of(of(report, "dequeue", ""));
    };
  }

  /** As above, unless only the operators are told. */
  private static SeenReport of(Effect.Report report, String kind, String why) {
    return report.disabled()
        ? of(report.pipeline(), report.changes(), "disabled", "")
        : of(report.pipeline(), report.changes(), kind, why);
  }

  /** Whether it is the recorded one; the order of its changes does not matter. */
  boolean matches(Expectation.Told recorded) {
    return told.kind().equals(recorded.kind())
        && told.why().equals(recorded.why())
        && new HashSet<>(told.changes()).equals(new HashSet<>(recorded.changes()));
  }

  @Override
  public String toString() {
    return told.toString();
  }
}
