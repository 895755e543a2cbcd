package dev.headgate.gate;

import dev.headgate.model.BranchRef;
import dev.headgate.model.BuildId;
import dev.headgate.model.Change;
import dev.headgate.model.Content;
import dev.headgate.model.ItemId;
import dev.headgate.model.JobGraph;
import dev.headgate.model.JobName;
import dev.headgate.model.Outcome;
import dev.headgate.model.PreparationId;
import dev.headgate.model.TestCounts;
import dev.headgate.model.Verdict;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What the gate keeps: all rows together are its whole state. */
public sealed interface Row {
  /** Which row it is; a later row with the same key replaces it. */
  Key key();

  /** Identifies a row: its kind and its name within the kind. */
  record Key(String kind, String name) {}

  /** The counters and limits of the site. */
  record Site(int slots, long nextItem, long nextBuild, long nextPreparation) implements Row {
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

  /**
   * An entry of a queue.
   *
   * @param change its change; {@code dependsOn} holds only what has not landed yet
   * @param preparation its newest preparation, null before the first and after a reset
   * @param base what its path stands on, null if it has no path
   * @param ahead the item its path assumes to land right before it, null if it stands on the tip
   * @param content what is tested, null until prepared
   * @param jobs the jobs of that content that apply, null until prepared
   * @param failure why it cannot be merged or built on this path; empty if it can
   * @param leave why it must leave once its landing is refused; empty if it need not
   * @param restarts how often its path was given up for another
   * @param lastRestart why that happened last; empty if it never did
   */
  record Item(
      ItemId id,
      Change change,
      ItemState state,
      @Nullable PreparationId preparation,
      @Nullable Content base,
      @Nullable ItemId ahead,
      @Nullable Content content,
      @Nullable JobGraph jobs,
      String failure,
      String leave,
      int restarts,
      String lastRestart,
      Instant enqueuedAt)
      implements Row {
    @Override
    public Key key() {
      return new Key("item", id.toString());
    }
  }

  /**
   * A build of an item.
   *
   * @param current whether it tests the item's present path; if not, it only holds its slot until
   *     it has ended
   * @param verdict null until it ended
   * @param changedAt when its state changed last
   */
  record Build(
      BuildId id,
      ItemId item,
      JobName job,
      int attempt,
      boolean current,
      BuildState state,
      @Nullable Verdict verdict,
      TestCounts tests,
      Instant changedAt)
      implements Row {
    @Override
    public Key key() {
      return new Key("build", id.toString());
    }
  }

  /** Whose fault a verdict is, as an outcome. */
  static Outcome outcomeOf(Verdict verdict) {
    return switch (verdict.kind()) {
      case PASSED, NONE -> Outcome.SUCCESS;
      case FAILED -> Outcome.CHANGE;
      case ENVIRONMENT -> Outcome.ENVIRONMENT;
    };
  }
}
