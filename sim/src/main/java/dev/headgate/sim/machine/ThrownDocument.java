package dev.headgate.sim.machine;

import java.util.ArrayList;
import java.util.List;

/**
 * What a file holds of a history through the conductor.
 *
 * @param broken what broke when it was written, for people
 * @param thrown what dice fell on, in rows; the rows mean nothing
 */
record ThrownDocument(String schema, String broken, long seed, List<List<Long>> thrown) {
  private static final int ROW = 24;

  ThrownDocument {
    if (!schema.equals(HistoryFile.THROWN)) {
      throw new IllegalArgumentException(
          "a history of the format " + schema + ": only " + HistoryFile.THROWN + " is read");
    }
    thrown = thrown.stream().map(List::copyOf).toList();
  }

  static ThrownDocument of(long seed, String broken, List<Long> thrown) {
    List<List<Long>> rows = new ArrayList<>();
    for (int at = 0; at < thrown.size(); at += ROW) {
      rows.add(thrown.subList(at, Math.min(thrown.size(), at + ROW)));
    }
    return new ThrownDocument(HistoryFile.THROWN, broken, seed, rows);
  }

  List<Long> throwing() {
    return thrown.stream().flatMap(List::stream).toList();
  }
}
