package dev.headgate.config;

import dev.headgate.model.Coordination;
import dev.headgate.model.Job;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Reads one entry of {@code jobs}. */
final class JobReader {
  /** Each attempt costs a whole build; more than this hides an outage instead of bridging it. */
  static final int MAX_ATTEMPTS = 20;

  /** As for attempts: a job that needs more tries does not test anything. */
  static final int MAX_RETRY = 20;

  /** Variables with this prefix tell a job what is being tested. */
  private static final String RESERVED = "HEADGATE_";

  /** What a job that does nothing would run if it were run. */
  private static final String NOTHING = ":";

  private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
  private static final List<String> NEED_KEYS = List.of("job", "soft");

  private final Problems problems;
  private final Values values;
  private final GlobReader globs;
  private final TiesReader ties;

  JobReader(Problems problems, Problems warnings) {
    this.problems = problems;
    this.values = new Values(problems);
    this.globs = new GlobReader(problems, warnings);
    this.ties = new TiesReader(problems);
  }

  Draft.JobDraft read(String name, Node.Entry entry) {
    Values.Value value = Values.of("job " + Words.quote(name), entry);
    Map<JobKey, Values.Value> fields = new LinkedHashMap<>();
    if (value.node() instanceof Node.Mapping mapping) {
      fields = fields(mapping, value);
    } else if (value.node() instanceof Node.Sequence) {
      values.mismatch(value, "a command or a mapping", "write the command as text, or 'run: …'");
    } else {
      checkNotAKey(value);
      fields.put(JobKey.RUN, value);
    }
    return draft(new Draft.Reference(name, entry.key().at()), fields);
  }

  /** {@code run:make} without a blank is a text, and as a command it could only fail. */
  private void checkNotAKey(Values.Value value) {
    if (value.node() instanceof Node.Scalar scalar
        && scalar.plain()
        && JobKey.NAMES.stream().anyMatch(key -> scalar.text().startsWith(key + ":"))) {
      problems.add(
          value.at(),
          value.what() + " is the text " + Words.quote(scalar.text()),
          "put a space behind the ':'");
    }
  }

  private Draft.JobDraft draft(Draft.Reference name, Map<JobKey, Values.Value> fields) {
    Coordination coordination = ties.read(fields);
    return new Draft.JobDraft(
        name,
        command(name, fields, coordination),
        field(fields, JobKey.NEEDS).map(this::needs).orElse(List.of()),
        field(fields, JobKey.TIMEOUT)
            .flatMap(new DurationReader(problems)::read)
            .orElse(Job.DEFAULT_TIMEOUT),
        field(fields, JobKey.VOTING).flatMap(values::bool).orElse(true),
        field(fields, JobKey.ATTEMPTS)
            .flatMap(value -> values.integer(value, 1, MAX_ATTEMPTS))
            .orElse(Job.DEFAULT_ATTEMPTS),
        field(fields, JobKey.RETRY).flatMap(value -> values.integer(value, 0, MAX_RETRY)).orElse(0),
        field(fields, JobKey.FILES).map(globs::files).orElse(List.of()),
        field(fields, JobKey.ENV).map(this::env).orElse(Map.of()),
        field(fields, JobKey.KEEP).map(globs::keep).orElse(List.of()),
        coordination,
        field(fields, JobKey.RESULTS).map(globs::results).orElse(List.of()));
  }

  private String command(
      Draft.Reference name, Map<JobKey, Values.Value> fields, Coordination coordination) {
    Optional<Values.Value> run = field(fields, JobKey.RUN);
    if (coordination.noop()) {
      run.ifPresent(value ->
          problems.add(
              value.keyPlace(),
              "job " + Words.quote(name.job()) + " has a command and 'noop: true'",
              "remove one of them"));
      return NOTHING;
    }
    return run.flatMap(values::command).orElse("");
  }

  private static Optional<Values.Value> field(Map<JobKey, Values.Value> fields, JobKey key) {
    return Optional.ofNullable(fields.get(key));
  }

  private Map<JobKey, Values.Value> fields(Node.Mapping mapping, Values.Value job) {
    Map<JobKey, Values.Value> fields = new LinkedHashMap<>();
    boolean hasCommand = Values.merges(mapping);
    for (Map.Entry<String, Node.Entry> field : values.fields(mapping, job.what()).entrySet()) {
      String key = field.getKey();
      Optional<JobKey> known = JobKey.of(key);
      if (known.isPresent()) {
        fields.put(known.get(), Values.of("'" + key + "'", field.getValue()));
      } else {
        addUnknown(key, field.getValue().key().at(), job.what());
      }
      hasCommand |= meansCommand(key) || isNoop(key, field.getValue().value());
    }
    if (!hasCommand) {
      problems.add(
          job.keyPlace(), job.what() + " has no command", "give it one, as in: run: make check");
    }
    return fields;
  }

  /**
   * Whether the key, even a wrong one, stands for the command: a job then has no second problem.
   */
  private static boolean meansCommand(String key) {
    return key.equals(LaterKey.TESTS.text)
        || JobKey.of(key).or(() -> JobKey.nearest(key)).equals(Optional.of(JobKey.RUN));
  }

  /** A job that is to do nothing, or says so wrongly, lacks no command. */
  private static boolean isNoop(String key, Node value) {
    boolean off = value instanceof Node.Scalar scalar && scalar.text().equalsIgnoreCase("false");
    return key.equals(JobKey.NOOP.text) && !off;
  }

  private void addUnknown(String key, Place at, String job) {
    LaterKey.of(key)
        .ifPresentOrElse(
            later ->
                problems.add(
                    at, "'" + key + "' is not supported by this version of Headgate", later.hint),
            () ->
                problems.add(
                    at,
                    "unknown key " + Words.quote(key) + " in " + job,
                    Words.suggest(
                        JobKey.nearest(key).map(near -> near.text),
                        JobKey.NAMES,
                        "the keys of a job are")));
  }

  private List<Draft.NeedDraft> needs(Values.Value value) {
    List<Draft.NeedDraft> needs = new ArrayList<>();
    List<Values.Value> items =
        value.node() instanceof Node.Mapping
            ? List.of(value)
            : values.items(value, "name jobs, as in: needs: [unit]");
    for (Values.Value item : items) {
      need(item).ifPresent(needs::add);
    }
    return needs;
  }

  private Optional<Draft.NeedDraft> need(Values.Value item) {
    if (!(item.node() instanceof Node.Mapping mapping)) {
      return values
          .text(item, "")
          .map(job -> new Draft.NeedDraft(new Draft.Reference(job, item.at()), false));
    }
    Map<String, Node.Entry> fields = values.fields(mapping, item.what());
    fields.forEach((key, entry) -> {
      if (!NEED_KEYS.contains(key)) {
        problems.add(
            entry.key().at(),
            "unknown key " + Words.quote(key) + " in " + item.what(),
            Words.suggest(key, NEED_KEYS, "a need is written { job: NAME, soft: true }; keys are"));
      }
    });
    boolean soft =
        Optional.ofNullable(fields.get("soft"))
            .flatMap(entry -> values.bool(Values.of("'soft'", entry)))
            .orElse(false);
    Node.Entry job = fields.get("job");
    if (job == null) {
      if (fields.keySet().stream().allMatch("soft"::equals)) {
        problems.add(item.at(), item.what() + " names no job", "write { job: NAME, soft: true }");
      }
      return Optional.empty();
    }
    return values
        .text(Values.of("'job'", job), "")
        .map(name -> new Draft.NeedDraft(new Draft.Reference(name, job.value().at()), soft));
  }

  private Map<String, String> env(Values.Value value) {
    Map<String, String> env = new TreeMap<>();
    values
        .mapping(value, "write variables as in: env: { LANG: C.UTF-8 }")
        .ifPresent(mapping ->
            values
                .fields(mapping, "'env'")
                .forEach((name, entry) -> addVariable(env, name, entry)));
    return env;
  }

  private void addVariable(Map<String, String> env, String name, Node.Entry entry) {
    Place at = entry.key().at();
    if (!VARIABLE.matcher(name).matches()) {
      problems.add(
          at,
          Words.quote(name) + " is no name of a variable",
          "use letters, digits and '_', not beginning with a digit");
    } else if (name.startsWith(RESERVED)) {
      problems.add(
          at,
          Words.quote(name) + " is reserved: Headgate sets what begins with " + RESERVED,
          "choose another name");
    }
    values
        .verbatim(Values.of("variable " + Words.quote(name), entry))
        .ifPresent(text -> env.put(name, text));
  }
}
