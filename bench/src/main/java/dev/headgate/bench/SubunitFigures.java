package dev.headgate.bench;

import dev.headgate.subunit.Bytes;
import dev.headgate.subunit.Event;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * Prints the figures of {@code docs/measurements/subunit.md}, by the CPU time of the measuring
 * thread: on a machine that does other things too, the clock on the wall would measure those.
 */
public final class SubunitFigures {
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  /** CPU time of one round; long beside the clock's grain of a millisecond or less. */
  private static final long ROUND = NANOS_PER_SECOND / 2;

  /** Rounds that only warm up, and rounds of which the best and the median are printed. */
  private static final int WARM_UP = 6;

  private static final int ROUNDS = 7;

  /** What all work returned, so that none of it is optimised away. */
  private static long total;

  private SubunitFigures() {}

  /** Takes no arguments. */
  public static void main(String[] args) {
    Event[] smallEvents = SubunitStreams.smallEvents();
    Bytes small = SubunitStreams.smallPackets();
    Bytes attachments = SubunitStreams.attachments();
    Bytes text = SubunitStreams.text();
    Bytes damaged = SubunitStreams.damaged();
    byte[] buffer = new byte[64 << 10];
    double packets = SubunitStreams.SMALL_PACKETS / 1e6;
    System.out.println("| workload | median | best | unit |\n|---|---|---|---|");
    print("scan small packets", packets, "M/s", () -> SubunitWork.scan(small));
    print(
        "scan small packets, copied", packets, "M/s", () -> SubunitWork.scanCopied(small, buffer));
    print("decode small packets to events", packets, "M/s", () -> SubunitWork.events(small));
    print("route small packets", packets, "M/s", () -> SubunitWork.route(small));
    print("encode small packets", packets, "M/s", () -> SubunitWork.encode(smallEvents));
    print("scan small packets, 1 in 200 damaged", packets, "M/s", () -> SubunitWork.scan(damaged));
    print(
        "decode attachments",
        attachments.length() / 1e6,
        "MB/s",
        () -> SubunitWork.events(attachments));
    print("scan text", text.length() / 1e6, "MB/s", () -> SubunitWork.scan(text));
    for (String hex :
        new String[] {"b32000", "b32000bf", "b320007fff", "b32000bfffff", "b32f", "b320003f"}) {
      Bytes flood = SubunitStreams.flood(hex);
      print("flood of " + hex, flood.length() / 1e6, "MB/s", () -> SubunitWork.scan(flood));
    }
    if (total == 0) {
      throw new IllegalStateException("no work was done");
    }
  }

  private static void print(String name, double amount, String unit, LongSupplier work) {
    for (int i = 0; i < WARM_UP; i++) {
      round(work);
    }
    double[] rates = new double[ROUNDS];
    for (int i = 0; i < ROUNDS; i++) {
      rates[i] = amount * round(work);
    }
    java.util.Arrays.sort(rates);
    System.out.printf(
        Locale.ROOT,
        "| %s | %.3g | %.3g | %s |%n",
        name,
        rates[ROUNDS / 2],
        rates[ROUNDS - 1],
        unit);
  }

  /** How often the work is done in a second of CPU time. */
  private static double round(LongSupplier work) {
    var threads = ManagementFactory.getThreadMXBean();
    long begin = threads.getCurrentThreadCpuTime();
    long end = begin;
    int times = 0;
    while (end - begin < ROUND) {
      total += work.getAsLong();
      times++;
      end = threads.getCurrentThreadCpuTime();
    }
    return times * (double) NANOS_PER_SECOND / (end - begin);
  }
}
