package dev.headgate.gate;

import dev.headgate.model.BranchRef;
import dev.headgate.model.BuildId;
import dev.headgate.model.ChangeId;
import dev.headgate.model.Content;
import dev.headgate.model.JobName;
import dev.headgate.model.Outcome;
import dev.headgate.model.TestCounts;
import dev.headgate.model.Verdict;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How an item left the queue.
 *
 * @param kind how
 * @param cause what decided it
 * @param outcome whose doing it was; SUCCESS for what landed, passed or was withdrawn on demand
 * @param reason why, in words a person can act on; says nothing more than "landed" for what landed
 * @param base what its last path stood on, for each branch of its changes; empty if it had none
 * @param contents what the branches were moved to if it landed, else what was tested last; empty if
 *     it was never prepared. With {@code base} and {@code jobs} it is the proof of a landing: the
 *     very contents that the builds tested are those that the branches were moved to
 * @param jobs the last build of each job on the last path, in graph order; empty if none ended
 */
public record ItemEnd(
    Kind kind,
    Cause cause,
    Outcome outcome,
    String reason,
    Map<BranchRef, Content> base,
    Map<BranchRef, Content> contents,
    List<JobEnd> jobs) {
  public ItemEnd {
    base = Collections.unmodifiableMap(new TreeMap<>(base));
    contents = Collections.unmodifiableMap(new TreeMap<>(contents));
    jobs = List.copyOf(jobs);
  }

  /** The ways out. */
  public enum Kind {
    LANDED("landed"),
    /** It passed in a pipeline that lands nothing. */
    PASSED("passed"),
    REJECTED("rejected"),
    WITHDRAWN("withdrawn");

    private final String code;

    Kind(String code) {
      this.code = code;
    }

    /** The stable word for it on disk and on the wire. */
    public String code() {
      return code;
    }

    /** The kind with that stable word; throws {@link IllegalArgumentException} if there is none. */
    public static Kind ofCode(String code) {
      for (Kind kind : values()) {
        if (kind.code.equals(code)) {
          return kind;
        }
      }
      throw new IllegalArgumentException("no item end has the code '" + code + "'");
    }
  }

  /** What decided how an item left. */
  public enum Cause {
    /** Its jobs. */
    JOBS("jobs"),
    /** What it depends on failed or left, or has another revision. */
    DEPENDENCY("dependency"),
    /** It lost its approval, or what else its pipeline requires. */
    REQUIREMENT("requirement"),
    /** It was not let in. */
    REFUSED("refused"),
    /** It cannot be merged on its path. */
    CONFLICT("conflict"),
    /** The configuration in it is unusable. */
    CONFIGURATION("configuration"),
    /** No job applies to it. */
    NO_JOBS("no-jobs"),
    /** The host refused to move the branch. */
    HOST("host"),
    /** The host moved some of its branches only. */
    IN_PART("in-part"),
    /** Somebody asked for it, or it was replaced or given up. */
    DEMAND("demand");

    private final String code;

    Cause(String code) {
      this.code = code;
    }

    /** The stable word for it on disk and on the wire. */
    public String code() {
      return code;
    }

    /** The cause with that stable word; throws {@link IllegalArgumentException} if none has it. */
    public static Cause ofCode(String code) {
      for (Cause cause : values()) {
        if (cause.code.equals(code)) {
          return cause;
        }
      }
      throw new IllegalArgumentException("no cause has the code '" + code + "'");
    }
  }

  /**
   * The last ended build of one job of one change.
   *
   * @param definition the digest of the job's definition; with the contents it is the key of the
   *     verdict (DESIGN §6)
   * @param builds counts all builds of it on that path
   */
  public record JobEnd(
      ChangeId change,
      JobName job,
      String definition,
      BuildId build,
      Verdict verdict,
      TestCounts tests,
      boolean voting,
      int builds) {}
}
