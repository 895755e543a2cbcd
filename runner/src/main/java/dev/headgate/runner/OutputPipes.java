package dev.headgate.runner;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;

/**
 * The reading ends of a job's output.
 *
 * <p>Named pipes, and not those that the JDK makes: when a process ends, the JDK reads what its
 * pipes still hold into memory and closes them under the reader, so that a child left behind that
 * goes on writing fills the heap. Ours stay open for as long as we say.
 */
final class OutputPipes implements AutoCloseable {
  /** Somebody who holds the pipes and writes nothing for so long is not waited for. */
  private static final Duration IDLE = Duration.ofSeconds(1);

  /** Nor somebody who still writes after so long. */
  private static final Duration LONGEST = Duration.ofSeconds(10);

  /** Nor somebody who writes more than two pipes can hold, however large they were made. */
  private static final long MOST_BYTES = 2L << 20;

  private final FileChannel stdout;
  private final FileChannel stderr;
  private final List<RandomAccessFile> holds;
  private final List<Pump> pumps;
  private final List<Thread> threads = new ArrayList<>();

  private OutputPipes(
      FileChannel stdout,
      FileChannel stderr,
      List<RandomAccessFile> holds,
      BlockingQueue<Chunk> queue) {
    this.stdout = stdout;
    this.stderr = stderr;
    this.holds = holds;
    this.pumps = List.of(new Pump(0, stdout, queue), new Pump(1, stderr, queue));
  }

  /**
   * Opens the pipes of an attempt. To open one end of a named pipe waits for the other end, except
   * for both ends at once: such a hold on each keeps it open until the job has its ends.
   */
  @SuppressWarnings("resource") // closed with this
  static OutputPipes open(AttemptFolder folder, BlockingQueue<Chunk> queue) throws IOException {
    RandomAccessFile outHold = new RandomAccessFile(folder.stdout().toFile(), "rw");
    RandomAccessFile errHold = new RandomAccessFile(folder.stderr().toFile(), "rw");
    return new OutputPipes(
        reader(folder.stdout()), reader(folder.stderr()), List.of(outHold, errHold), queue);
  }

  private static FileChannel reader(Path pipe) throws IOException {
    return FileChannel.open(pipe, StandardOpenOption.READ);
  }

  /** Lets the pumps run, once the job has its ends. */
  void start(String name) throws IOException {
    release();
    for (Pump pump : pumps) {
      threads.add(Thread.ofPlatform().daemon().name("pump " + name).start(pump));
    }
  }

  private void release() throws IOException {
    for (RandomAccessFile hold : holds) {
      hold.close();
    }
  }

  /** Begins to wait for what the pipes still hold, when nothing of the job runs any more. */
  Rest rest() {
    return new Rest();
  }

  private long carried() {
    return pumps.stream().mapToLong(Pump::carried).sum();
  }

  /** The wait for the rest of the output, to be asked again and again. */
  final class Rest {
    private final long before = carried();
    private final Deadline longest = Deadline.in(LONGEST);
    private long last = before;
    private Deadline idle = Deadline.in(IDLE);

    private Rest() {}

    /** Whether to wait no longer. While a pump waits for the sink, the job is not to blame. */
    boolean isOver() {
      long now = carried();
      boolean waitForJob = pumps.stream().allMatch(Pump::waitsForJob);
      if (now != last || !waitForJob) {
        last = now;
        idle = Deadline.in(IDLE);
      }
      return idle.passed() || now - before > MOST_BYTES || (longest.passed() && waitForJob);
    }
  }

  /**
   * Stops the pumps, whoever still writes, and waits until they have given to the collector what
   * they had read.
   */
  void abandon() throws IOException, InterruptedException {
    close();
    for (Thread thread : threads) {
      thread.join();
    }
  }

  @Override
  public void close() throws IOException {
    release();
    stdout.close();
    stderr.close();
  }
}
