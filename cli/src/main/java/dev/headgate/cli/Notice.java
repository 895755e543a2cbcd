package dev.headgate.cli;

import dev.headgate.gate.ItemEnd;
import dev.headgate.model.BuildId;
import dev.headgate.model.Change;
import dev.headgate.model.ChangeId;
import dev.headgate.model.Content;
import dev.headgate.model.JobName;
import dev.headgate.model.TestCounts;
import dev.headgate.model.Verdict;
import java.time.Duration;
import java.util.List;

/**
 * Something a user of {@code headgate gate} is told while it happens; displays differ only in how
 * they say it.
 */
sealed interface Notice {
  /** Work of an earlier command that did not end is taken up again. */
  record Resumed(List<ChangeId> changes, int unanswered) implements Notice {}

  /** A change has entered the queue. */
  record Queued(Change change) implements Notice {}

  /** A change stands merged on its path; {@code jobs} apply to it. */
  record Merged(ChangeId change, Content content, List<ChangeId> assumed, List<JobName> jobs)
      implements Notice {}

  /** A change cannot be merged or built on its path. */
  record Unbuildable(ChangeId change, List<ChangeId> assumed, String reason) implements Notice {}

  /** A change's path was given up. */
  record Restarted(ChangeId change, String reason) implements Notice {}

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

  /** A change has left the queue. */
  record Ended(Change change, ItemEnd end) implements Notice {}

  /** Something went wrong beside the work. */
  record Warned(String text) implements Notice {}
}
