package dev.headgate.bench;

import dev.headgate.subunit.Bytes;
import dev.headgate.subunit.Event;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;

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

  private static Pattern wanted = Pattern.compile("");

  private SubunitFigures() {}

  /** Takes a regular expression of the workloads' names; all, if there is none. */
  public static void main(String[] args) {
    wanted = Pattern.compile(args.length == 0 ? "" : args[0]);
    System.out.println("| workload | median | best | unit | B allocated |\n|---|---|---|---|---|");
    smallPackets();
    bulk();
    floods();
    if (total == 0) {
      throw new IllegalStateException("no work was done");
    }
  }

  private static void smallPackets() {
    Event[] events = SubunitStreams.smallEvents();
    Bytes small = SubunitStreams.smallPackets();
    Bytes damaged = SubunitStreams.damaged();
    ByteBuffer direct = direct(small);
    byte[] buffer = new byte[64 << 10];
    double packets = SubunitStreams.SMALL_PACKETS / 1e6;
    print("small packets, lazily", packets, "M/s", () -> SubunitWork.scan(small));
    print(
        "small packets, lazily, copied",
        packets,
        "M/s",
        () -> SubunitWork.scanCopied(small, buffer));
    print(
        "small packets, lazily, direct buffer",
        packets,
        "M/s",
        () -> SubunitWork.scanBuffer(direct));
    print(
        "small packets, lazily, 1 in 200 damaged", packets, "M/s", () -> SubunitWork.scan(damaged));
    print("small packets, all fields", packets, "M/s", () -> SubunitWork.fields(small));
    print("small packets to events", packets, "M/s", () -> SubunitWork.events(small));
    print("route small packets", packets, "M/s", () -> SubunitWork.route(small));
    print("encode small packets", packets, "M/s", () -> SubunitWork.encode(events));
  }

  private static void bulk() {
    Bytes attachments = SubunitStreams.attachments();
    Event[] events = SubunitStreams.attachmentEvents();
    ByteBuffer direct = direct(attachments);
    Bytes text = SubunitStreams.text();
    double size = attachments.length() / 1e6;
    print("attachments, offered whole", size, "MB/s", () -> SubunitWork.scanWhole(attachments));
    print("attachments, direct buffer", size, "MB/s", () -> SubunitWork.scanBuffer(direct));
    print(
        "attachments to events, 64 KiB pieces",
        size,
        "MB/s",
        () -> SubunitWork.events(attachments));
    print("encode attachments", size, "MB/s", () -> SubunitWork.encodeToSink(events));
    print("text", text.length() / 1e6, "MB/s", () -> SubunitWork.scan(text));
  }

  private static void floods() {
    for (String hex : SubunitStreams.FLOODS) {
      Bytes flood = SubunitStreams.flood(hex);
      print("flood of " + hex, flood.length() / 1e6, "MB/s", () -> SubunitWork.scan(flood));
    }
  }

  private static ByteBuffer direct(Bytes stream) {
    return ByteBuffer.allocateDirect(stream.length()).put(stream.asByteBuffer()).flip();
  }

  private static void print(String name, double amount, String unit, LongSupplier work) {
    if (!wanted.matcher(name).find()) {
      return;
    }
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
        "| %s | %.4g | %.4g | %s | %.1f per %s |%n",
        name,
        rates[ROUNDS / 2],
        rates[ROUNDS - 1],
        unit,
        allocated(work) / (amount * 1e6),
        unit.equals("M/s") ? "packet" : "byte");
  }

  /** Bytes that doing the work once more allocates. */
  private static long allocated(LongSupplier work) {
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    total += work.getAsLong();
    return threads.getCurrentThreadAllocatedBytes() - before;
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
