package dev.headgate.subunit.stream;

import dev.headgate.subunit.Bytes;
import dev.headgate.subunit.Event;
import dev.headgate.subunit.Status;
import dev.headgate.subunit.TestKey;
import dev.headgate.subunit.TestResult;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Puts the events of each attempt of a test together and delivers it as one record, in the order in
 * which they ended.
 *
 * <p>A result is delivered {@linkplain Limits#linger() some results after} its final status, so
 * that files and corrections that come late are in it; {@link #lateEvents()} counts those that come
 * later still. A test that is announced is delivered at once, with {@link Status#EXISTS} and
 * without files; if it then runs, it is delivered again, under the same key. At the end of the
 * stream what still runs is delivered with {@link Status#INPROGRESS}: it hung or was lost. A test
 * of which there are files but no status is delivered with {@link Status#NONE}.
 *
 * <p>Events without a test id, text and damage are none of its business: put a {@link Tee} before
 * it. Memory is bounded by the limits; where they do not suffice, attachments lack their middle,
 * and if more tests run at a time than fit without them, the oldest is delivered as if the stream
 * had ended.
 */
public final class Assembler implements StreamSink {
  /**
   * How much is kept.
   *
   * @param maxFile the most bytes of one file, at least 2; a longer one keeps its first and its
   *     last half of that
   * @param maxHeld the most bytes of memory for all that was not yet delivered, roughly
   * @param linger how many ended results are kept waiting for what comes late; 0: none
   */
  public record Limits(int maxFile, int maxHeld, int linger) {
    /** Files of up to 4 MiB, 16 MiB in all, 32 results waiting. */
    public static final Limits USUAL = new Limits(4 << 20, 16 << 20, 32);

    /** No attachments, every result at once. */
    public static final Limits PROMPT = new Limits(0, 16 << 20, 0);

    public Limits {
      if (maxFile < 0 || maxHeld < 0 || linger < 0) {
        throw new IllegalArgumentException("a limit is at least 0");
      }
    }
  }

  private final Limits limits;
  private final Consumer<? super TestResult> results;
  private final Attempts attempts = new Attempts();
  private final RecentTests<List<String>> tags = new RecentTests<>();
  private final Map<Name, Assembly> pending = new LinkedHashMap<>();
  private final Deque<Assembly> ended = new ArrayDeque<>();
  private long held;
  private long late;

  /**
   * Delivers results.
   *
   * @param results called from within {@link #event} and {@link #end}
   */
  public Assembler(Limits limits, Consumer<? super TestResult> results) {
    this.limits = limits;
    this.results = results;
  }

  @Override
  public void event(Event event) {
    Name name = Name.of(event);
    if (name == null) {
      return;
    }
    if (!event.tags().isEmpty()) {
      tags.put(name, event.tags(), RecentTests.weightOf(event.tags()));
    }
    Assembly current = pending.get(name);
    boolean begins = event.status() == Status.INPROGRESS || event.status() == Status.EXISTS;
    if (current != null && current.isEnded() && begins) {
      // It still waits among the ended ones for its turn.
      pending.remove(name);
      current = null;
    }
    boolean isLate = current == null && attempts.hasEnded(name) && !begins;
    int attempt = attempts.of(event);
    if (isLate) {
      late++;
    } else if (current == null && event.status() == Status.EXISTS) {
      announce(new TestKey(name.route(), name.testId(), attempt), event);
    } else {
      update(current == null ? begin(name, attempt) : current, event);
    }
  }

  /** How many events came for attempts that were already delivered as ended. */
  public long lateEvents() {
    return late;
  }

  private void announce(TestKey key, Event event) {
    results.accept(
        new TestResult(
            key, Status.EXISTS, event.tags(), null, null, event.timestamp(), List.of(), 0));
  }

  private Assembly begin(Name name, int attempt) {
    Assembly assembly = new Assembly(name, attempt, limits.maxFile);
    pending.put(name, assembly);
    held += assembly.weight();
    return assembly;
  }

  private void update(Assembly assembly, Event event) {
    boolean wasEnded = assembly.isEnded();
    makeRoom(event.fileContent().length(), assembly);
    long before = assembly.weight();
    assembly.see(event, limits.maxHeld - held);
    held += assembly.weight() - before;
    if (assembly.isEnded() && !wasEnded) {
      ended.addLast(assembly);
    }
    while (ended.size() > limits.linger || (held > limits.maxHeld && !ended.isEmpty())) {
      deliver(ended.getFirst());
    }
    while (held > limits.maxHeld) {
      deliver(pending.values().iterator().next());
    }
  }

  /** Rather delivers what has ended than keeps nothing of a file. */
  private void makeRoom(int wanted, Assembly current) {
    while (limits.maxFile > 0
        && wanted + FileKeeper.PIECE_WEIGHT > limits.maxHeld - held
        && !ended.isEmpty()
        && ended.getFirst() != current) {
      deliver(ended.getFirst());
    }
  }

  private void deliver(Assembly assembly) {
    pending.remove(assembly.name(), assembly);
    ended.remove(assembly);
    held -= assembly.weight();
    List<String> known = tags.get(assembly.name());
    results.accept(assembly.result(known == null ? List.of() : known));
  }

  @Override
  public void text(Bytes bytes) {}

  @Override
  public void damage(Bytes bytes) {}

  @Override
  public void end() {
    List.copyOf(ended).forEach(this::deliver);
    List.copyOf(pending.values()).forEach(this::deliver);
  }
}
