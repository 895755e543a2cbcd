package dev.headgate.gate;

import dev.headgate.model.Job;
import dev.headgate.model.JobName;
import dev.headgate.model.Need;
import dev.headgate.model.Verdict;
import java.util.List;
import java.util.function.Function;

/** Where one job stands on one path: a pure function of its builds and of the jobs it needs. */
enum JobProgress {
  /** Waits for a job it needs. */
  BLOCKED,
  /** Nothing of it runs; a build is due. */
  DUE,
  /** A build of it holds a slot. */
  ACTIVE,
  PASSED,
  FAILED,
  /** Never ran, because a job it needs did not pass. */
  SKIPPED;

  boolean isDecided() {
    return switch (this) {
      case PASSED, FAILED, SKIPPED -> true;
      case BLOCKED, DUE, ACTIVE -> false;
    };
  }

  /**
   * Whether a voting job in this state forbids landing; a voting job that never ran has passed
   * nothing.
   */
  boolean keepsFromLanding() {
    return switch (this) {
      case FAILED, SKIPPED -> true;
      case PASSED, BLOCKED, DUE, ACTIVE -> false;
    };
  }

  static JobProgress of(Job job, List<Build> builds, Function<JobName, JobProgress> others) {
    return builds.isEmpty() ? beforeFirst(job, others) : after(job, builds);
  }

  private static JobProgress beforeFirst(Job job, Function<JobName, JobProgress> others) {
    boolean blocked = false;
    for (Need need : job.needs()) {
      switch (others.apply(need.job())) {
        case PASSED -> {}
        case FAILED, SKIPPED -> {
          if (need.hard()) {
            return SKIPPED;
          }
        }
        case BLOCKED, DUE, ACTIVE -> blocked = true;
      }
    }
    return blocked ? BLOCKED : DUE;
  }

  /** A pass counts at once; a failure counts when its kind has used up its tries. */
  private static JobProgress after(Job job, List<Build> builds) {
    int failures = 0;
    int faults = 0;
    for (Build build : builds) {
      if (build.isActive()) {
        return ACTIVE;
      }
      Verdict.Kind kind = build.verdict().kind();
      if (kind == Verdict.Kind.PASSED) {
        return PASSED;
      }
      if (kind == Verdict.Kind.FAILED) {
        failures++;
      } else {
        faults++;
      }
    }
    boolean again = failures <= job.retry() && faults < job.attempts();
    return again ? DUE : FAILED;
  }
}
