package dev.headgate.gate;

import dev.headgate.model.PipelineName;
import dev.headgate.model.ProjectId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** A pipeline in the making; what is not said of it is as in {@link Pipeline#of}. */
final class PipelineDraft {
  private final String name;
  private final Manager manager;
  private final Trigger[] triggers;
  private Window window = Window.DEFAULT;
  private boolean failFast;
  private boolean keepsOldRevisions;
  private boolean ignoresDependencies;
  private int disableAfter;
  private int precedence;
  private Optional<Set<ProjectId>> projects = Optional.empty();

  private PipelineDraft(String name, Manager manager, Trigger... triggers) {
    this.name = name;
    this.manager = manager;
    this.triggers = triggers;
  }

  static PipelineDraft of(String name, Manager manager, Trigger... triggers) {
    return new PipelineDraft(name, manager, triggers);
  }

  /** The usual pipeline, which only operators bring changes into. */
  static PipelineDraft gate() {
    return of("gate", Manager.DEPENDENT);
  }

  PipelineDraft window(Window other) {
    window = other;
    return this;
  }

  PipelineDraft failFast() {
    failFast = true;
    return this;
  }

  PipelineDraft keepsOldRevisions() {
    keepsOldRevisions = true;
    return this;
  }

  PipelineDraft ignoresDependencies() {
    ignoresDependencies = true;
    return this;
  }

  PipelineDraft disableAfter(int failures) {
    disableAfter = failures;
    return this;
  }

  PipelineDraft precedence(int number) {
    precedence = number;
    return this;
  }

  PipelineDraft projects(String... names) {
    Set<ProjectId> some = new TreeSet<>();
    for (String project : names) {
      some.add(new ProjectId(project));
    }
    projects = Optional.of(some);
    return this;
  }

  Pipeline made() {
    return new Pipeline(
        new PipelineName(name),
        manager,
        Set.of(triggers),
        window,
        failFast,
        Set.of(),
        keepsOldRevisions,
        ignoresDependencies,
        disableAfter,
        precedence,
        Set.of(),
        Set.of(),
        projects);
  }

  /** A site of these pipelines, which does as Headgate does. */
  static GateSettings site(PipelineDraft... drafts) {
    return site(List.of(), drafts);
  }

  /** A site of these pipelines and shared queues, which does as Headgate does. */
  static GateSettings site(List<SharedQueue> queues, PipelineDraft... drafts) {
    return new GateSettings(
        List.of(drafts).stream().map(PipelineDraft::made).toList(),
        queues,
        Map.of(),
        Differences.HEADGATE);
  }

  /** A queue that projects share, for all their branches. */
  static SharedQueue queue(String name, boolean circular, boolean byTopic, String... projects) {
    Set<ProjectId> some = new TreeSet<>();
    for (String project : projects) {
      some.add(new ProjectId(project));
    }
    return new SharedQueue(name, some, circular, false, byTopic);
  }
}
