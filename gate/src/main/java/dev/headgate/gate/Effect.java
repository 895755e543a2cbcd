package dev.headgate.gate;

import dev.headgate.model.BranchRef;
import dev.headgate.model.BuildId;
import dev.headgate.model.Change;
import dev.headgate.model.ChangeId;
import dev.headgate.model.Content;
import dev.headgate.model.ItemId;
import dev.headgate.model.Job;
import dev.headgate.model.PreparationId;
import java.util.List;

/**
 * Something the gate wants done outside. Doing it twice must equal doing it once: the id in it
 * tells.
 */
public sealed interface Effect {
  /**
   * Merge a change onto a base and read the jobs there. Answered by {@link Event.Prepared}, {@link
   * Event.Conflicted} or {@link Event.ConfigBroken}.
   */
  record Prepare(PreparationId preparation, ItemId item, Change change, Content base)
      implements Effect {}

  /**
   * Run a job on a content. Answered by {@link Event.BuildStarted} and then {@link
   * Event.BuildEnded} or {@link Event.BuildLost}.
   *
   * @param assumed the changes the content assumes to land before this one, first to land first;
   *     empty at the head
   * @param attempt counts the builds of this job on this path, from 1
   */
  record Start(
      BuildId build,
      ItemId item,
      Change change,
      Job job,
      Content content,
      List<ChangeId> assumed,
      int attempt)
      implements Effect {
    public Start {
      assumed = List.copyOf(assumed);
    }
  }

  /** End a build at once, with everything it started. Answered by {@link Event.BuildEnded}. */
  record Cancel(BuildId build) implements Effect {}

  /**
   * Move the change's branch from the expected tip to the content, or not at all. Answered by
   * {@link Event.Landed} or {@link Event.LandRefused}.
   */
  record Land(ItemId item, Change change, Content expectedTip, Content content) implements Effect {}

  /** Tell whoever proposed the change how it ended; carries no answer. */
  record Report(ItemId item, Change change, ItemEnd end) implements Effect {}

  /** Say where a branch points. Answered by {@link Event.TipMoved}. */
  record Ask(BranchRef branch) implements Effect {}
}
