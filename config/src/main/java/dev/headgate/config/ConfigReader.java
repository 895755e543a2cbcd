package dev.headgate.config;

import dev.headgate.model.JobGraph;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads a whole file: its two keys, the jobs and the pipelines. */
final class ConfigReader {
  /** Far above any graph that people read, and low enough for the quadratic checks on graphs. */
  static final int MAX_JOBS = 500;

  /** A job's name becomes a folder, a step of a route and a column of a table. */
  static final int MAX_NAME_LENGTH = 100;

  static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{M}\\p{N}._-]*");
  private static final List<String> KEYS = List.of("jobs", "pipelines");
  private static final String SHORTEST = "the shortest file is: jobs: { test: make check }";

  private final Problems problems;
  private final Problems warnings;
  private final Values values;

  ConfigReader(Problems problems, Problems warnings) {
    this.problems = problems;
    this.warnings = warnings;
    this.values = new Values(problems);
  }

  /** What the file says; empty if it has any problem. */
  Optional<RepositoryConfig> read(Optional<Node> root) {
    if (root.isEmpty() || root.get().isNothing()) {
      if (problems.isEmpty()) {
        problems.add(Place.START, "the file says nothing", SHORTEST);
      }
      return Optional.empty();
    }
    return values
        .mapping(new Values.Value("the file", root.get(), root.get().at()), SHORTEST)
        .flatMap(this::readTop);
  }

  private Optional<RepositoryConfig> readTop(Node.Mapping top) {
    Map<String, Node.Entry> fields = values.fields(top, "the file");
    fields.forEach((key, entry) -> {
      if (!KEYS.contains(key)) {
        addUnknown(key, entry.key().at());
      }
    });
    if (!Values.merges(top) && fields.keySet().stream().noneMatch(ConfigReader::meansJobs)) {
      problems.add(top.at(), "the file has no 'jobs'", SHORTEST);
    }
    List<Draft.JobDraft> jobs =
        Optional.ofNullable(fields.get("jobs")).map(this::jobs).orElse(List.of());
    List<Draft.PipelineDraft> pipelines =
        Optional.ofNullable(fields.get("pipelines")).map(this::pipelines).orElse(List.of());
    new GraphChecks(jobs, problems, warnings).check(pipelines);
    return problems.isEmpty() ? Optional.of(build(jobs, pipelines)) : Optional.empty();
  }

  /**
   * Whether the key, even a wrong one, stands for the jobs: the file then has no second problem.
   */
  private static boolean meansJobs(String key) {
    return !key.equals("pipelines") && Words.nearest(key, KEYS).equals(Optional.of("jobs"));
  }

  private void addUnknown(String key, Place at) {
    String hint =
        JobKey.of(key).isPresent() || LaterKey.of(key).isPresent()
            ? "it is a key of a job, which stands under 'jobs'"
            : Words.suggest(key, KEYS, "the keys of the file are");
    problems.add(at, "unknown key " + Words.quote(key), hint);
  }

  private List<Draft.JobDraft> jobs(Node.Entry entry) {
    Values.Value value = Values.of("'jobs'", entry);
    Optional<Node.Mapping> mapping = values.mapping(value, SHORTEST);
    if (mapping.isEmpty()) {
      return List.of();
    }
    int count = mapping.get().entries().size();
    if (count == 0 || count > MAX_JOBS) {
      problems.add(
          value.at(),
          count == 0 ? "'jobs' names no job" : "'jobs' has more than " + MAX_JOBS + " jobs",
          count == 0 ? SHORTEST : "");
      return List.of();
    }
    JobReader reader = new JobReader(problems, warnings);
    List<Draft.JobDraft> jobs = new ArrayList<>();
    values
        .fields(mapping.get(), "'jobs'")
        .forEach((name, job) -> {
          checkName(name, job.key().at());
          jobs.add(reader.read(name, job));
        });
    return jobs;
  }

  private void checkName(String name, Place at) {
    if (name.length() > MAX_NAME_LENGTH || !NAME.matcher(name).matches()) {
      problems.add(
          at,
          Words.quote(name) + " is no name of a job",
          "use letters, digits, '.', '_' and '-', beginning with a letter or digit, at most "
              + MAX_NAME_LENGTH);
    }
  }

  private List<Draft.PipelineDraft> pipelines(Node.Entry entry) {
    List<Draft.PipelineDraft> pipelines = new ArrayList<>();
    values
        .mapping(Values.of("'pipelines'", entry), "write it as in: pipelines: { gate: [unit] }")
        .ifPresent(mapping ->
            values
                .fields(mapping, "'pipelines'")
                .forEach((name, list) -> pipelines.add(pipeline(name, list))));
    return pipelines;
  }

  private Draft.PipelineDraft pipeline(String name, Node.Entry entry) {
    Place at = entry.key().at();
    checkPipeline(name, at);
    Values.Value value = Values.of("pipeline " + Words.quote(name), entry);
    if (name.equals("gate")
        && value.node() instanceof Node.Sequence sequence
        && sequence.items().isEmpty()) {
      problems.add(
          value.at(),
          "pipeline 'gate' lists no job, so that every change would land untested",
          "list jobs, or remove the line to run all of them");
    }
    List<Draft.Reference> jobs = new ArrayList<>();
    for (Values.Value item : values.items(value, "name jobs, as in: gate: [unit]")) {
      values.text(item, "").ifPresent(job -> jobs.add(new Draft.Reference(job, item.at())));
    }
    return new Draft.PipelineDraft(name, at, jobs);
  }

  /**
   * A site may have any pipelines; which ones is not known here, but a slip of the hand is seen.
   */
  private void checkPipeline(String name, Place at) {
    if (RepositoryConfig.PIPELINES.contains(name)) {
      return;
    }
    Optional<String> meant = Words.nearest(name, RepositoryConfig.PIPELINES);
    if (meant.isPresent()) {
      problems.add(
          at,
          "there is no pipeline " + Words.quote(name),
          "did you mean "
              + Words.quote(meant.get())
              + "? a pipeline of a site's own needs a name that is less like it");
    } else if (name.length() > MAX_NAME_LENGTH || !NAME.matcher(name).matches()) {
      problems.add(
          at,
          Words.quote(name) + " is no name of a pipeline",
          "use letters, digits, '.', '_' and '-', beginning with a letter or digit, at most "
              + MAX_NAME_LENGTH);
    }
  }

  private static RepositoryConfig build(
      List<Draft.JobDraft> drafts, List<Draft.PipelineDraft> pipelines) {
    JobGraph all = graph(drafts, drafts.stream().map(job -> job.name().job()).toList());
    Map<String, JobGraph> graphs = new LinkedHashMap<>();
    for (String pipeline : RepositoryConfig.PIPELINES) {
      boolean runsNone = RepositoryConfig.RUN_NONE.contains(pipeline);
      graphs.put(pipeline, runsNone ? JobGraph.EMPTY : all);
    }
    for (Draft.PipelineDraft pipeline : pipelines) {
      List<String> names = pipeline.jobs().stream().map(Draft.Reference::job).toList();
      graphs.put(pipeline.name(), graph(drafts, names));
    }
    return new RepositoryConfig(all, graphs);
  }

  private static JobGraph graph(List<Draft.JobDraft> drafts, List<String> listed) {
    Set<String> names = new HashSet<>(listed);
    return new JobGraph(
        drafts.stream()
            .filter(job -> names.contains(job.name().job()))
            .map(job -> job.job(names))
            .toList());
  }
}
