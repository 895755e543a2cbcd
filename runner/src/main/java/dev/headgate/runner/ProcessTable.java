package dev.headgate.runner;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** What {@code /proc} says of processes; on a system without it, nothing. */
final class ProcessTable {
  /** Stands for a start or boot that is not known. */
  static final String UNKNOWN = "-";

  private static final Path PROC = Path.of("/proc");

  /** Of the fields after the name, the state being the first, the one with the start time. */
  private static final int START_FIELD = 19;

  private ProcessTable() {}

  /**
   * When a process began, in clock ticks since the boot; {@link #UNKNOWN} if there is no such
   * process. Together with the id and the boot it names one process for ever.
   */
  static String start(long pid) {
    String stat = read(pid + "/stat");
    String[] fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ", -1);
    return fields.length > START_FIELD ? fields[START_FIELD] : UNKNOWN;
  }

  /** The id of this boot of the machine, or {@link #UNKNOWN}. */
  static String boot() {
    String id = read("sys/kernel/random/boot_id").strip();
    return id.isEmpty() ? UNKNOWN : id;
  }

  /** Whether that very process still runs. */
  static boolean runs(long pid, String start) {
    return !start.equals(UNKNOWN) && start(pid).equals(start);
  }

  /** Whether a process was started with the mark in its environment. */
  static boolean bears(long pid, Mark mark) {
    String entry = Mark.VARIABLE + "=" + mark.value();
    return Arrays.asList(read(pid + "/environ").split("\0", -1)).contains(entry);
  }

  private static String read(String file) {
    try {
      return Files.readString(PROC.resolve(file), ISO_8859_1);
    } catch (IOException e) {
      // No such process, one that ends while it is read, or another user's: none of ours.
      return "";
    }
  }
}
