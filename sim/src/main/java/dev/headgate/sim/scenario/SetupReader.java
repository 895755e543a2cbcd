package dev.headgate.sim.scenario;

import dev.headgate.config.Node;
import dev.headgate.config.Values.Value;
import dev.headgate.gate.Differences;
import dev.headgate.gate.Manager;
import dev.headgate.gate.Pipeline;
import dev.headgate.gate.SharedQueue;
import dev.headgate.gate.Trigger;
import dev.headgate.gate.Window;
import dev.headgate.model.PipelineName;
import dev.headgate.model.ProjectId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads a {@code config}, whole or the keys that a reconfiguration changes. */
final class SetupReader {
  /** A site of which nothing is known. */
  static final Setup EMPTY = new Setup(List.of(), List.of(), Map.of(), Map.of(), Set.of());

  private static final List<String> KEYS =
      List.of("pipelines", "queues", "jobs", "locks", "in_repo_config");
  private static final List<String> PIPELINE_KEYS =
      List.of(
          "manager",
          "trigger",
          "window",
          "fail_fast",
          "supersedes",
          "keep_on_new_patchset",
          "ignore_dependencies",
          "disable_after");
  private static final List<String> WINDOW_KEYS =
      List.of("start", "floor", "ceiling", "grow", "shrink");
  private static final List<String> QUEUE_KEYS =
      List.of("name", "projects", "circular", "per_branch", "topic");

  private final Reading reading;
  private final JobsReader jobs;

  SetupReader(Reading reading) {
    this.reading = reading;
    this.jobs = new JobsReader(reading);
  }

  /** A whole configuration; parts that contradict each other are a problem. */
  Setup read(Value value) {
    return checked(value, EMPTY, update(value));
  }

  /** The keys that are given, against the rest of what is there. */
  Setup.Update update(Value value, Setup before) {
    Setup.Update update = update(value);
    checked(value, before, update);
    return update;
  }

  private Setup checked(Value value, Setup before, Setup.Update update) {
    Setup setup = before.with(update);
    try {
      setup.settings(Differences.NONE);
    } catch (IllegalArgumentException e) {
      reading.problem(value, value.what() + ": " + e.getMessage(), "");
    }
    return setup;
  }

  private Setup.Update update(Value value) {
    Map<String, Value> fields = reading.fields(value, value.what(), KEYS);
    Optional<List<Pipeline>> pipelines =
        Optional.ofNullable(fields.get("pipelines")).map(this::pipelines);
    return new Setup.Update(
        pipelines,
        Optional.ofNullable(fields.get("queues")).map(this::queues),
        Optional.ofNullable(fields.get("jobs")).map(jobs::projects),
        Optional.ofNullable(fields.get("locks")).map(this::locks),
        Optional.ofNullable(fields.get("in_repo_config"))
            .map(list -> new LinkedHashSet<>(reading.texts(list))));
  }

  private List<Pipeline> pipelines(Value value) {
    List<Pipeline> pipelines = new ArrayList<>();
    reading
        .named(value, "'pipelines'")
        .forEach((name, pipeline) -> pipelines.add(pipeline(name, pipelines.size(), pipeline)));
    return pipelines;
  }

  private Pipeline pipeline(String name, int precedence, Value value) {
    Map<String, Value> fields = reading.fields(value, "pipeline '" + name + "'", PIPELINE_KEYS);
    Set<PipelineName> supersedes = new LinkedHashSet<>();
    Value superseded = fields.get("supersedes");
    if (superseded != null) {
      reading.texts(superseded).forEach(other -> supersedes.add(new PipelineName(other)));
      if (supersedes.remove(new PipelineName(name))) {
        reading.problem(superseded, "pipeline '" + name + "' supersedes itself", "");
      }
    }
    return new Pipeline(
        new PipelineName(name),
        manager(value, fields),
        triggers(fields),
        window(fields),
        reading.flag(fields, "fail_fast", false),
        supersedes,
        reading.flag(fields, "keep_on_new_patchset", false),
        reading.flag(fields, "ignore_dependencies", false),
        reading.number(fields, "disable_after", 0, 0),
        precedence,
        Set.of(),
        Set.of(),
        Optional.empty());
  }

  private Manager manager(Value pipeline, Map<String, Value> fields) {
    Map<String, Manager> managers = new LinkedHashMap<>();
    for (Manager manager : Manager.values()) {
      managers.put(manager.code(), manager);
    }
    Value value = fields.get("manager");
    if (value == null) {
      reading.missing(pipeline, pipeline.what() + " has no 'manager'", "as in: manager: dependent");
      return Manager.DEPENDENT;
    }
    return reading.choice(value, managers).orElse(Manager.DEPENDENT);
  }

  private Set<Trigger> triggers(Map<String, Value> fields) {
    Map<String, Trigger> words = new LinkedHashMap<>();
    for (Trigger trigger : Trigger.values()) {
      words.put(trigger.code(), trigger);
    }
    Set<Trigger> triggers = EnumSet.noneOf(Trigger.class);
    Value value = fields.get("trigger");
    if (value != null) {
      reading.items(value).forEach(item -> reading.choice(item, words).ifPresent(triggers::add));
    }
    return triggers;
  }

  private Window window(Map<String, Value> pipeline) {
    Value value = pipeline.get("window");
    if (value == null) {
      return Window.DEFAULT;
    }
    Map<String, Value> fields = reading.fields(value, "'window'", WINDOW_KEYS);
    Window usual = Window.DEFAULT;
    try {
      return new Window(
          reading.number(fields, "start", 0, usual.start()),
          reading.number(fields, "floor", 1, usual.floor()),
          ceiling(fields),
          pace(fields, "grow", usual.grow()),
          pace(fields, "shrink", usual.shrink()));
    } catch (IllegalArgumentException e) {
      reading.problem(value, "'window': " + e.getMessage(), "");
      return usual;
    }
  }

  /** A number, or {@code none}. */
  private int ceiling(Map<String, Value> window) {
    boolean none =
        Optional.ofNullable(window.get("ceiling"))
            .filter(
                value -> value.node() instanceof Node.Scalar scalar && scalar.text().equals("none"))
            .isPresent();
    return none ? 0 : reading.number(window, "ceiling", 0, 0);
  }

  private Window.Pace pace(Map<String, Value> window, String key, Window.Pace usual) {
    Value value = window.get(key);
    if (value == null) {
      return usual;
    }
    List<Value> parts = reading.items(value);
    if (parts.size() != 2) {
      reading.problem(value, value.what() + " must be a kind and a number", "as in: [linear, 1]");
      return usual;
    }
    Map<String, Window.Pace.Kind> kinds = new LinkedHashMap<>();
    for (Window.Pace.Kind kind : Window.Pace.Kind.values()) {
      kinds.put(kind.code(), kind);
    }
    Optional<Window.Pace.Kind> kind = reading.choice(parts.getFirst(), kinds);
    Optional<Integer> by = reading.number(parts.getLast(), 0);
    return kind.isEmpty() || by.isEmpty() ? usual : new Window.Pace(kind.get(), by.get());
  }

  private List<SharedQueue> queues(Value value) {
    List<SharedQueue> queues = new ArrayList<>();
    for (Value item : reading.items(value)) {
      Map<String, Value> fields = reading.fields(item, "the queue", QUEUE_KEYS);
      Optional<String> name = Optional.ofNullable(fields.get("name")).flatMap(reading::text);
      Value projects = fields.get("projects");
      List<String> members = projects == null ? List.of() : reading.texts(projects);
      if (name.isEmpty() || members.isEmpty()) {
        reading.missing(
            item, "a queue needs a name and projects", "as in: { name: main, projects: [p, q] }");
        continue;
      }
      Set<ProjectId> ids = new LinkedHashSet<>();
      members.forEach(project -> ids.add(new ProjectId(project)));
      queues.add(
          new SharedQueue(
              name.get(),
              ids,
              reading.flag(fields, "circular", false),
              reading.flag(fields, "per_branch", false),
              reading.flag(fields, "topic", false)));
    }
    return queues;
  }

  /** {@code name: n}, {@code name: {max: n}}, or a list of {@code {name, max}}. */
  private Map<String, Integer> locks(Value value) {
    Map<String, Integer> locks = new LinkedHashMap<>();
    if (value.node() instanceof Node.Sequence) {
      for (Value item : reading.items(value)) {
        Map<String, Value> fields = reading.fields(item, "the lock", List.of("name", "max"));
        Optional.ofNullable(fields.get("name"))
            .flatMap(reading::text)
            .ifPresent(name -> locks.put(name, reading.number(fields, "max", 1, 1)));
      }
      return locks;
    }
    reading
        .named(value, "'locks'")
        .forEach((name, lock) -> {
          if (lock.node() instanceof Node.Scalar) {
            reading.number(lock, 1).ifPresent(most -> locks.put(name, most));
          } else {
            Map<String, Value> fields = reading.fields(lock, "the lock", List.of("max"));
            locks.put(name, reading.number(fields, "max", 1, 1));
          }
        });
    return locks;
  }
}
