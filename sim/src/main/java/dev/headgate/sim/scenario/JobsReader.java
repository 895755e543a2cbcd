package dev.headgate.sim.scenario;

import dev.headgate.config.Node;
import dev.headgate.config.Values.Value;
import dev.headgate.config.Words;
import dev.headgate.model.Coordination;
import dev.headgate.model.Coordination.Deduplication;
import dev.headgate.model.Job;
import dev.headgate.model.JobName;
import dev.headgate.model.Need;
import dev.headgate.model.ProjectId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Reads job graphs. */
final class JobsReader {
  /** The job that succeeds without a build. */
  private static final String NOOP = "noop";

  private static final String BROKEN = "broken";
  private static final List<String> KEYS =
      List.of(
          "job",
          "needs",
          "after_if_run",
          "voting",
          "attempts",
          "holds_followers",
          "files",
          "provides",
          "requires",
          "lock",
          "repos",
          "dedup");

  private final Reading reading;

  JobsReader(Reading reading) {
    this.reading = reading;
  }

  /** The jobs of each project. */
  Map<String, JobLists> projects(Value value) {
    Map<String, JobLists> projects = new LinkedHashMap<>();
    reading
        .named(value, "'jobs'")
        .forEach((project, lists) -> projects.put(project, lists(lists, project)));
    return projects;
  }

  /** New jobs of a project: {@code broken}, one list for all its pipelines, or one for each. */
  JobLists redefinition(Value value) {
    if (value.node() instanceof Node.Scalar scalar && scalar.text().equals(BROKEN)) {
      return JobLists.BROKEN;
    }
    if (value.node() instanceof Node.Mapping mapping
        && mapping.entries().stream()
            .noneMatch(
                entry -> entry.key() instanceof Node.Scalar key && key.text().equals("job"))) {
      return lists(value, "the change");
    }
    return new JobLists(Map.of(JobLists.EVERY, list(value)), false);
  }

  private JobLists lists(Value value, String project) {
    Map<String, List<PlannedJob>> lists = new LinkedHashMap<>();
    reading
        .named(value, "the jobs of " + Words.quote(project))
        .forEach((pipeline, list) -> lists.put(pipeline, list(list)));
    return new JobLists(lists, false);
  }

  private List<PlannedJob> list(Value value) {
    Map<String, PlannedJob> jobs = new LinkedHashMap<>();
    for (Value item : reading.items(value)) {
      job(item)
          .ifPresent(job -> {
            if (jobs.putIfAbsent(job.job().name().value(), job) != null) {
              reading.problem(
                  item, "job " + Words.quote(job.job().name().value()) + " is given twice", "");
            }
          });
    }
    return List.copyOf(jobs.values());
  }

  private Optional<PlannedJob> job(Value item) {
    if (item.node() instanceof Node.Scalar) {
      return reading.text(item).map(name -> job(name, Map.of()));
    }
    Map<String, Value> fields = reading.fields(item, "the job", KEYS);
    Value name = fields.get("job");
    if (name == null) {
      reading.missing(item, "the job has no name", "as in: { job: unit }");
      return Optional.empty();
    }
    return reading.text(name).map(known -> job(known, fields));
  }

  private PlannedJob job(String name, Map<String, Value> fields) {
    List<Need> needs = new ArrayList<>();
    texts(fields, "needs").forEach(need -> needs.add(new Need(new JobName(need), true)));
    texts(fields, "after_if_run").forEach(need -> needs.add(new Need(new JobName(need), false)));
    Job job =
        new Job(
            new JobName(name),
            "run " + name,
            needs,
            Job.DEFAULT_TIMEOUT,
            reading.flag(fields, "voting", true),
            reading.number(fields, "attempts", 1, Job.DEFAULT_ATTEMPTS),
            0,
            List.of(),
            Map.of(),
            List.of(),
            ties(name, fields));
    return new PlannedJob(job, matchers(fields));
  }

  private Coordination ties(String name, Map<String, Value> fields) {
    Set<ProjectId> projects = new LinkedHashSet<>();
    texts(fields, "repos").forEach(project -> projects.add(new ProjectId(project)));
    return new Coordination(
        reading.flag(fields, "holds_followers", false),
        new LinkedHashSet<>(texts(fields, "provides")),
        new LinkedHashSet<>(texts(fields, "requires")),
        texts(fields, "lock"),
        projects,
        deduplication(fields),
        name.equals(NOOP));
  }

  private Deduplication deduplication(Map<String, Value> fields) {
    Value value = fields.get("dedup");
    if (value == null) {
      return Deduplication.AUTOMATIC;
    }
    Map<String, Deduplication> words = new LinkedHashMap<>();
    words.put("auto", Deduplication.AUTOMATIC);
    words.put("true", Deduplication.ALWAYS);
    words.put("false", Deduplication.NEVER);
    return reading.choice(value, words).orElse(Deduplication.AUTOMATIC);
  }

  private List<String> matchers(Map<String, Value> fields) {
    Value value = fields.get("files");
    if (value == null) {
      return List.of();
    }
    List<String> matchers = new ArrayList<>();
    for (Value item : reading.items(value)) {
      reading.text(item).filter(regex -> isRegex(item, regex)).ifPresent(matchers::add);
    }
    return matchers;
  }

  private boolean isRegex(Value item, String regex) {
    try {
      Pattern.compile(regex);
      return true;
    } catch (PatternSyntaxException e) {
      reading.problem(item, item.what() + " is no regular expression: " + e.getDescription(), "");
      return false;
    }
  }

  private List<String> texts(Map<String, Value> fields, String key) {
    Value value = fields.get(key);
    return value == null ? List.of() : reading.texts(value);
  }
}
