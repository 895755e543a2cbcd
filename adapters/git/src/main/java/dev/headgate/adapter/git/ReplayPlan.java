package dev.headgate.adapter.git;

import dev.headgate.model.ChangeId;
import dev.headgate.model.Content;
import dev.headgate.model.Revision;
import java.util.List;

/**
 * A stretch of a branch's history as changes that, landed in order onto the base, give the
 * history's own trees.
 *
 * @param base what the first change lands on
 * @param changes in the order in which they are to land
 * @param notReplayed the merges that a plain merge does not give, and the commits that are left out
 * @param finalTree the tree that stands when all have landed
 * @param upstream the last of the history's commits that is replayed; the base if none is
 */
public record ReplayPlan(
    Content base,
    List<Replayed> changes,
    List<NotReplayed> notReplayed,
    String finalTree,
    Content upstream) {
  /** How a commit of the history became a change. */
  public enum Kind {
    /** A merge of two: the change is what was merged. */
    MERGE,
    /** A commit made on the branch itself: the change is that commit. */
    COMMIT,
    /** A merge that a plain merge does not give: the change is the merge with its result. */
    CARRIED
  }

  /**
   * One change.
   *
   * @param name made of its place and the history's commit, unique in the plan
   * @param revision what is to be merged
   * @param title the subject of the history's commit
   * @param upstream the history's commit whose tree it gives
   * @param dependsOn the changes of the plan that its revision contains, in order
   */
  public record Replayed(
      ChangeId name,
      Revision revision,
      String title,
      Content upstream,
      Kind kind,
      List<ChangeId> dependsOn) {
    public Replayed {
      dependsOn = List.copyOf(dependsOn);
    }
  }

  /**
   * A commit of the history that is no change, or not as the merge that it was.
   *
   * @param title its subject
   * @param reason why, in words
   * @param carried whether a change carries its result nevertheless
   */
  public record NotReplayed(Content upstream, String title, String reason, boolean carried) {}

  public ReplayPlan {
    changes = List.copyOf(changes);
    notReplayed = List.copyOf(notReplayed);
  }
}
