package dev.headgate.sim.scenario;

import dev.headgate.gate.Differences;
import dev.headgate.gate.GateSettings;
import dev.headgate.gate.Pipeline;
import dev.headgate.gate.SharedQueue;
import dev.headgate.model.PipelineName;
import dev.headgate.model.ProjectId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The site of a scenario, as its {@code config} gives it.
 *
 * @param pipelines the pipelines in file order, not yet knowing their projects
 * @param queues the queues that the file names
 * @param jobs the job graphs of each project, by its name
 * @param locks how many builds may hold each semaphore
 * @param inRepository the projects whose job graph a change may redefine
 */
record Setup(
    List<Pipeline> pipelines,
    List<SharedQueue> queues,
    Map<String, JobLists> jobs,
    Map<String, Integer> locks,
    Set<String> inRepository) {
  Setup {
    pipelines = List.copyOf(pipelines);
    queues = List.copyOf(queues);
    jobs = Collections.unmodifiableMap(new LinkedHashMap<>(jobs));
    locks = Collections.unmodifiableMap(new LinkedHashMap<>(locks));
    inRepository = Collections.unmodifiableSet(new TreeSet<>(inRepository));
  }

  /** Keys of {@code config} that get another value; those that are empty keep theirs. */
  record Update(
      Optional<List<Pipeline>> pipelines,
      Optional<List<SharedQueue>> queues,
      Optional<Map<String, JobLists>> jobs,
      Optional<Map<String, Integer>> locks,
      Optional<Set<String>> inRepository) {}

  /** This site after a reconfiguration. */
  Setup with(Update update) {
    return new Setup(
        update.pipelines.orElse(pipelines),
        update.queues.orElse(queues),
        update.jobs.orElse(jobs),
        update.locks.orElse(locks),
        update.inRepository.orElse(inRepository));
  }

  /**
   * What the gate is told of it: a project takes part in the pipelines it has jobs for, and has a
   * queue of its own if no other is named.
   *
   * @throws IllegalArgumentException if parts contradict each other, which the reader has excluded
   */
  GateSettings settings(Differences differences) {
    List<Pipeline> taking = pipelines.stream().map(pipeline -> taking(pipeline)).toList();
    return new GateSettings(taking, allQueues(), locks, differences);
  }

  /** The same, with pipelines that nothing enters by itself. */
  GateSettings settingsWithoutTriggers(Differences differences) {
    List<Pipeline> passive =
        pipelines.stream().map(pipeline -> copy(taking(pipeline), Set.of())).toList();
    return new GateSettings(passive, allQueues(), locks, differences);
  }

  /** The name of the queue of a project. */
  String queueOf(String project) {
    return queues.stream()
        .filter(queue -> queue.projects().contains(new ProjectId(project)))
        .map(SharedQueue::name)
        .findFirst()
        .orElse(project);
  }

  /** The jobs of a project for a pipeline; empty if it takes no part in it. */
  Optional<List<PlannedJob>> jobs(String project, PipelineName pipeline) {
    return Optional.ofNullable(jobs.get(project)).flatMap(lists -> lists.of(pipeline));
  }

  /** The queues that the file names, and one for each other project. */
  List<SharedQueue> allQueues() {
    List<SharedQueue> all = new ArrayList<>(queues);
    for (String project : jobs.keySet()) {
      ProjectId id = new ProjectId(project);
      if (queues.stream().noneMatch(queue -> queue.projects().contains(id))) {
        all.add(new SharedQueue(project, Set.of(id), false, false, false));
      }
    }
    return all;
  }

  private Pipeline taking(Pipeline pipeline) {
    Set<ProjectId> projects = new TreeSet<>();
    jobs.forEach((project, lists) -> {
      if (lists.of(pipeline.name()).isPresent()) {
        projects.add(new ProjectId(project));
      }
    });
    return new Pipeline(
        pipeline.name(),
        pipeline.manager(),
        pipeline.triggers(),
        pipeline.window(),
        pipeline.failFast(),
        pipeline.supersedes(),
        pipeline.keepsOldRevisions(),
        pipeline.ignoresDependencies(),
        pipeline.disableAfter(),
        pipeline.precedence(),
        pipeline.requires(),
        pipeline.rejects(),
        Optional.of(projects));
  }

  private static Pipeline copy(Pipeline pipeline, Set<dev.headgate.gate.Trigger> triggers) {
    return new Pipeline(
        pipeline.name(),
        pipeline.manager(),
        triggers,
        pipeline.window(),
        pipeline.failFast(),
        pipeline.supersedes(),
        pipeline.keepsOldRevisions(),
        pipeline.ignoresDependencies(),
        pipeline.disableAfter(),
        pipeline.precedence(),
        pipeline.requires(),
        pipeline.rejects(),
        pipeline.projects());
  }
}
