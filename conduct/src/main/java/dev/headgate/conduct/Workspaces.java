package dev.headgate.conduct;

import dev.headgate.gate.Effect;
import dev.headgate.model.BranchRef;
import dev.headgate.model.ChangeId;
import dev.headgate.model.Content;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Merges changes onto bases. Merging the same revisions onto the same bases gives the same
 * contents, so doing it again after a crash changes nothing.
 */
public interface Workspaces {
  /**
   * Merges the effect's carried changes and then its own, each onto what its branch is at by then,
   * and tells the outcome, on any thread. A branch that already contains its changes stays at its
   * base.
   */
  void prepare(Effect.Prepare effect, Outcomes outcomes);

  /** The file that the jobs of a content are read from, at its root. */
  String CONFIGURATION_FILE = ".headgate.yaml";

  /** Where the outcome of a preparation goes. */
  interface Outcomes {
    /** The merges were made or were found impossible. */
    void merge(Merge merge);

    /** As {@link Answers#failed}. */
    void failed(EnvironmentException problem);

    /** As {@link Answers#crashed}. */
    void crashed(Throwable bug);
  }

  /** What came of the merges of one preparation. */
  sealed interface Merge {
    /**
     * They were made.
     *
     * @param contents where each branch of the merged changes is then
     * @param changes the effect's changes, in its order, without the carried ones
     */
    record Merged(Map<BranchRef, Content> contents, List<MergedChange> changes) implements Merge {
      public Merged {
        contents = Collections.unmodifiableMap(new TreeMap<>(contents));
        changes = List.copyOf(changes);
      }
    }

    /** One conflicts; the detail is a sentence that names the files. */
    record Conflict(String detail) implements Merge {}
  }

  /**
   * One change as it was merged.
   *
   * @param changedFiles paths that its merge changed
   * @param configuration {@link #CONFIGURATION_FILE} as all merges together leave it on the
   *     change's branch, decoded strictly as UTF-8; empty if there is none
   */
  record MergedChange(ChangeId change, List<String> changedFiles, Optional<String> configuration) {
    public MergedChange {
      changedFiles = List.copyOf(changedFiles);
    }
  }
}
