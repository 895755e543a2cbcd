package dev.headgate.config;

import dev.headgate.model.Job;
import dev.headgate.model.JobName;
import dev.headgate.model.Need;
import java.time.Duration;
import java.util.List;
import java.util.Map;

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
      List<String> keep) {

    Job job() {
      return new Job(
          new JobName(name.job),
          run,
          needs.stream().map(need -> new Need(new JobName(need.job.job), !need.soft)).toList(),
          timeout,
          voting,
          attempts,
          retry,
          files,
          env,
          keep);
    }
  }

  /** One entry of {@code pipelines}. */
  record PipelineDraft(String name, Place at, List<Reference> jobs) {}
}
