package dev.headgate.runner;

import dev.headgate.model.BuildId;
import dev.headgate.model.ChangeId;
import dev.headgate.model.Content;
import dev.headgate.model.JobName;
import dev.headgate.model.ProjectId;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The declared environment of one attempt of a job: what it may depend on, and nothing else. Each
 * value reaches the job as the {@code HEADGATE_} variable of its name.
 *
 * @param project the project under test
 * @param change the change it is run for
 * @param path what it is tested on, in words
 * @param job its name
 * @param slot where it runs among the jobs at the same time
 * @param build the build it is an attempt of
 * @param attempt 1 for the first
 * @param commit the tested commit
 * @param temporary its {@code TMPDIR}, one for each slot; who runs the job makes it
 */
public record JobEnvironment(
    ProjectId project,
    ChangeId change,
    String path,
    JobName job,
    int slot,
    BuildId build,
    int attempt,
    Content commit,
    Path temporary) {

  /**
   * What is taken over from the caller's environment where it is set: where programs, the user's
   * files and the JDK are, the language, and the way out to the network.
   */
  private static final List<String> TAKEN_OVER =
      List.of(
          "PATH",
          "HOME",
          "USER",
          "LANG",
          "JAVA_HOME",
          "http_proxy",
          "https_proxy",
          "no_proxy",
          "HTTP_PROXY",
          "HTTPS_PROXY",
          "NO_PROXY");

  /**
   * All variables, sorted by name.
   *
   * @param caller the environment of whoever starts the gate
   * @param env the job's own variables, which win over all others
   */
  public SortedMap<String, String> variables(Map<String, String> caller, Map<String, String> env) {
    SortedMap<String, String> all = new TreeMap<>();
    for (String name : TAKEN_OVER) {
      String value = caller.get(name);
      if (value != null) {
        all.put(name, value);
      }
    }
    all.put("TMPDIR", temporary.toString());
    all.put("HEADGATE_PROJECT", project.value());
    all.put("HEADGATE_CHANGE", change.value());
    all.put("HEADGATE_PATH", path);
    all.put("HEADGATE_JOB", job.value());
    all.put("HEADGATE_SLOT", Integer.toString(slot));
    all.put("HEADGATE_BUILD", build.toString());
    all.put("HEADGATE_ATTEMPT", Integer.toString(attempt));
    all.put("HEADGATE_COMMIT", commit.value());
    all.putAll(env);
    return Collections.unmodifiableSortedMap(all);
  }
}
