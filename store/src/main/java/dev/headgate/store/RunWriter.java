package dev.headgate.store;

import dev.headgate.subunit.Bytes;
import dev.headgate.subunit.Event;
import dev.headgate.subunit.PacketEncoder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Records one run. Events may be appended by any thread; they are kept in the order of the calls.
 *
 * <p>What was appended is in the file within a second, and on the disk within about another one; a
 * kill of this process loses at most the last second, a power cut the last two. Once writing failed
 * every later call fails in the same way.
 */
public final class RunWriter implements AutoCloseable {
  /**
   * Sees events once they are in the file. It is called in the order of the events, while others
   * wait to append: it must be quick and must not append itself. One that throws is reported to the
   * thread's handler of uncaught exceptions and not called again.
   */
  @FunctionalInterface
  public interface Flushed {
    /** These events were written. */
    void written(List<Event> events);
  }

  /** Leaves room for the looks of {@link RunFlusher}, so that nothing is older than a second. */
  private static final Duration OLDEST_BUFFERED = Duration.ofMillis(600);

  /** Larger content is split, so that its packets fit frames of the usual size. */
  private static final int LARGEST_CONTENT = 128 << 10;

  private final RunHeader header;
  private final SegmentWriter segment;
  private final RunSealing sealing;
  private final InstantSource clock;
  private final RunTally tally = new RunTally();
  private final PacketEncoder encoder = new PacketEncoder();
  private final ByteArrayOutputStream buffered = new ByteArrayOutputStream();
  private final List<Event> bufferedEvents = new ArrayList<>();
  private @Nullable Flushed listener;
  private @Nullable StoreException failure;
  private int bufferedLines;
  private long bufferedSince;
  private boolean unsynced;
  private boolean closed;

  /** What becomes of a segment that is complete. */
  @FunctionalInterface
  interface RunSealing {
    /** Enters it into the index and gives it its name; the file is closed already. */
    void sealed(RunWriter writer, RunEnd end, String digest, List<RecordedTest> tests);
  }

  RunWriter(
      RunHeader header,
      SegmentWriter segment,
      RunSealing sealing,
      InstantSource clock,
      @Nullable Flushed listener) {
    this.header = header;
    this.segment = segment;
    this.sealing = sealing;
    this.clock = clock;
    this.listener = listener;
  }

  /** Where it is recorded. */
  java.nio.file.Path file() {
    return segment.file();
  }

  /** What is recorded. */
  public RunHeader header() {
    return header;
  }

  /**
   * Appends an event, with the route it came by.
   *
   * @throws IllegalArgumentException if it cannot be written as a packet; nothing is appended
   * @throws StoreException if writing failed, now or earlier
   */
  public synchronized void append(Event event) {
    requireUsable();
    Event plain = plain(event);
    Bytes content = plain.fileContent();
    if (content.length() <= LARGEST_CONTENT) {
      appendPacket(plain);
      return;
    }
    // The first part says all but the end, so that the others belong to the attempt it speaks of.
    appendPacket(
        plain.toBuilder()
            .file(plain.fileName(), content.slice(0, LARGEST_CONTENT))
            .eof(false)
            .build());
    for (int from = LARGEST_CONTENT; from < content.length(); from += LARGEST_CONTENT) {
      int to = Math.min(content.length(), from + LARGEST_CONTENT);
      appendPacket(
          Event.builder()
              .testId(plain.testId())
              .timestamp(plain.timestamp())
              .routeCode(plain.routeCode())
              .file(plain.fileName(), content.slice(from, to))
              .eof(plain.eof() && to == content.length())
              .build());
    }
  }

  /** The event as it will be read back: an empty test id or route is never written. */
  private static Event plain(Event event) {
    boolean emptyId = event.testId() != null && event.testId().isEmpty();
    boolean emptyRoute = event.routeCode() != null && event.routeCode().isEmpty();
    if (!emptyId && !emptyRoute) {
      return event;
    }
    return event.toBuilder()
        .testId(emptyId ? null : event.testId())
        .routeCode(emptyRoute ? null : event.routeCode())
        .build();
  }

  private void appendPacket(Event event) {
    encoder.append(event);
    if (buffered.size() > 0 && buffered.size() + encoder.length() > SegmentFormat.FRAME_LIMIT) {
      writeFrame();
    }
    if (buffered.size() == 0) {
      bufferedSince = System.nanoTime();
    }
    try {
      encoder.writeTo(buffered);
    } catch (IOException e) {
      throw new IllegalStateException("a buffer in memory refused bytes", e);
    }
    bufferedLines += RunTally.lines(event);
    tally.accept(event, segment.frames());
    if (listener != null) {
      bufferedEvents.add(event);
    }
  }

  /** Writes what is buffered to the file now; it is not waited for the disk. */
  public synchronized void flush() {
    requireUsable();
    writeFrame();
  }

  private void writeFrame() {
    if (buffered.size() == 0) {
      return;
    }
    try {
      segment.frame(buffered.toByteArray(), bufferedLines, clock.instant());
    } catch (IOException e) {
      throw failed(e);
    }
    buffered.reset();
    bufferedLines = 0;
    unsynced = true;
    tell();
  }

  private void tell() {
    Flushed told = listener;
    if (told == null) {
      return;
    }
    List<Event> events = List.copyOf(bufferedEvents);
    bufferedEvents.clear();
    try {
      told.written(events);
    } catch (RuntimeException e) {
      // Watching must not break recording.
      listener = null;
      Thread current = Thread.currentThread();
      current.getUncaughtExceptionHandler().uncaughtException(current, e);
    }
  }

  /** Called a few times a second: writes what is getting old, and brings it to the disk. */
  void tick() {
    boolean sync;
    synchronized (this) {
      if (closed || failure != null) {
        return;
      }
      if (buffered.size() > 0 && System.nanoTime() - bufferedSince >= OLDEST_BUFFERED.toNanos()) {
        writeFrame();
      }
      sync = unsynced;
      unsynced = false;
    }
    if (sync) {
      sync();
    }
  }

  /** Not under the lock: a slow disk must not stop a process whose output is being recorded. */
  private void sync() {
    try {
      segment.sync();
    } catch (IOException e) {
      synchronized (this) {
        // Sealing may have closed the file meanwhile, having synced all of it.
        if (!closed) {
          throw failed(e);
        }
      }
    }
  }

  /**
   * Ends the run: the segment gets its index and its name, the tables their rows. All of it is on
   * disk when this returns.
   *
   * @throws StoreException if writing failed, now or earlier; what is in the file already becomes
   *     an interrupted run when the repository is opened the next time
   */
  public void seal(RunEnd end) {
    List<RecordedTest> tests;
    String digest;
    synchronized (this) {
      requireUsable();
      writeFrame();
      tests = tally.tests();
      try {
        digest = segment.seal(end, tests);
        closed = true;
        segment.close();
      } catch (IOException e) {
        throw failed(e);
      }
    }
    sealing.sealed(this, end, digest, tests);
  }

  /** Ends recording. A run that was not sealed is found as interrupted by the next process. */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    try (segment) {
      if (failure == null) {
        writeFrame();
      }
    } catch (IOException e) {
      throw failed(e);
    } finally {
      closed = true;
    }
  }

  private StoreException failed(IOException cause) {
    StoreException latched =
        FileFaults.exception("record run " + header.runId() + " in", segment.file(), cause);
    failure = latched;
    return latched;
  }

  private void requireUsable() {
    if (failure != null) {
      throw failure;
    }
    if (closed) {
      throw new IllegalStateException("run " + header.runId() + " has ended");
    }
  }
}
