package dev.headgate.runner;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A process of its own that starts a job and waits to be killed. */
final class Owner {
  private Owner() {}

  /** Takes the folder and the command; ends by itself if nobody kills it. */
  public static void main(String[] arguments) throws Exception {
    Files.createFile(Path.of(arguments[0], "begins"));
    Recording job = new Recording();
    new Jobs(Path.of(arguments[0])).start(arguments[1], job);
    if (job.hasEndedWithin(60, TimeUnit.SECONDS)) {
      throw new IllegalStateException("the job ended: " + job.stdout() + job.notes());
    }
  }

  /** Starts one that makes a file {@code begins} just before it starts its job. */
  static Process spawn(Path folder, String run) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            Owner.class.getName(),
            folder.toString(),
            run)
        .inheritIO()
        .start();
  }

  /** Starts one and waits until its job has made a file {@code up}. */
  static Process start(Path folder, String run) throws IOException {
    Process owner = spawn(folder, run);
    Recording.await("its job", () -> Files.exists(folder.resolve("up")));
    return owner;
  }
}
