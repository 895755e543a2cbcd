package dev.headgate.model;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One job as its configuration defines it.
 *
 * @param name its name, unique in its graph
 * @param run the shell command; never blank
 * @param needs the jobs it waits for, in configuration order
 * @param timeout how long one attempt may take; positive
 * @param voting whether its failure keeps the change from landing
 * @param attempts how many attempts are made in all while they end by a fault of the environment;
 *     at least 1
 * @param retry how many more attempts are made on the same path after a failure of the change
 *     before the failure counts; at least 0
 * @param files globs of changed files that make it run (see {@link PathGlob}); empty: it always
 *     runs
 * @param env variables added to its declared environment, sorted by name
 * @param keep paths of the workspace that survive between builds of one slot, globs as git's clean
 *     understands them
 * @param coordination what ties it to other items and to other jobs of the site
 * @param results globs of the report files that it writes into its workspace and that tell its
 *     tests (see {@link PathGlob}); empty: it writes none
 */
public record Job(
    JobName name,
    String run,
    List<Need> needs,
    Duration timeout,
    boolean voting,
    int attempts,
    int retry,
    List<String> files,
    Map<String, String> env,
    List<String> keep,
    Coordination coordination,
    List<String> results) {

  /** The time one attempt may take if the configuration names none. */
  public static final Duration DEFAULT_TIMEOUT = Duration.ofHours(1);

  /** The attempts made on faults of the environment if the configuration names none. */
  public static final int DEFAULT_ATTEMPTS = 3;

  public Job {
    Names.requireName("run", run);
    needs = List.copyOf(needs);
    files = List.copyOf(files);
    env = Collections.unmodifiableMap(new TreeMap<>(env));
    keep = List.copyOf(keep);
    results = List.copyOf(results);
    if (timeout.isZero() || timeout.isNegative()) {
      throw new IllegalArgumentException("timeout of " + name + " must be positive: " + timeout);
    }
    if (attempts < 1 || retry < 0) {
      throw new IllegalArgumentException(
          "job " + name + ": attempts " + attempts + " must be ≥ 1, retry " + retry + " ≥ 0");
    }
  }

  /** A job that writes no reports. */
  public Job(
      JobName name,
      String run,
      List<Need> needs,
      Duration timeout,
      boolean voting,
      int attempts,
      int retry,
      List<String> files,
      Map<String, String> env,
      List<String> keep,
      Coordination coordination) {
    this(
        name,
        run,
        needs,
        timeout,
        voting,
        attempts,
        retry,
        files,
        env,
        keep,
        coordination,
        List.of());
  }

  /** A job without ties to others that writes no reports. */
  public Job(
      JobName name,
      String run,
      List<Need> needs,
      Duration timeout,
      boolean voting,
      int attempts,
      int retry,
      List<String> files,
      Map<String, String> env,
      List<String> keep) {
    this(name, run, needs, timeout, voting, attempts, retry, files, env, keep, Coordination.NONE);
  }

  /** The same job with other needs. */
  public Job withNeeds(List<Need> others) {
    return new Job(
        name,
        run,
        others,
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

  /** The same job with other ties. */
  public Job with(Coordination other) {
    return new Job(
        name, run, needs, timeout, voting, attempts, retry, files, env, keep, other, results);
  }

  /** A job with the defaults of every key but its command. */
  public static Job of(String name, String run) {
    return new Job(
        new JobName(name),
        run,
        List.of(),
        DEFAULT_TIMEOUT,
        true,
        DEFAULT_ATTEMPTS,
        0,
        List.of(),
        Map.of(),
        List.of());
  }
}
