package dev.headgate.config;

import dev.headgate.model.JobGraph;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a repository's {@code .headgate.yaml} says (DESIGN §11). Immutable.
 *
 * @param jobs every job of the file
 * @param pipelines the jobs each pipeline runs, by the pipeline's name: those of {@link #PIPELINES}
 *     in their order, then others that the file lists; a pipeline without jobs has an empty graph
 */
public record RepositoryConfig(JobGraph jobs, Map<String, JobGraph> pipelines) {
  /** The name of the configuration file at the root of a repository. */
  public static final String FILE_NAME = ".headgate.yaml";

  /** The pipelines there are at every site; a site may have others. */
  public static final List<String> PIPELINES = List.of("check", "gate", "post", "periodic");

  /** The pipelines that run no job unless the file lists theirs. */
  static final List<String> RUN_NONE = List.of("post", "periodic");

  public RepositoryConfig {
    pipelines = Collections.unmodifiableMap(new LinkedHashMap<>(pipelines));
  }

  /**
   * Reads a configuration file. Never throws on its content.
   *
   * @param fileName how problems name the file
   * @param content the file's bytes
   */
  public static Parsed parse(String fileName, byte[] content) {
    Problems problems = new Problems(fileName);
    return read(fileName, SourceText.decode(content, problems), problems);
  }

  /**
   * Reads a configuration file. Never throws on its content.
   *
   * @param fileName how problems name the file
   * @param content the file's text
   */
  public static Parsed parse(String fileName, String content) {
    Problems problems = new Problems(fileName);
    return read(fileName, SourceText.check(content, problems), problems);
  }

  private static Parsed read(String fileName, Optional<String> text, Problems problems) {
    Problems warnings = new Problems(fileName);
    Optional<Node> root = text.flatMap(known -> TreeReader.read(known, problems));
    Optional<RepositoryConfig> config = new ConfigReader(problems, warnings).read(root);
    return config
        .<Parsed>map(known -> new Parsed.Valid(known, warnings.inOrder()))
        .orElseGet(() -> new Parsed.Invalid(problems.inOrder()));
  }

  /**
   * The jobs that the pipeline runs: those that the file lists for it; if it lists none, none for
   * {@code post} and {@code periodic} and all jobs for any other. Needs of a listed job are listed
   * too (the file is invalid otherwise); a soft need that is not is left out.
   */
  public JobGraph graph(String pipeline) {
    return pipelines.getOrDefault(pipeline, jobs);
  }
}
