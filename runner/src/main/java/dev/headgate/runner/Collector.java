package dev.headgate.runner;

import dev.headgate.model.TestCounts;
import dev.headgate.subunit.Bytes;
import dev.headgate.subunit.Event;
import dev.headgate.subunit.RawOutput;
import dev.headgate.subunit.Status;
import dev.headgate.subunit.TestSummary;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Turns what the pumps carry into the routed events of the sink, on one thread; the reports of the
 * attempt come in between on another, one at a time. Its results may be asked for when both have
 * ended.
 */
final class Collector implements Runnable, ReportWatch.Listener {
  private static final int PIPES = 2;

  /** Half a mebibyte on its way to a slow sink; then the pipes fill and the job waits. */
  private static final int QUEUED_CHUNKS = 8;

  private static final String NOTE_TYPE = "text/plain;charset=utf8";

  private final BlockingQueue<Chunk> queue = new ArrayBlockingQueue<>(QUEUED_CHUNKS);
  private final TestSummary tests = new TestSummary();
  private final List<String> notes = new ArrayList<>();
  private final List<PipeText> pipes;
  private final String route;
  private final OutputSink sink;
  private final InstantSource clock;
  private final Mailbox mailbox;
  private int ended;

  /** Held by whoever calls the sink. */
  private final ReentrantLock calling = new ReentrantLock();

  private volatile @Nullable Throwable failure;

  Collector(
      String route,
      OutputSink sink,
      RunnerSettings settings,
      InstantSource clock,
      Mailbox mailbox) {
    this.route = route;
    this.sink = sink;
    this.clock = clock;
    this.mailbox = mailbox;
    PipeText.Output output = new Routed();
    this.pipes =
        List.of(
            new PipeText(RawOutput.STDOUT, settings, output),
            new PipeText(RawOutput.STDERR, settings, output));
  }

  /** Where to put what comes; it ends with {@link Chunk.Finish}. */
  BlockingQueue<Chunk> queue() {
    return queue;
  }

  @Override
  public void run() {
    try {
      Chunk chunk = next();
      while (!(chunk instanceof Chunk.Finish)) {
        take(chunk);
        chunk = next();
      }
      attempt(this::finish);
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts a collector", e);
    }
  }

  /** The next chunk; before it waits for one, what need not wait is passed on. */
  private Chunk next() throws InterruptedException {
    Chunk chunk = queue.poll();
    while (chunk == null) {
      attempt(this::settle);
      Optional<Duration> wait = untilSettled();
      chunk =
          wait.isPresent() ? queue.poll(wait.get().toNanos(), TimeUnit.NANOSECONDS) : queue.take();
    }
    return chunk;
  }

  private Optional<Duration> untilSettled() {
    if (failure != null) {
      return Optional.empty();
    }
    return pipes.stream()
        .map(PipeText::untilSettled)
        .flatMap(Optional::stream)
        .min(Duration::compareTo);
  }

  private void settle() throws IOException {
    for (PipeText pipe : pipes) {
      pipe.settle();
    }
  }

  private void take(Chunk chunk) {
    switch (chunk) {
      case Chunk.Data data -> attempt(() -> pipes.get(data.pipe()).accept(data.bytes()));
      case Chunk.PipeEnd end -> {
        attempt(() -> pipes.get(end.pipe()).end());
        ended++;
        if (ended == PIPES) {
          mailbox.post(new Signal.OutputEnded());
        }
      }
      case Chunk.Note note -> notes.add(note.text());
      case Chunk.Finish finish -> throw new IllegalStateException("the end is taken elsewhere");
    }
  }

  private void finish() throws IOException {
    PipeText.Output output = new Routed();
    for (PipeText pipe : pipes) {
      pipe.finish();
    }
    for (String note : notes) {
      output.note(note);
    }
  }

  private interface Step {
    void run() throws IOException;
  }

  /**
   * Does something that calls the sink, unless that has failed. Also when it fails by a bug, of the
   * sink or of ours, the queue must be emptied until the job has been killed.
   */
  private void attempt(Step step) {
    calling.lock();
    try {
      if (failure == null) {
        step.run();
      }
    } catch (IOException | RuntimeException | Error e) {
      failure = e;
      mailbox.post(new Signal.SinkFailed());
    } finally {
      calling.unlock();
    }
  }

  @Override
  public void report(ReportTelling telling) {
    attempt(() -> telling.tell(new Routed()));
  }

  @Override
  public void note(String text) {
    attempt(() -> new Routed().note(text));
  }

  /** Why the output could not be kept, if it could not. */
  Optional<Throwable> failure() {
    return Optional.ofNullable(failure);
  }

  /**
   * The tests seen, counted over every attempt of each: one that failed counts, though the job
   * tried it again by itself and it passed.
   */
  TestCounts tests() {
    TestSummary.Counts counts = tests.counts();
    return new TestCounts(counts.passed(), counts.failed(), counts.skipped(), counts.unfinished());
  }

  private final class Routed implements PipeText.Output, ReportTelling.Output {
    @Override
    public void event(Event event) throws IOException {
      Event routed = event.underRoute(route);
      count(routed);
      sink.event(routed);
    }

    @Override
    public void unroutable(Event event) {
      count(event.underRoute(route));
    }

    /** The summary is asked for numbers only: it must not keep files, nor grow by them. */
    private void count(Event event) {
      if (event.testId() != null && event.status() != Status.NONE) {
        tests.accept(
            Event.test(event.testId(), event.status()).routeCode(event.routeCode()).build());
      }
    }

    @Override
    public void text(String file, Bytes text) throws IOException {
      sink.event(new RawOutput(route, file).wrap(text).withTimestamp(clock.instant()));
    }

    @Override
    public void note(String text) throws IOException {
      sink.event(
          Event.builder()
              .file(OutputSink.NOTE, Bytes.ofUtf8(text + "\n"))
              .mimeType(NOTE_TYPE)
              .timestamp(clock.instant())
              .routeCode(route)
              .build());
    }
  }
}
