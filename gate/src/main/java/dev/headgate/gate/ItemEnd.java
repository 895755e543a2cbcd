package dev.headgate.gate;

import dev.headgate.model.BuildId;
import dev.headgate.model.Content;
import dev.headgate.model.JobName;
import dev.headgate.model.Outcome;
import dev.headgate.model.TestCounts;
import dev.headgate.model.Verdict;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How an item left the queue.
 *
 * @param kind how
 * @param outcome whose doing it was; SUCCESS for what landed and for what was withdrawn on demand
 * @param reason why, in words a person can act on; says nothing more than "landed" for what landed
 * @param content what the branch was moved to if it landed, else what was tested last; null if it
 *     was never prepared
 * @param jobs the last build of each job on the last path, in graph order; empty if none ended
 */
public record ItemEnd(
    Kind kind, Outcome outcome, String reason, @Nullable Content content, List<JobEnd> jobs) {
  public ItemEnd {
    jobs = List.copyOf(jobs);
  }

  /** The three ways out. */
  public enum Kind {
    LANDED("landed"),
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

  /** The last ended build of one job; {@code builds} counts all of them on that path. */
  public record JobEnd(
      JobName job, BuildId build, Verdict verdict, TestCounts tests, boolean voting, int builds) {}
}
