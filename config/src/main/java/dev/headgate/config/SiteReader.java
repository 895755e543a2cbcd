package dev.headgate.config;

import dev.headgate.config.SiteConfig.Pipeline;
import dev.headgate.config.SiteConfig.Queue;
import dev.headgate.config.SiteConfig.Window;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads a whole site file, and sees that its parts fit together. */
final class SiteReader {
  /** A site with more of any of them is generated, and a generated file may be split. */
  static final int MAX_ENTRIES = 1_000;

  static final List<String> KEYS =
      List.of("pipelines", "queues", "semaphores", "differences", "projects");
  static final List<String> PIPELINE_KEYS =
      List.of(
          "manager",
          "triggers",
          "window",
          "fail-fast",
          "supersedes",
          "keep-old-revisions",
          "ignore-dependencies",
          "disable-after",
          "precedence",
          "requires",
          "rejects",
          "projects");
  static final List<String> QUEUE_KEYS = List.of("projects", "circular", "per-branch", "by-topic");

  /** How the pipelines that every site has treat their changes unless the file says it. */
  private static final Map<String, String> USUAL_MANAGERS =
      Map.of("check", "independent", "gate", "dependent");

  private static final int MOST_FAILURES = 1_000_000;
  private static final int MOST_PRECEDENCE = 1_000;
  private static final String EXAMPLE =
      "the shortest file is: pipelines: { gate: { manager: dependent } }";

  private final Problems problems;
  private final List<NameReader.Name> superseded = new ArrayList<>();
  private final List<NameReader.Name> namedProjects = new ArrayList<>();

  SiteReader(Problems problems) {
    this.problems = problems;
  }

  /** What the file says; empty if it has any problem. */
  Optional<SiteConfig> read(Optional<Node> root) {
    if (root.isEmpty() || root.get().isNothing()) {
      if (problems.isEmpty()) {
        problems.add(Place.START, "the file says nothing", EXAMPLE);
      }
      return Optional.empty();
    }
    Section top =
        Section.read(
            new Values.Value("the file", root.get(), root.get().at()), KEYS, EXAMPLE, problems);
    Map<String, Pipeline> pipelines = new LinkedHashMap<>();
    each(top, "pipelines", EXAMPLE, (name, entry) -> pipelines.put(name, pipeline(name, entry)));
    Map<String, Queue> queues = new LinkedHashMap<>();
    Map<String, String> queueOf = new HashMap<>();
    each(
        top,
        "queues",
        "write it as in: queues: { all: { projects: [a, b] } }",
        (name, entry) -> queues.put(name, queue(name, entry, queueOf)));
    Values values = new Values(problems);
    Map<String, Integer> semaphores = new LinkedHashMap<>();
    each(
        top,
        "semaphores",
        "write it as in: semaphores: { database: 1 }",
        (name, entry) ->
            values
                .integer(Values.of("semaphore " + Words.quote(name), entry), 1, WindowReader.MOST)
                .ifPresent(most -> semaphores.put(name, most)));
    Map<String, Boolean> differences = differences(top);
    Map<String, String> projects = new LinkedHashMap<>();
    each(
        top,
        "projects",
        "write it as in: projects: { lake: ../lake }",
        (name, entry) -> project(name, entry).ifPresent(folder -> projects.put(name, folder)));
    checkNames(pipelines.keySet(), projects.keySet(), top.field("projects").isPresent());
    return problems.isEmpty()
        ? Optional.of(
            new SiteConfig(
                List.copyOf(pipelines.values()),
                List.copyOf(queues.values()),
                semaphores,
                differences,
                projects))
        : Optional.empty();
  }

  /** What is done with one entry of a mapping. */
  private interface Entries extends java.util.function.BiConsumer<String, Node.Entry> {}

  private void each(Section top, String key, String example, Entries entries) {
    top.field(key)
        .ifPresent(value -> {
          if (value.node() instanceof Node.Mapping mapping
              && mapping.entries().size() > MAX_ENTRIES) {
            problems.add(
                value.at(), value.what() + " has more than " + MAX_ENTRIES + " entries", "");
          } else {
            Section.each(value, example, problems, entries);
          }
        });
  }

  private Pipeline pipeline(String name, Node.Entry entry) {
    String what = "pipeline " + Words.quote(name);
    Values.Value value = Values.of(what, entry);
    if (name.length() > ConfigReader.MAX_NAME_LENGTH
        || !ConfigReader.NAME.matcher(name).matches()) {
      problems.add(
          entry.key().at(),
          Words.quote(name) + " is no name of a pipeline",
          "use letters, digits, '.', '_' and '-', beginning with a letter or digit, at most "
              + ConfigReader.MAX_NAME_LENGTH);
    }
    Section section =
        Section.read(value, PIPELINE_KEYS, "write it as in: { manager: dependent }", problems);
    String manager = manager(name, value, section);
    List<NameReader.Name> supersedes = section.names("supersedes");
    for (NameReader.Name other : supersedes) {
      if (other.text().equals(name)) {
        problems.add(other.at(), what + " supersedes itself", "");
      } else {
        superseded.add(other);
      }
    }
    List<NameReader.Name> projects = section.names("projects");
    namedProjects.addAll(projects);
    List<String> requires = section.texts("requires");
    for (NameReader.Name rejected : section.names("rejects")) {
      if (requires.contains(rejected.text())) {
        problems.add(
            rejected.at(),
            what
                + " requires and rejects the label "
                + Words.quote(rejected.text())
                + ", so that no change can be in it",
            "");
      }
    }
    return new Pipeline(
        name,
        manager,
        section.someOf("triggers", SiteConfig.TRIGGERS),
        section.field("window").map(new WindowReader(problems)::read).orElse(Window.DEFAULT),
        section.flag("fail-fast"),
        texts(supersedes),
        section.flag("keep-old-revisions"),
        section.flag("ignore-dependencies"),
        section.integer("disable-after", 0, MOST_FAILURES, 0),
        section.integer("precedence", -MOST_PRECEDENCE, MOST_PRECEDENCE, 0),
        requires,
        section.texts("rejects"),
        section.field("projects").map(given -> texts(projects)));
  }

  private String manager(String name, Values.Value pipeline, Section section) {
    String usual = USUAL_MANAGERS.getOrDefault(name, "");
    if (section.field("manager").isEmpty()
        && usual.isEmpty()
        && pipeline.node() instanceof Node.Mapping) {
      problems.add(
          pipeline.keyPlace(),
          pipeline.what() + " has no 'manager'",
          "it can be " + Words.list(SiteConfig.MANAGERS));
    }
    return section.oneOf("manager", SiteConfig.MANAGERS).orElse(usual);
  }

  private static List<String> texts(List<NameReader.Name> names) {
    return names.stream().map(NameReader.Name::text).toList();
  }

  private Queue queue(String name, Node.Entry entry, Map<String, String> queueOf) {
    String what = "queue " + Words.quote(name);
    Values.Value value = Values.of(what, entry);
    Section section =
        Section.read(value, QUEUE_KEYS, "write it as in: { projects: [a, b] }", problems);
    List<NameReader.Name> projects = section.names("projects");
    namedProjects.addAll(projects);
    if (projects.isEmpty() && problems.isEmpty()) {
      problems.add(
          section.field("projects").map(Values.Value::at).orElse(value.keyPlace()),
          what + " names no project",
          "list those that share it under 'projects'");
    }
    for (NameReader.Name project : projects) {
      String other = queueOf.putIfAbsent(project.text(), name);
      if (other != null) {
        problems.add(
            project.at(),
            "project "
                + Words.quote(project.text())
                + " is in the queues "
                + Words.quote(other)
                + " and "
                + Words.quote(name),
            "leave it in one of them");
      }
    }
    boolean circular = section.flag("circular");
    if (section.flag("by-topic") && !circular) {
      section
          .field("by-topic")
          .ifPresent(given ->
              problems.add(
                  given.at(),
                  what + " joins changes by topic but does not allow circles",
                  "add 'circular: true'"));
    }
    return new Queue(
        name, texts(projects), circular, section.flag("per-branch"), section.flag("by-topic"));
  }

  private Map<String, Boolean> differences(Section top) {
    Map<String, Boolean> differences = new LinkedHashMap<>();
    top.field("differences")
        .ifPresent(value -> {
          Section section =
              Section.read(
                  value,
                  SiteConfig.DIFFERENCES,
                  "write it as in: differences: { reports-in-order: true }",
                  problems);
          for (String name : SiteConfig.DIFFERENCES) {
            if (section.field(name).isPresent()) {
              differences.put(name, section.flag(name));
            }
          }
        });
    return differences;
  }

  private Optional<String> project(String name, Node.Entry entry) {
    if (name.indexOf(':') >= 0) {
      problems.add(
          entry.key().at(),
          Words.quote(name) + " is no name of a project",
          "a colon parts it from the names of its branches");
    }
    return new Values(problems)
        .text(Values.of("project " + Words.quote(name), entry), "name its repository's folder");
  }

  private void checkNames(Set<String> pipelines, Set<String> projects, boolean listsProjects) {
    for (NameReader.Name name : superseded) {
      if (!pipelines.contains(name.text())) {
        problems.add(
            name.at(),
            "there is no pipeline " + Words.quote(name.text()),
            Words.suggest(name.text(), pipelines, "the pipelines are"));
      }
    }
    if (!listsProjects) {
      return;
    }
    for (NameReader.Name name : namedProjects) {
      if (!projects.contains(name.text())) {
        problems.add(
            name.at(),
            "there is no project " + Words.quote(name.text()),
            Words.suggest(name.text(), projects, "the projects are"));
      }
    }
  }
}
