package dev.headgate.runner;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What to run for one attempt of a job.
 *
 * @param run the text for {@code /bin/sh -e -c}: of several lines, the first that fails ends it, as
 *     continuous integration systems do; its standard input is empty
 * @param directory where it runs; it must exist
 * @param environment its whole environment: nothing is inherited, and only {@code HEADGATE_MARK},
 *     by which its processes are found again, is added (a shell may add {@code PWD})
 * @param timeout after which it is ended; positive
 * @param results globs of the report files, below {@code directory}, that tell its tests (see
 *     {@link dev.headgate.model.PathGlob}); empty: it writes none
 */
public record Command(
    String run,
    Path directory,
    Map<String, String> environment,
    Duration timeout,
    List<String> results) {
  public Command {
    if (run.isBlank() || run.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("what is to be run is blank or contains NUL");
    }
    if (timeout.isZero() || timeout.isNegative()) {
      throw new IllegalArgumentException("a timeout must be positive, got " + timeout);
    }
    environment = Collections.unmodifiableMap(new TreeMap<>(environment));
    results = List.copyOf(results);
  }

  /** A command that writes no reports. */
  public Command(String run, Path directory, Map<String, String> environment, Duration timeout) {
    this(run, directory, environment, timeout, List.of());
  }
}
