package dev.headgate.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a site's {@code headgate.yaml} says: its pipelines, queues and limits (DESIGN §11).
 * Immutable. Words are those of docs/reference/site-config.md.
 *
 * @param pipelines its pipelines, in the order of the file; empty if it names none
 * @param queues its shared queues, in the order of the file
 * @param semaphores how many builds may hold each semaphore at once
 * @param differences those of {@link #DIFFERENCES} that the file sets
 * @param projects the folders of its projects' repositories, by the projects' names, as written
 */
public record SiteConfig(
    List<Pipeline> pipelines,
    List<Queue> queues,
    Map<String, Integer> semaphores,
    Map<String, Boolean> differences,
    Map<String, String> projects) {
  /** The name of the file at the root of a working tree, or of a server's settings. */
  public static final String FILE_NAME = "headgate.yaml";

  /** How a pipeline can treat its changes. */
  public static final List<String> MANAGERS =
      List.of("independent", "dependent", "serial", "supercedent");

  /** What can bring changes into a pipeline by itself. */
  public static final List<String> TRIGGERS = List.of("proposed", "approval", "merged");

  /** How a window can change its size. */
  public static final List<String> PACES = List.of("linear", "exponential");

  /** What can be switched between Headgate's own way and the reference's. */
  public static final List<String> DIFFERENCES =
      List.of(
          "lands-without-jobs",
          "skipped-voting-jobs-block",
          "soft-needs-survive-failure",
          "shrinks-for-failed-jobs-only",
          "rebuilds-when-tip-moves",
          "reports-in-order",
          "reuses-verdicts",
          "reports-every-refusal",
          "reports-moves",
          "keeps-empty-windows");

  public SiteConfig {
    pipelines = List.copyOf(pipelines);
    queues = List.copyOf(queues);
    semaphores = Collections.unmodifiableMap(new LinkedHashMap<>(semaphores));
    differences = Collections.unmodifiableMap(new LinkedHashMap<>(differences));
    projects = Collections.unmodifiableMap(new LinkedHashMap<>(projects));
  }

  /**
   * One pipeline.
   *
   * @param manager one of {@link #MANAGERS}
   * @param triggers some of {@link #TRIGGERS}
   * @param disableAfter 0 for never
   * @param projects empty for every project
   */
  public record Pipeline(
      String name,
      String manager,
      List<String> triggers,
      Window window,
      boolean failFast,
      List<String> supersedes,
      boolean keepsOldRevisions,
      boolean ignoresDependencies,
      int disableAfter,
      int precedence,
      List<String> requires,
      List<String> rejects,
      Optional<List<String>> projects) {
    public Pipeline {
      triggers = List.copyOf(triggers);
      supersedes = List.copyOf(supersedes);
      requires = List.copyOf(requires);
      rejects = List.copyOf(rejects);
      projects = projects.map(List::copyOf);
    }
  }

  /**
   * How many items of a queue are built at once.
   *
   * @param start 0 for no bound
   * @param ceiling 0 for none
   */
  public record Window(int start, int floor, int ceiling, Pace grow, Pace shrink) {
    /** What applies where the file says nothing. */
    public static final Window DEFAULT =
        new Window(20, 3, 0, new Pace("linear", 1), new Pace("exponential", 2));

    /** A window that always has one size. */
    static Window fixed(int size) {
      Pace none = new Pace("linear", 0);
      return new Window(size, size, size, none, none);
    }
  }

  /**
   * One way of growing or shrinking.
   *
   * @param kind one of {@link #PACES}
   */
  public record Pace(String kind, int by) {}

  /** A queue that projects share. */
  public record Queue(
      String name, List<String> projects, boolean circular, boolean perBranch, boolean byTopic) {
    public Queue {
      projects = List.copyOf(projects);
    }
  }

  /** What reading a site's file yields; a file with problems is an expected outcome. */
  public sealed interface Result {
    /** The file can be used. */
    record Valid(SiteConfig config) implements Result {}

    /** The file cannot be used; the problems are in file order and bounded as in {@link Parsed}. */
    record Invalid(List<Problem> problems) implements Result {
      public Invalid {
        problems = List.copyOf(problems);
      }
    }
  }

  /**
   * Reads a site's file. Never throws on its content.
   *
   * @param fileName how problems name the file
   * @param content the file's bytes
   */
  public static Result parse(String fileName, byte[] content) {
    Problems problems = new Problems(fileName);
    Optional<Node> root =
        SourceText.decode(content, problems).flatMap(text -> TreeReader.read(text, problems));
    return new SiteReader(problems)
        .read(root)
        .<Result>map(Result.Valid::new)
        .orElseGet(() -> new Result.Invalid(problems.inOrder()));
  }
}
