package dev.headgate.runner;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;

/** Jobs of a test in a folder of its own. */
final class Jobs {
  static final String ROUTE = "unit/1";

  private final Path folder;
  private final Runner runner;

  Jobs(Path folder) {
    this(folder, RunnerSettings.DEFAULT);
  }

  Jobs(Path folder, RunnerSettings settings) {
    this.folder = folder;
    this.runner = new Runner(folder.resolve("state"), settings, InstantSource.system());
  }

  Path state() {
    return folder.resolve("state");
  }

  Command command(String run) {
    return new Command(run, folder, Map.of("PATH", System.getenv("PATH")), Duration.ofSeconds(50));
  }

  RunningJob start(String run, OutputSink sink) {
    return start(command(run), sink);
  }

  RunningJob start(Command command, OutputSink sink) {
    return runner.start(command, ROUTE, sink);
  }

  /** Runs to the end. */
  Recording run(String run) {
    Recording recording = new Recording();
    start(run, recording);
    Recording.await("the end of " + run, recording::hasEnded);
    return recording;
  }

  static Command withTimeout(Command command, Duration timeout) {
    return new Command(command.run(), command.directory(), command.environment(), timeout);
  }
}
