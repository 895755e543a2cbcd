package dev.headgate.sim.scenario;

import dev.headgate.model.PipelineName;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The jobs of one project.
 *
 * @param byPipeline its jobs in configuration order by the pipeline's name; those under {@link
 *     #EVERY} are for all pipelines that are not named
 * @param broken whether it is a configuration that nobody can use
 */
record JobLists(Map<String, List<PlannedJob>> byPipeline, boolean broken) {
  /** Stands for every pipeline. */
  static final String EVERY = "*";

  /** What nobody can use. */
  static final JobLists BROKEN = new JobLists(Map.of(), true);

  JobLists {
    byPipeline = Collections.unmodifiableMap(new LinkedHashMap<>(byPipeline));
  }

  /** The jobs for a pipeline; empty if the project takes no part in it. */
  Optional<List<PlannedJob>> of(PipelineName pipeline) {
    return Optional.ofNullable(byPipeline.get(pipeline.value()))
        .or(() -> Optional.ofNullable(byPipeline.get(EVERY)));
  }
}
