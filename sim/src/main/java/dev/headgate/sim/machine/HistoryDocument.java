package dev.headgate.sim.machine;

import java.util.List;

/**
 * What a file holds.
 *
 * @param broken what broke when it was written, for people
 */
record HistoryDocument(String schema, String broken, Setup setup, List<Decision> decisions) {
  HistoryDocument {
    if (!schema.equals(HistoryFile.SCHEMA)) {
      throw new IllegalArgumentException(
          "a history of the format " + schema + ": only " + HistoryFile.SCHEMA + " is read");
    }
    decisions = List.copyOf(decisions);
  }

  History history() {
    return new History(setup.seed(), setup, decisions);
  }
}
