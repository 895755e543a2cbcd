package dev.headgate.bench;

import dev.headgate.gate.Window;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Prints how long the gate's decisions take in queues of several lengths. */
public final class GateFigures {
  private static final int DECISIONS = 200_000;

  private GateFigures() {}

  /** Takes no arguments. */
  public static void main(String[] arguments) {
    Map<String, Window> windows =
        new TreeMap<>(Map.of("aimd from 20", Window.DEFAULT, "unbounded", Window.UNBOUNDED));
    new GateLoad(1_000, Window.DEFAULT).measure(DECISIONS);
    System.out.println("window         items   P50 us   P99 us  P99.9 us   mean us");
    windows.forEach((name, window) -> {
      for (int items : List.of(100, 1_000, 10_000)) {
        List<Long> took = new GateLoad(items, window).measure(DECISIONS);
        System.out.printf(
            "%-13s %6d %8.1f %8.1f %9.1f %9.1f%n",
            name,
            items,
            micros(took, 0.5),
            micros(took, 0.99),
            micros(took, 0.999),
            took.stream().mapToLong(Long::longValue).average().orElse(0) / 1e3);
      }
    });
  }

  private static double micros(List<Long> sorted, double quantile) {
    return sorted.get((int) (quantile * (sorted.size() - 1))) / 1e3;
  }
}
