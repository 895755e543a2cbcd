package dev.headgate.gate;

import dev.headgate.model.BranchRef;
import dev.headgate.model.BuildId;
import dev.headgate.model.Change;
import dev.headgate.model.ChangeId;
import dev.headgate.model.Content;
import dev.headgate.model.ItemId;
import dev.headgate.model.JobGraph;
import dev.headgate.model.PreparationId;
import dev.headgate.model.Revision;
import dev.headgate.model.TestCounts;
import dev.headgate.model.Verdict;
import java.util.List;

/**
 * A fact that reaches the gate (DESIGN §6). An event about something that is gone, or that repeats
 * what is known, changes nothing; so every event may arrive late, twice, or in another order than
 * it happened.
 */
public sealed interface Event {
  /**
   * A change shall be gated. Entering again at the same revision changes nothing; at another
   * revision the older entry leaves and the newer one goes to the end.
   */
  record Enqueued(Change change) implements Event {}

  /**
   * A change shall leave without a verdict; an item that is landing right now leaves only if its
   * landing is refused.
   */
  record Dequeued(ChangeId change, String reason) implements Event {}

  /** A change has another revision than the one that was enqueued; its item leaves. */
  record RevisionChanged(ChangeId change, Revision revision) implements Event {}

  /** A change exists no more; its item leaves. */
  record Abandoned(ChangeId change) implements Event {}

  /** A branch points at the given content, whoever moved it there. */
  record TipMoved(BranchRef branch, Content tip) implements Event {}

  /**
   * An item stands merged on its path.
   *
   * @param content what its builds test and what would land; equal to the path's base if the base
   *     already contains the change
   * @param jobs the jobs as the configuration in {@code content} defines them for this pipeline
   * @param changedFiles paths that differ between the path's base and {@code content}
   */
  record Prepared(
      PreparationId preparation, Content content, JobGraph jobs, List<String> changedFiles)
      implements Event {
    public Prepared {
      changedFiles = List.copyOf(changedFiles);
    }
  }

  /** An item cannot be merged on its path; the detail names the files. */
  record Conflicted(PreparationId preparation, String detail) implements Event {}

  /**
   * The configuration in the merged content is unusable; the detail names file, line and column.
   */
  record ConfigBroken(PreparationId preparation, String detail) implements Event {}

  /** A build has begun to run. */
  record BuildStarted(BuildId build) implements Event {}

  /** A build has ended and nothing of it runs any more. */
  record BuildEnded(BuildId build, Verdict verdict, TestCounts tests) implements Event {}

  /** What ran a build is gone, and the build with it. */
  record BuildLost(BuildId build, String reason) implements Event {}

  /**
   * An item has landed; {@code tip} is where the branch stood right after, which is further on if
   * others pushed since.
   */
  record Landed(ItemId item, Content tip) implements Event {}

  /** The branch was not moved; {@code tip} is where it stands. */
  record LandRefused(ItemId item, Content tip, String reason) implements Event {}

  /** So many builds may run at once from now on; at least 0. */
  record CapacityChanged(int slots) implements Event {}

  /** Nothing happened but time; lets the machine look again. */
  record ClockAdvanced() implements Event {}
}
