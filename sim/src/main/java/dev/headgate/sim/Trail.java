package dev.headgate.sim;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The last things that happened, for a person who must find out why an invariant broke. */
final class Trail {
  /** Enough to see the whole life of the items concerned in most broken histories. */
  private static final int KEPT = 60;

  private final Timeline timeline;
  private final boolean fingerprinted;
  private final Deque<Entry> entries = new ArrayDeque<>();
  private long fingerprint;

  /** Kept unformatted: nearly no entry is ever read. */
  private record Entry(long at, String format, List<Object> arguments) {
    @Override
    public String toString() {
      return "%8.1f s  ".formatted(at / 1000.0) + format.formatted(arguments.toArray());
    }
  }

  /**
   * @param fingerprinted whether to compute a fingerprint, which costs the formatting of everything
   */
  Trail(Timeline timeline, boolean fingerprinted) {
    this.timeline = timeline;
    this.fingerprinted = fingerprinted;
  }

  void note(String format, Object... arguments) {
    Entry entry = new Entry(timeline.now(), format, List.of(arguments));
    entries.add(entry);
    if (entries.size() > KEPT) {
      entries.remove();
    }
    if (fingerprinted) {
      fingerprint = fingerprint * 0x100000001b3L + entry.toString().hashCode();
    }
  }

  /** A digest of everything noted; 0 if not asked for. */
  long fingerprint() {
    return fingerprint;
  }

  /** The last things that happened. */
  List<String> lines() {
    return entries.stream().map(Entry::toString).toList();
  }
}
