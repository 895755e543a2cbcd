package dev.headgate.gate;

/**
 * Where this gate does on purpose other than the reference implementation of optimistic gating,
 * Zuul 13; docs/architecture/gate.md gives the reasons.
 *
 * @param landsWithoutJobs an item to which no job applies lands; else it is told so and leaves
 * @param skippedVotingJobsBlock a voting job that a failed one kept from running keeps the item
 *     from landing; else it counts as passed
 * @param softNeedsSurviveFailure a job runs after a soft need failed; else it is skipped like a
 *     hard one
 * @param shrinksForFailedJobsOnly a window shrinks when jobs failed; else for conflicts, for
 *     dependents of what failed and for withdrawn approvals too
 * @param rebuildsWhenTipMoves a branch that someone else moved makes what stood on its tip be
 *     tested again; else what was tested on the former tip lands
 * @param reportsInOrder an item does not land before those ahead of it have been decided, even if
 *     they are failing
 * @param reusesVerdicts a job that passed on the very same contents is not run again
 * @param reportsEveryRefusal who asked is told why a change was not let in; else only of foreign
 *     queues and of circles that are not allowed
 * @param reportsMoves an item that is moved by a promotion is reported as withdrawn
 * @param keepsEmptyWindows a queue that is empty when the site is set up in another way keeps its
 *     window; else that begins anew
 */
public record Differences(
    boolean landsWithoutJobs,
    boolean skippedVotingJobsBlock,
    boolean softNeedsSurviveFailure,
    boolean shrinksForFailedJobsOnly,
    boolean rebuildsWhenTipMoves,
    boolean reportsInOrder,
    boolean reusesVerdicts,
    boolean reportsEveryRefusal,
    boolean reportsMoves,
    boolean keepsEmptyWindows) {
  /** What Headgate does. */
  public static final Differences HEADGATE =
      new Differences(true, true, true, true, true, false, true, true, false, true);

  /** What the reference does, for comparison with recorded histories. */
  public static final Differences NONE =
      new Differences(false, false, false, false, false, false, false, false, true, false);

  /** The same, with verdicts reused or not. */
  public Differences reusingVerdicts(boolean reuse) {
    return new Differences(
        landsWithoutJobs,
        skippedVotingJobsBlock,
        softNeedsSurviveFailure,
        shrinksForFailedJobsOnly,
        rebuildsWhenTipMoves,
        reportsInOrder,
        reuse,
        reportsEveryRefusal,
        reportsMoves,
        keepsEmptyWindows);
  }
}
