package dev.headgate.sim.scenario;

import dev.headgate.model.JobName;
import dev.headgate.model.PipelineName;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Something that a scenario does to the gate or to the world around it. */
sealed interface Action {
  /** All changes are approved, then one event for each brings it in. */
  record Approve(List<String> changes) implements Action {}

  /** Changes are approved, and nobody is told. */
  record ApproveQuietly(List<String> changes) implements Action {}

  /** Changes are proposed again. */
  record Propose(List<String> changes) implements Action {}

  /** An approval is taken back. */
  record WithdrawApproval(List<String> changes) implements Action {}

  /** A change gets a new revision. */
  record NewPatchset(String change, boolean approved, Proposal.Update update) implements Action {}

  /** A change is given up. */
  record Abandon(List<String> changes) implements Action {}

  /** A change lands by other means. */
  record MergedOutside(List<String> changes) implements Action {}

  /** Builds end. */
  record Finish(List<Ending> endings) implements Action {}

  /** A build that goes on is known to fail. */
  record KnownToFail(List<Ending> builds) implements Action {}

  /** Item after item, the builds of the front-most one pass. */
  record Drain() implements Action {}

  /** Changes leave by demand; out of all pipelines if none is named. */
  record Dequeue(List<Entry> entries) implements Action {}

  /** Changes enter by demand. */
  record Enqueue(List<Entry> entries) implements Action {}

  /** Changes go first; in the first pipeline that has one of them if none is named. */
  record Promote(Optional<PipelineName> pipeline, List<String> changes) implements Action {}

  /** The site is set up in another way. */
  record Reconfigure(Setup.Update update) implements Action {}

  /** No build gets a node any more, or all that wait for one do. */
  record HoldNodes(boolean held) implements Action {}

  /** The first build that waits for a node can have none; the others get theirs. */
  record FailNodeRequest() implements Action {}

  /** A change and the pipeline that is meant, if one is named. */
  record Entry(String change, Optional<PipelineName> pipeline) {}

  /**
   * How a build ends.
   *
   * @param job its job
   * @param change the change it tests, whatever its revision
   * @param pipeline the pipeline it belongs to, if that is said
   * @param stack the changes in its workspace, if that is said; else empty
   * @param result how it ends
   * @param children the jobs that shall run after it, if it says so
   */
  record Ending(
      JobName job,
      String change,
      Optional<PipelineName> pipeline,
      List<String> stack,
      Result result,
      Optional<Set<JobName>> children) {
    @Override
    public String toString() {
      return job + " of " + change;
    }
  }

  /** The ways in which a build ends, or does not yet. */
  enum Result {
    SUCCESS("success"),
    FAILURE("failure"),
    /** The node it ran on is gone. */
    UNREACHABLE("unreachable"),
    /** What ran it is going down. */
    WORKER_ABORTED("worker_aborted"),
    /** It waits for the jobs that need it before it ends. */
    PAUSE("pause");

    private final String word;

    Result(String word) {
      this.word = word;
    }

    String word() {
      return word;
    }
  }
}
