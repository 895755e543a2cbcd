package dev.headgate.sim;

import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;

/**
 * The clock of a world and what is to happen in it, in milliseconds since its begin. Tasks of one
 * instant run in the order they were scheduled.
 *
 * <p>A task may belong to the process that gates: it dies with it.
 */
final class Timeline {
  private static final long FOREVER = 0;

  private final PriorityQueue<Task> tasks =
      new PriorityQueue<>(Comparator.comparingLong(Task::at).thenComparingLong(Task::sequence));
  private long now;
  private long sequence;
  private long process = 1;

  private record Task(long at, long sequence, long process, Runnable action) {}

  long now() {
    return now;
  }

  Instant instant() {
    return Instant.ofEpochMilli(now);
  }

  /** Schedules something that happens whatever becomes of the process. */
  void after(long millis, Runnable action) {
    tasks.add(new Task(now + millis, sequence++, FOREVER, action));
  }

  /** Schedules something that happens only if the present process still lives then. */
  void inProcess(long millis, Runnable action) {
    tasks.add(new Task(now + millis, sequence++, process, action));
  }

  /** The present process is dead, and what it was about to do happens no more. */
  void processDied() {
    process++;
    tasks.removeIf(task -> task.process() != FOREVER);
  }

  boolean isEmpty() {
    return tasks.isEmpty();
  }

  /** Whether something is scheduled within so many milliseconds. */
  boolean comesWithin(long millis) {
    Task next = tasks.peek();
    return next != null && next.at() <= now + millis;
  }

  /** Moves the clock to the next task and runs it. */
  void runNext() {
    Task next = tasks.remove();
    now = Math.max(now, next.at());
    next.action().run();
  }

  /** Lets time pass in which nothing is scheduled. */
  void pass(long millis) {
    now += millis;
  }
}
