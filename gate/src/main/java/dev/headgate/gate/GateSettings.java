package dev.headgate.gate;

import dev.headgate.model.PipelineName;
import dev.headgate.model.ProjectId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How a site is set up.
 *
 * @param pipelines its pipelines, in configuration order; names are unique
 * @param queues its shared queues; names are unique and no project is in two of them
 * @param semaphores how many builds may hold each semaphore at once; one that is not listed can be
 *     held by one
 * @param differences where it does other than the reference
 */
public record GateSettings(
    List<Pipeline> pipelines,
    List<SharedQueue> queues,
    Map<String, Integer> semaphores,
    Differences differences) {
  /** One dependent pipeline named gate, with the default window. */
  public static final GateSettings DEFAULT = gate(Window.DEFAULT);

  public GateSettings {
    pipelines = List.copyOf(pipelines);
    queues = List.copyOf(queues);
    semaphores = Collections.unmodifiableMap(new TreeMap<>(semaphores));
    problems(pipelines, queues, semaphores).stream()
        .findFirst()
        .ifPresent(problem -> {
          throw new IllegalArgumentException(problem);
        });
  }

  /** One dependent pipeline named gate, with the given window. */
  public static GateSettings gate(Window window) {
    return new GateSettings(
        List.of(Pipeline.of("gate", Manager.DEPENDENT).with(window)),
        List.of(),
        Map.of(),
        Differences.HEADGATE);
  }

  /** What of the parts contradicts each other, each in a sentence; empty if nothing does. */
  public static List<String> problems(
      List<Pipeline> pipelines, List<SharedQueue> queues, Map<String, Integer> semaphores) {
    List<String> found = new ArrayList<>();
    Set<PipelineName> names = new HashSet<>();
    for (Pipeline pipeline : pipelines) {
      if (!names.add(pipeline.name())) {
        found.add("two pipelines are named " + pipeline.name());
      }
    }
    for (Pipeline pipeline : pipelines) {
      for (PipelineName superseded : pipeline.supersedes()) {
        if (!names.contains(superseded)) {
          found.add(
              "pipeline "
                  + pipeline.name()
                  + " supersedes "
                  + superseded
                  + ", which is no pipeline");
        }
      }
    }
    Set<String> queueNames = new HashSet<>();
    Map<ProjectId, String> queueOf = new TreeMap<>();
    for (SharedQueue queue : queues) {
      if (!queueNames.add(queue.name())) {
        found.add("two queues are named " + queue.name());
      }
      if (queue.byTopic() && !queue.circular()) {
        found.add("queue " + queue.name() + " joins changes by topic but does not allow circles");
      }
      for (ProjectId project : queue.projects()) {
        String other = queueOf.put(project, queue.name());
        if (other != null) {
          found.add("project " + project + " is in the queues " + other + " and " + queue.name());
        }
      }
    }
    semaphores.forEach((name, most) -> {
      if (most < 1) {
        found.add("semaphore " + name + " must allow at least 1 holder, got " + most);
      }
    });
    return found;
  }

  /** The pipeline of that name, if there is one. */
  public Optional<Pipeline> pipeline(PipelineName name) {
    return pipelines.stream().filter(pipeline -> pipeline.name().equals(name)).findFirst();
  }

  /** The shared queue of a project; null if it has one of its own. */
  @Nullable SharedQueue queueOf(ProjectId project) {
    for (SharedQueue queue : queues) {
      if (queue.projects().contains(project)) {
        return queue;
      }
    }
    return null;
  }

  int holdersOf(String semaphore) {
    return semaphores.getOrDefault(semaphore, 1);
  }

  /** The same site with the differences given. */
  public GateSettings with(Differences others) {
    return new GateSettings(pipelines, queues, semaphores, others);
  }
}
