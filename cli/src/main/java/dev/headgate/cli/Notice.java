package dev.headgate.cli;

import dev.headgate.gate.ItemEnd;
import dev.headgate.model.BranchRef;
import dev.headgate.model.BuildId;
import dev.headgate.model.Change;
import dev.headgate.model.ChangeId;
import dev.headgate.model.Content;
import dev.headgate.model.JobName;
import dev.headgate.model.PipelineName;
import dev.headgate.model.TestCounts;
import dev.headgate.model.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Something a user of {@code headgate gate} is told while it happens; displays differ only in how
 * they say it.
 */
sealed interface Notice {
  /** Work of an earlier command that did not end is taken up again. */
  record Resumed(List<ChangeId> changes, int unanswered) implements Notice {}

  /** A change has entered a queue. */
  record Queued(Subject item, Change change) implements Notice {}

  /**
   * An item stands merged on its path; {@code jobs} apply to it.
   *
   * @param contents what is tested, for each branch of its changes
   */
  record Merged(
      Subject item, Map<BranchRef, Content> contents, List<ChangeId> assumed, List<JobName> jobs)
      implements Notice {
    /** What is tested on the branch of its first change. */
    Content content() {
      return Objects.requireNonNull(contents.get(item.target()));
    }
  }

  /** An item cannot be merged or built on its path. */
  record Unbuildable(Subject item, List<ChangeId> assumed, String reason) implements Notice {}

  /** An item's path was given up. */
  record Restarted(Subject item, String reason) implements Notice {}

  /**
   * Why a change is where it is, which only {@code --explain} asks for.
   *
   * @param restarts why its path was given up, each time
   * @param waited what it waited for, or waits for if it is still queued
   */
  record Explained(ChangeId change, boolean queued, List<String> restarts, List<String> waited)
      implements Notice {}

  /** A build runs. */
  record BuildStarted(ChangeId change, JobName job, BuildId build, int attempt) implements Notice {}

  /** A test has ended. */
  record TestEnded(
      ChangeId change,
      JobName job,
      BuildId build,
      String test,
      String status,
      boolean failed,
      List<String> lines)
      implements Notice {}

  /**
   * A build has ended by itself.
   *
   * @param again whether it will be run again before it counts
   * @param lines the end of its output if it failed and no failed test says why
   */
  record BuildEnded(
      ChangeId change,
      JobName job,
      BuildId build,
      Verdict verdict,
      TestCounts tests,
      Duration elapsed,
      boolean voting,
      boolean again,
      List<String> lines)
      implements Notice {}

  /** A build was told to end because its result can no longer matter. */
  record BuildCancelled(ChangeId change, JobName job, BuildId build) implements Notice {}

  /** A change has left its queue. */
  record Ended(Subject item, Change change, ItemEnd end) implements Notice {}

  /** Something went wrong beside the work. */
  record Warned(String text) implements Notice {}

  /**
   * The item that a notice is about.
   *
   * @param pipeline the pipeline it is in
   * @param changes its changes, nearly always one
   * @param target the branch of the first of them
   */
  record Subject(PipelineName pipeline, List<ChangeId> changes, BranchRef target) {
    public Subject {
      changes = List.copyOf(changes);
    }

    static Subject of(PipelineName pipeline, List<Change> changes) {
      return new Subject(
          pipeline, changes.stream().map(Change::id).toList(), changes.getFirst().target());
    }

    /** The change of an item that has one, else its first. */
    ChangeId change() {
      return changes.getFirst();
    }

    /** All its changes in a word. */
    String name() {
      return changes.stream().map(ChangeId::value).collect(Collectors.joining(" + "));
    }
  }
}
