package dev.headgate.gate;

import dev.headgate.model.BranchRef;
import dev.headgate.model.BuildId;
import dev.headgate.model.Change;
import dev.headgate.model.ChangeId;
import dev.headgate.model.Content;
import dev.headgate.model.ItemId;
import dev.headgate.model.JobGraph;
import dev.headgate.model.JobName;
import dev.headgate.model.PipelineName;
import dev.headgate.model.PreparationId;
import dev.headgate.model.TestCounts;
import dev.headgate.model.Verdict;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What the gate keeps: all rows together are its whole state. */
public sealed interface Row {
  /** Which row it is; a later row with the same key replaces it. */
  Key key();

  /** Identifies a row: its kind and its name within the kind. */
  record Key(String kind, String name) {}

  /** The counters and limits of the site. */
  record Site(
      int slots,
      long nextItem,
      long nextBuild,
      long nextPreparation,
      long nextOrder,
      long nextKnown)
      implements Row {
    @Override
    public Key key() {
      return new Key("site", "site");
    }
  }

  /** Where a branch was last known to point. */
  record Tip(BranchRef branch, Content content) implements Row {
    @Override
    public Key key() {
      return new Key("tip", branch.toString());
    }
  }

  /** That nothing may land on a branch. */
  record Freeze(BranchRef branch, String reason) implements Row {
    @Override
    public Key key() {
      return new Key("freeze", branch.toString());
    }
  }

  /**
   * A queue that has items or a window of its own.
   *
   * @param window how many of its items are built at once; 0 for no bound
   */
  record Queue(QueueKey queue, int window) implements Row {
    @Override
    public Key key() {
      return new Key("queue", queue.toString());
    }
  }

  /** How often in a row a pipeline's items failed, and whether it is disabled therefore. */
  record PipelineState(PipelineName pipeline, int failures, boolean disabled) implements Row {
    @Override
    public Key key() {
      return new Key("pipeline", pipeline.toString());
    }
  }

  /**
   * A change that the site knows, queued or not.
   *
   * @param change the change as it was last proposed
   * @param number counts the changes in the order in which they became known
   */
  record Known(Change change, long number, Status status, boolean approved) implements Row {
    @Override
    public Key key() {
      return new Key("change", change.id().toString());
    }

    /** What became of a change. */
    public enum Status {
      OPEN("open"),
      LANDED("landed"),
      ABANDONED("abandoned");

      private final String code;

      Status(String code) {
        this.code = code;
      }

      /** The stable word for it on disk. */
      public String code() {
        return code;
      }

      /** The status with that word; throws {@link IllegalArgumentException} if none has it. */
      public static Status ofCode(String code) {
        for (Status status : values()) {
          if (status.code.equals(code)) {
            return status;
          }
        }
        throw new IllegalArgumentException("no status has the code '" + code + "'");
      }
    }
  }

  /**
   * What other rooms know of a change.
   *
   * @param estimate how likely it is to pass, from 0 to 1; empty if nobody said
   * @param targets the build targets it touches; empty if nobody said
   */
  record Forecast(ChangeId change, Optional<Double> estimate, Optional<Set<String>> targets)
      implements Row {
    public Forecast {
      targets = targets.map(set -> Collections.unmodifiableSet(new TreeSet<>(set)));
    }

    @Override
    public Key key() {
      return new Key("forecast", change.toString());
    }
  }

  /** How often a job fails without fault of the change, from 0 to 1. */
  record Flakiness(JobName job, double rate) implements Row {
    @Override
    public Key key() {
      return new Key("flakiness", job.toString());
    }
  }

  /**
   * An entry of a queue.
   *
   * @param order its place: items of a queue stand in ascending order
   * @param changes its changes, in the order they are merged in; several if they depend on each
   *     other in a circle
   * @param carried unlanded changes they depend on, merged before them and not tested themselves
   * @param lead the change whose event brought the item in
   * @param lane items of a higher lane stand before those of a lower one
   * @param preparation its newest preparation, null before the first and after a reset
   * @param base what its path stands on, for each branch; empty if it has no path
   * @param ahead the item its path assumes to land right before it, null if it stands on the tips
   * @param contents what is tested, for each branch of its changes; empty until prepared
   * @param jobs the jobs of those contents that apply to each change, empty until prepared
   * @param failure why it cannot be merged or built on this path; empty if it can
   * @param cause what kind of {@code failure} that is; DEMAND while there is none
   * @param stopped whether a failed job has cancelled its others
   * @param leave why it must leave once its landing is refused; empty if it need not
   * @param held why it is passed over; empty if it is not
   * @param announced whether it was told that its tests began
   * @param quiet whether that is not to be told any more
   * @param restarts how often its path was given up for another
   * @param lastRestart why that happened last; empty if it never did
   */
  record Item(
      ItemId id,
      QueueKey queue,
      long order,
      List<Change> changes,
      List<Change> carried,
      ChangeId lead,
      int lane,
      ItemState state,
      @Nullable PreparationId preparation,
      Map<BranchRef, Content> base,
      @Nullable ItemId ahead,
      Map<BranchRef, Content> contents,
      Map<ChangeId, JobGraph> jobs,
      String failure,
      ItemEnd.Cause cause,
      boolean stopped,
      String leave,
      String held,
      boolean announced,
      boolean quiet,
      int restarts,
      String lastRestart,
      Instant enqueuedAt)
      implements Row {
    public Item {
      changes = List.copyOf(changes);
      carried = List.copyOf(carried);
      base = Collections.unmodifiableMap(new TreeMap<>(base));
      contents = Collections.unmodifiableMap(new TreeMap<>(contents));
      jobs = Collections.unmodifiableMap(new LinkedHashMap<>(jobs));
    }

    /** The change of an item that has one, else its first. */
    public Change change() {
      return changes.getFirst();
    }

    @Override
    public Key key() {
      return new Key("item", id.toString());
    }
  }

  /**
   * A build of an item.
   *
   * @param change the change whose job it runs
   * @param definition the digest of the job's definition
   * @param contents what it runs on
   * @param semaphores the semaphores it holds until it has ended
   * @param current whether it tests the item's present path. If not, it only holds its slot until
   *     it has ended, or, if it passed, is kept in case the item comes to the same contents again
   * @param evidence what is known already of its failing; empty if nothing is
   * @param again whether it is built again if it was lost
   * @param children the jobs needing it that shall run; empty if it did not say
   * @param verdict null until it ended
   * @param changedAt when its state changed last
   */
  record Build(
      BuildId id,
      ItemId item,
      ChangeId change,
      JobName job,
      int attempt,
      String definition,
      Map<BranchRef, Content> contents,
      List<String> semaphores,
      boolean current,
      BuildState state,
      String evidence,
      Event.BuildLost.Again again,
      Optional<Set<JobName>> children,
      @Nullable Verdict verdict,
      TestCounts tests,
      Instant changedAt)
      implements Row {
    public Build {
      semaphores = List.copyOf(semaphores);
      contents = Collections.unmodifiableMap(new TreeMap<>(contents));
    }

    @Override
    public Key key() {
      return new Key("build", id.toString());
    }
  }
}
