package dev.headgate.conduct;

import dev.headgate.gate.Effect;
import dev.headgate.model.Content;
import java.util.List;
import java.util.Optional;

/**
 * Merges changes onto bases. Merging the same revision onto the same base gives the same content,
 * so doing it again after a crash changes nothing.
 */
public interface Workspaces {
  /**
   * Merges {@code effect.change().revision()} onto {@code effect.base()} and tells the outcome, on
   * any thread. If the base already contains the revision, the content is the base itself.
   */
  void prepare(Effect.Prepare effect, Outcomes outcomes);

  /** The file that the jobs of a content are read from, at its root. */
  String CONFIGURATION_FILE = ".headgate.yaml";

  /** Where the outcome of a preparation goes. */
  interface Outcomes {
    /** The merge was made or was found impossible. */
    void merge(Merge merge);

    /** As {@link Answers#failed}. */
    void failed(EnvironmentException problem);

    /** As {@link Answers#crashed}. */
    void crashed(Throwable bug);
  }

  /** What came of a merge. */
  sealed interface Merge {
    /**
     * It was made.
     *
     * @param changedFiles paths that differ between the base and the content
     * @param configuration the bytes of {@link #CONFIGURATION_FILE} in the content as text, decoded
     *     strictly as UTF-8; empty if there is none
     */
    record Merged(Content content, List<String> changedFiles, Optional<String> configuration)
        implements Merge {
      public Merged {
        changedFiles = List.copyOf(changedFiles);
      }
    }

    /** It conflicts; the detail is a sentence that names the files. */
    record Conflict(String detail) implements Merge {}
  }
}
