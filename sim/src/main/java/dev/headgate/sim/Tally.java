package dev.headgate.sim;

import dev.headgate.conduct.Probe;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** How often each thing happened. For one thread; tallies of several add up. */
final class Tally {
  private final Map<Happening, Long> happenings = new EnumMap<>(Happening.class);
  private final Map<Probe.Point, Long> crashes = new EnumMap<>(Probe.Point.class);

  void count(Happening happening) {
    happenings.merge(happening, 1L, Long::sum);
  }

  void crashed(Probe.Point point) {
    crashes.merge(point, 1L, Long::sum);
  }

  long of(Happening happening) {
    return happenings.getOrDefault(happening, 0L);
  }

  void add(Tally other) {
    other.happenings.forEach((happening, count) -> happenings.merge(happening, count, Long::sum));
    other.crashes.forEach((point, count) -> crashes.merge(point, count, Long::sum));
  }

  /** Everything by its name in words, in a fixed order; crashes as in {@code crash at STEPPED}. */
  Map<String, Long> byName() {
    Map<String, Long> counts = new LinkedHashMap<>();
    for (Happening happening : Happening.values()) {
      counts.put(happening.words(), of(happening));
    }
    for (Probe.Point point : Probe.Point.values()) {
      counts.put("crash at " + point, crashes.getOrDefault(point, 0L));
    }
    return counts;
  }
}
