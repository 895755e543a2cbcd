package dev.headgate.model;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What ties a job to other items and other jobs of a site, beside its needs.
 *
 * @param holdsFollowers if true, no job of an item behind starts before this one has passed
 * @param provides names of artifacts it makes
 * @param requires names of artifacts that items ahead make; the job waits for those that an item
 *     ahead provides, and for nothing if none does
 * @param semaphores names of semaphores it holds while it runs, in configuration order
 * @param projects projects it works on beside the change's own
 * @param deduplication whether equal jobs of one item's changes are one
 * @param noop if true, it passes without a build
 */
public record Coordination(
    boolean holdsFollowers,
    Set<String> provides,
    Set<String> requires,
    List<String> semaphores,
    Set<ProjectId> projects,
    Deduplication deduplication,
    boolean noop) {
  /** Ties of no kind. */
  public static final Coordination NONE =
      new Coordination(
          false, Set.of(), Set.of(), List.of(), Set.of(), Deduplication.AUTOMATIC, false);

  public Coordination {
    provides = Collections.unmodifiableSet(new TreeSet<>(provides));
    requires = Collections.unmodifiableSet(new TreeSet<>(requires));
    semaphores = List.copyOf(semaphores);
    projects = Collections.unmodifiableSet(new TreeSet<>(projects));
  }

  /** When a job that several changes of one item define alike runs only once for all of them. */
  public enum Deduplication {
    /** If the changes are of one project, or the job names the projects it works on. */
    AUTOMATIC("auto"),
    /** Always. */
    ALWAYS("always"),
    /** Never. */
    NEVER("never");

    private final String code;

    Deduplication(String code) {
      this.code = code;
    }

    /** The stable word for it on disk and in configuration. */
    public String code() {
      return code;
    }

    /** The value with that stable word; throws {@link IllegalArgumentException} if none has it. */
    public static Deduplication ofCode(String code) {
      for (Deduplication value : values()) {
        if (value.code.equals(code)) {
          return value;
        }
      }
      throw new IllegalArgumentException("no deduplication has the code '" + code + "'");
    }
  }
}
