package dev.headgate.runner;

import java.nio.file.Path;
import java.time.InstantSource;

/**
 * Starts attempts of jobs on this machine. Safe for use by any thread.
 *
 * <p>If this process dies, be it by kill -9, the jobs it started are killed within two seconds:
 * each is watched by a small shell that holds the other end of a pipe to us. Should that be killed
 * as well, {@link Leftovers#kill} ends the jobs at the next start.
 */
public final class Runner {
  private final Path stateFolder;
  private final RunnerSettings settings;
  private final InstantSource clock;

  /**
   * A runner with the default settings.
   *
   * @param stateFolder where it notes what runs; made if it does not exist; on a file system that
   *     has named pipes
   */
  public Runner(Path stateFolder) {
    this(stateFolder, RunnerSettings.DEFAULT, InstantSource.system());
  }

  /** A runner with other settings, and a clock for the times of events. */
  public Runner(Path stateFolder, RunnerSettings settings, InstantSource clock) {
    this.stateFolder = stateFolder.toAbsolutePath();
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * Starts an attempt and returns at once. Whatever comes of it, a fault in starting it included,
   * is told to the sink.
   *
   * @param command what to run
   * @param route the route code that is put before those of the job's events, such as {@code
   *     job/slot}; never empty
   * @param sink takes the events and the end
   */
  public RunningJob start(Command command, String route, OutputSink sink) {
    if (route.isEmpty() || route.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("the route code of a job is empty or contains NUL");
    }
    Attempt attempt = new Attempt(stateFolder, settings, clock, command, route, sink);
    Thread.ofVirtual().name("attempt " + route).start(attempt);
    return new RunningJob(attempt);
  }
}
