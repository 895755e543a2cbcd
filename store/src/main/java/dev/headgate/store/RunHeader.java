package dev.headgate.store;

import java.time.Instant;

/**
 * What is known of a run when it begins. Its texts may be empty, but for the run's id.
 *
 * @param runId names this recording among all of the site; {@link RunRepository#freshRunId} makes
 *     one
 * @param buildId the attempt of a build that is recorded; several recordings of one are possible,
 *     for a build that a crash cut off is carried out again
 * @param job the job's name
 * @param change the change that is tested
 * @param item the queue's item
 * @param content the commit that is tested
 * @param path the items assumed to land before, as text
 * @param attempt counts from 1
 * @param startedAt when it began
 * @param commandJson what is run and how, in a form that belongs to the caller
 */
public record RunHeader(
    String runId,
    long buildId,
    String job,
    String change,
    String item,
    String content,
    String path,
    int attempt,
    Instant startedAt,
    String commandJson) {
  public RunHeader {
    StoredText.requireName("run id", runId);
    for (String text : new String[] {job, change, item, content, path, commandJson}) {
      StoredText.requireWellFormed("text of a run", text);
    }
  }
}
