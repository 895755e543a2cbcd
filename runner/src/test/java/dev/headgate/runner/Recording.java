package dev.headgate.runner;

import dev.headgate.model.AttemptEnd;
import dev.headgate.subunit.Bytes;
import dev.headgate.subunit.Event;
import dev.headgate.subunit.RawOutput;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A sink that remembers everything; safe for use by any thread. */
class Recording implements OutputSink {
  /** Far more than any job of a test takes; only a failure waits for it. */
  static final Duration PATIENCE = Duration.ofSeconds(60);

  private final List<Event> events = new ArrayList<>();
  private final BlockingQueue<AttemptEnd> ends = new ArrayBlockingQueue<>(2);

  @Override
  public synchronized void event(Event event) throws java.io.IOException {
    events.add(event);
  }

  @Override
  public void ended(AttemptEnd end) {
    ends.add(end);
  }

  synchronized List<Event> events() {
    return List.copyOf(events);
  }

  List<Event> tests() {
    return events().stream().filter(event -> event.testId() != null).toList();
  }

  Bytes bytes(String file) {
    return Bytes.concat(
        events().stream()
            .filter(event -> event.testId() == null && file.equals(event.fileName()))
            .map(Event::fileContent)
            .toList());
  }

  String text(String file) {
    return bytes(file).utf8();
  }

  String stdout() {
    return text(RawOutput.STDOUT);
  }

  String notes() {
    return text(NOTE);
  }

  /** The end, once; nothing may be told after it. */
  AttemptEnd end() throws InterruptedException {
    AttemptEnd end = ends.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    if (end == null) {
      throw new AssertionError("no end after " + PATIENCE + "; so far: " + events());
    }
    return end;
  }

  boolean hasEnded() {
    return !ends.isEmpty();
  }

  /** Takes the end if it comes in time. */
  boolean hasEndedWithin(long time, TimeUnit unit) throws InterruptedException {
    return ends.poll(time, unit) != null;
  }

  static void await(String what, BooleanSupplier fact) {
    await(what, PATIENCE, fact);
  }

  static void await(String what, Duration patience, BooleanSupplier fact) {
    long deadline = System.nanoTime() + patience.toNanos();
    while (!fact.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("not within " + patience + ": " + what);
      }
      java.util.concurrent.locks.LockSupport.parkNanos(5_000_000);
    }
  }
}
