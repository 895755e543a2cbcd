package dev.headgate.subunit;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What reading costs the heap, counted and not timed. */
class AllocationTests {
  private static final int PACKETS = 4_000;

  private static Bytes stream() {
    PacketEncoder encoder = new PacketEncoder();
    for (int i = 0; i < PACKETS; i++) {
      encoder.append(
          Event.test("mod.ClassTests.method" + i, Status.SUCCESS)
              .timestamp(Instant.ofEpochSecond(1_700_000_000L + i, 5))
              .tags("worker-0", "ó")
              .routeCode("job-1/0")
              .build());
    }
    return encoder.take();
  }

  private static long read(PacketDecoder decoder, Bytes stream) {
    decoder.offer(stream);
    long sum = 0;
    while (decoder.next() != PacketDecoder.Next.NEED_MORE) {
      sum += decoder.status().code() + decoder.length() + (decoder.hasTags() ? 1 : 0);
    }
    return sum;
  }

  @Test
  void packetsThatAreNotAskedForTheirTextsCostNothing() {
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    Bytes stream = stream();
    PacketDecoder decoder = new PacketDecoder();
    long expected = read(decoder, stream);
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 5; i++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      long sum = read(decoder, stream);
      least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
      assertThat(sum).isEqualTo(expected);
    }
    assertThat(least).isLessThan(PACKETS / 2);
  }

  @Test
  void countingTestsThatAreKnownCostsNothing() {
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    PacketEncoder encoder = new PacketEncoder();
    for (int i = 0; i < PACKETS; i++) {
      Status status = i % 2 == 0 ? Status.INPROGRESS : Status.SUCCESS;
      encoder.append(
          Event.test("mod.ClassTests.method" + i / 2, status)
              .timestamp(Instant.ofEpochSecond(1_700_000_000L + i, 5))
              .routeCode("job-1/0")
              .build());
    }
    Bytes stream = encoder.take();
    TestTally tally = new TestTally(5);
    PacketDecoder decoder = new PacketDecoder();
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 5; i++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      decoder.offer(stream);
      while (decoder.next() != PacketDecoder.Next.NEED_MORE) {
        tally.accept(decoder);
      }
      least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
    }
    assertThat(tally.reruns()).isEqualTo(4L * PACKETS / 2);
    assertThat(least).isLessThan(PACKETS / 2);
  }
}
