package dev.headgate.gate;

import dev.headgate.model.BranchRef;
import dev.headgate.model.BuildId;
import dev.headgate.model.Change;
import dev.headgate.model.ChangeId;
import dev.headgate.model.Content;
import dev.headgate.model.ItemId;
import dev.headgate.model.Job;
import dev.headgate.model.PipelineName;
import dev.headgate.model.PreparationId;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Something the gate wants done outside. Doing it twice must equal doing it once: the id in it
 * tells.
 */
public sealed interface Effect {
  /**
   * Merge changes onto a base, one after another, and read the jobs there. Answered by {@link
   * Event.Prepared}, {@link Event.Conflicted} or {@link Event.ConfigBroken}.
   *
   * @param changes the item's changes, in the order they are merged in
   * @param carried unlanded changes they depend on, merged before them and not tested themselves;
   *     only in pipelines that land nothing
   * @param base what to merge onto, for each branch of the changes and of those the path assumes
   * @param assumed the changes that the base holds beyond the branches' tips, first to land first
   */
  record Prepare(
      PreparationId preparation,
      ItemId item,
      PipelineName pipeline,
      List<Change> changes,
      List<Change> carried,
      Map<BranchRef, Content> base,
      List<Change> assumed)
      implements Effect {
    public Prepare {
      changes = List.copyOf(changes);
      carried = List.copyOf(carried);
      base = Collections.unmodifiableMap(new TreeMap<>(base));
      assumed = List.copyOf(assumed);
    }

    /** The change of an item that has one, else its first. */
    public Change change() {
      return changes.getFirst();
    }

    /** What {@link #change} is merged onto. */
    public Content baseOfChange() {
      return Objects.requireNonNull(base.get(change().target()));
    }
  }

  /**
   * Run a job on a content. Answered by {@link Event.BuildStarted} and then {@link
   * Event.BuildEnded}, {@link Event.BuildPaused} or {@link Event.BuildLost}.
   *
   * @param change the change the job is for
   * @param contents what to run it on, for each branch of the path
   * @param assumed the changes that the contents assume to land before this item, first to land
   *     first; empty at the head
   * @param attempt counts the builds of this job on this path, from 1
   */
  record Start(
      BuildId build,
      ItemId item,
      PipelineName pipeline,
      Change change,
      Job job,
      Map<BranchRef, Content> contents,
      List<ChangeId> assumed,
      int attempt)
      implements Effect {
    public Start {
      contents = Collections.unmodifiableMap(new TreeMap<>(contents));
      assumed = List.copyOf(assumed);
    }

    /** What the job's own project is at. */
    public Content content() {
      return Objects.requireNonNull(contents.get(change.target()));
    }
  }

  /** End a build at once, with everything it started. Answered by {@link Event.BuildEnded}. */
  record Cancel(BuildId build) implements Effect {}

  /** Let a paused build go on to its end. Answered by {@link Event.BuildEnded}. */
  record Resume(BuildId build) implements Effect {}

  /**
   * Move branches from their expected tips to the contents, all or none if the host can. Answered
   * by {@link Event.Landed} or {@link Event.LandRefused}.
   *
   * @param moves one for each branch, in the order of the first change for it
   */
  record Land(ItemId item, PipelineName pipeline, List<Change> changes, List<Move> moves)
      implements Effect {
    public Land {
      changes = List.copyOf(changes);
      moves = List.copyOf(moves);
    }

    /** The change of an item that has one, else its first. */
    public Change change() {
      return changes.getFirst();
    }

    /** The first branch's move. */
    public Move move() {
      return moves.getFirst();
    }
  }

  /** One branch's way from one content to another. */
  record Move(BranchRef branch, Content expectedTip, Content content) {}

  /** Tell whoever proposed the changes that their tests begin; carries no answer. */
  record Announce(ItemId item, PipelineName pipeline, List<Change> changes) implements Effect {
    public Announce {
      changes = List.copyOf(changes);
    }
  }

  /**
   * Tell whoever proposed the changes how they ended; carries no answer.
   *
   * @param announced whether their beginning was told
   * @param disabled whether the pipeline is disabled, and only its operators are to be told
   */
  record Report(
      ItemId item,
      PipelineName pipeline,
      List<Change> changes,
      ItemEnd end,
      boolean announced,
      boolean disabled)
      implements Effect {
    public Report {
      changes = List.copyOf(changes);
    }

    /** The change of an item that has one, else its first. */
    public Change change() {
      return changes.getFirst();
    }
  }

  /** Say where a branch points. Answered by {@link Event.TipMoved}. */
  record Ask(BranchRef branch) implements Effect {}
}
