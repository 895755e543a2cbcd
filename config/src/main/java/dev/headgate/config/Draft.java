package dev.headgate.config;

import dev.headgate.model.Coordination;
import dev.headgate.model.Job;
import dev.headgate.model.JobName;
import dev.headgate.model.Need;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What was read of a file before anything is known to fit together; keeps places for messages. */
final class Draft {
  private Draft() {}

  /** The name of a job, at the place where it is written. */
  record Reference(String job, Place at) {}

  /** One entry of {@code needs}. */
  record NeedDraft(Reference job, boolean soft) {}

  /** One job; a value that could not be read has its default. */
  record JobDraft(
      Reference name,
      String run,
      List<NeedDraft> needs,
      Duration timeout,
      boolean voting,
      int attempts,
      int retry,
      List<String> files,
      Map<String, String> env,
      List<String> keep,
      Coordination coordination,
      List<String> results) {

    /** The job with those of its needs that are among the names. */
    Job job(Set<String> names) {
      return new Job(
          new JobName(name.job),
          run,
          needs.stream()
              .filter(need -> names.contains(need.job.job))
              .map(need -> new Need(new JobName(need.job.job), !need.soft))
              .toList(),
          timeout,
          voting,
          attempts,
          retry,
          files,
          env,
          keep,
          coordination,
          results);
    }
  }

  /** One entry of {@code pipelines}. */
  record PipelineDraft(String name, Place at, List<Reference> jobs) {}
}
