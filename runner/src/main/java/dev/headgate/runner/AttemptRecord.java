package dev.headgate.runner;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What is noted of an attempt before it begins, so that its processes can be found after all who
 * knew them are dead.
 *
 * @param mark in the environment of its processes
 * @param leader the process that leads its session and group
 * @param leaderStart when that began ({@link ProcessTable#start})
 * @param boot the boot of the machine that both belong to
 * @param owner the process that started it: ours
 * @param ownerStart when that began
 */
record AttemptRecord(
    Mark mark, long leader, String leaderStart, String boot, long owner, String ownerStart) {
  private static final String VERSION = "1";

  /** The record of an attempt that this process starts. */
  static AttemptRecord of(Mark mark, long leader) {
    long owner = ProcessHandle.current().pid();
    return new AttemptRecord(
        mark,
        leader,
        ProcessTable.start(leader),
        ProcessTable.boot(),
        owner,
        ProcessTable.start(owner));
  }

  /** The record as lines of a key, a blank and a value. */
  String text() {
    return "version "
        + VERSION
        + "\nmark "
        + mark.value()
        + "\nleader "
        + leader
        + "\nleader-start "
        + leaderStart
        + "\nboot "
        + boot
        + "\nowner "
        + owner
        + "\nowner-start "
        + ownerStart
        + "\nend\n";
  }

  /** The record that a text is; empty if the text is cut off or something else. */
  static Optional<AttemptRecord> parse(String text) {
    if (!text.endsWith("\nend\n")) {
      return Optional.empty();
    }
    Map<String, String> values = new TreeMap<>();
    text.lines()
        .map(line -> line.split(" ", 2))
        .filter(words -> words.length == 2)
        .forEach(words -> values.put(words[0], words[1]));
    try {
      return VERSION.equals(values.get("version"))
          ? Optional.of(
              new AttemptRecord(
                  new Mark(values.getOrDefault("mark", "")),
                  Long.parseLong(values.getOrDefault("leader", "")),
                  values.getOrDefault("leader-start", ProcessTable.UNKNOWN),
                  values.getOrDefault("boot", ProcessTable.UNKNOWN),
                  Long.parseLong(values.getOrDefault("owner", "")),
                  values.getOrDefault("owner-start", ProcessTable.UNKNOWN)))
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Whether the leader still is the process that was noted, by its start and its mark. */
  boolean leaderIsVerified() {
    return isOfThisBoot()
        && ProcessTable.runs(leader, leaderStart)
        && ProcessTable.bears(leader, mark);
  }

  /** Whether who started it still runs. */
  boolean ownerRuns() {
    return isOfThisBoot() && ProcessTable.runs(owner, ownerStart);
  }

  /** False if the machine has been started anew since: then nothing of the attempt runs. */
  boolean isOfThisBoot() {
    return !boot.equals(ProcessTable.UNKNOWN) && boot.equals(ProcessTable.boot());
  }
}
