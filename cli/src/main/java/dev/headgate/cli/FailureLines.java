package dev.headgate.cli;

import java.util.List;

/** Picks the lines of a failure's details that say what went wrong. */
final class FailureLines {
  /** As many as can be read at a glance; the whole text is in the recorded run. */
  private static final int MOST = 6;

  private FailureLines() {}

  /** Python tells what went wrong last, everybody else first. */
  static List<String> of(String details) {
    List<String> lines = details.lines().filter(line -> !line.isBlank()).toList();
    if (lines.size() <= MOST) {
      return lines;
    }
    boolean lastMatters =
        lines.stream().anyMatch(line -> line.startsWith("Traceback (most recent"));
    return lastMatters
        ? List.copyOf(lines.subList(lines.size() - MOST, lines.size()))
        : List.copyOf(lines.subList(0, MOST));
  }
}
