package dev.headgate.sim.machine;

import dev.headgate.gate.Effect;
import java.util.Map;
import java.util.TreeMap;

/** How often each thing happened. For one thread; those of several add up. */
final class Counts {
  private final Map<String, Long> counts = new TreeMap<>();

  void add(Decision.Act act) {
    counts.merge("decision " + act, 1L, Long::sum);
  }

  void add(Effect effect) {
    counts.merge(name(effect), 1L, Long::sum);
  }

  private static String name(Effect effect) {
    return switch (effect) {
      case Effect.Report report ->
          "report " + report.end().kind().code() + " " + report.end().cause().code();
      case Effect.Prepare e -> "prepare";
      case Effect.Start e -> "start";
      case Effect.Cancel e -> "cancel";
      case Effect.Resume e -> "resume";
      case Effect.Land e -> "land";
      case Effect.Announce e -> "announce";
      case Effect.Ask e -> "ask";
    };
  }

  void add(Counts other) {
    other.counts.forEach((name, count) -> counts.merge(name, count, Long::sum));
  }

  Map<String, Long> byName() {
    return counts;
  }
}
