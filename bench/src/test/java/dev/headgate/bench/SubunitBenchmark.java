package dev.headgate.bench;

import dev.headgate.subunit.Bytes;
import dev.headgate.subunit.Event;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Packets, or MiB, per second. {@link SubunitFigures} gives the same by CPU time. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class SubunitBenchmark {
  private static final int MIB_OF_STREAM = SubunitStreams.STREAM >> 20;
  private static final int MIB_OF_ATTACHMENTS =
      (SubunitStreams.ATTACHMENTS * SubunitStreams.ATTACHMENT) >> 20;

  private final Event[] smallEvents = SubunitStreams.smallEvents();
  private final Bytes smallPackets = SubunitStreams.smallPackets();
  private final Bytes attachments = SubunitStreams.attachments();
  private final Bytes text = SubunitStreams.text();
  private final Bytes damaged = SubunitStreams.damaged();
  private final Bytes floodAtThirdBytes = SubunitStreams.flood("b32000");
  private final Bytes floodOfLargeClaims = SubunitStreams.flood("b32000bfffff");
  private final Bytes floodAtTwelfthBytes = SubunitStreams.flood("b32000bfffff000000000000");
  private final Event[] attachmentEvents = SubunitStreams.attachmentEvents();
  private final byte[] buffer = new byte[64 << 10];

  /** Made by the harness. */
  public SubunitBenchmark() {}

  /** Packets of 78 bytes, found and looked at. */
  @Benchmark
  @OperationsPerInvocation(SubunitStreams.SMALL_PACKETS)
  public long scanSmallPackets() {
    return SubunitWork.scan(smallPackets);
  }

  /** The same from an array that is used again. */
  @Benchmark
  @OperationsPerInvocation(SubunitStreams.SMALL_PACKETS)
  public long scanSmallPacketsCopied() {
    return SubunitWork.scanCopied(smallPackets, buffer);
  }

  /** Packets of 78 bytes, every accessor asked. */
  @Benchmark
  @OperationsPerInvocation(SubunitStreams.SMALL_PACKETS)
  public long readSmallPackets() {
    return SubunitWork.fields(smallPackets);
  }

  /** Packets of 78 bytes, made into events. */
  @Benchmark
  @OperationsPerInvocation(SubunitStreams.SMALL_PACKETS)
  public long decodeSmallPackets() {
    return SubunitWork.events(smallPackets);
  }

  /** MiB of attachments of 64 KiB that are offered whole. */
  @Benchmark
  @OperationsPerInvocation(MIB_OF_ATTACHMENTS)
  public long scanAttachments() {
    return SubunitWork.scanWhole(attachments);
  }

  /** MiB of attachments of 64 KiB, written to a sink. */
  @Benchmark
  @OperationsPerInvocation(MIB_OF_ATTACHMENTS)
  public long encodeAttachments() {
    return SubunitWork.encodeToSink(attachmentEvents);
  }

  /** MiB of attachments of 64 KiB. */
  @Benchmark
  @OperationsPerInvocation(MIB_OF_ATTACHMENTS)
  public long decodeAttachments() {
    return SubunitWork.events(attachments);
  }

  /** MiB of lines with few packets between. */
  @Benchmark
  @OperationsPerInvocation(MIB_OF_STREAM)
  public long scanText() {
    return SubunitWork.scan(text);
  }

  /** Packets of 78 bytes, one in 200 with a wrong length. */
  @Benchmark
  @OperationsPerInvocation(SubunitStreams.SMALL_PACKETS)
  public long scanDamagedPackets() {
    return SubunitWork.scan(damaged);
  }

  /** MiB of headers that each claim 3.3 MiB, three bytes apart. */
  @Benchmark
  @OperationsPerInvocation(MIB_OF_STREAM)
  public long scanFloodAtThirdBytes() {
    return SubunitWork.scan(floodAtThirdBytes);
  }

  /** MiB of headers that each claim 4 MiB, twelve bytes apart. */
  @Benchmark
  @OperationsPerInvocation(MIB_OF_STREAM)
  public long scanFloodAtTwelfthBytes() {
    return SubunitWork.scan(floodAtTwelfthBytes);
  }

  /** MiB of headers that each claim 4 MiB, six bytes apart. */
  @Benchmark
  @OperationsPerInvocation(MIB_OF_STREAM)
  public long scanFloodOfLargeClaims() {
    return SubunitWork.scan(floodOfLargeClaims);
  }

  /** Packets of 78 bytes, passed on under a step. */
  @Benchmark
  @OperationsPerInvocation(SubunitStreams.SMALL_PACKETS)
  public long routeSmallPackets() {
    return SubunitWork.route(smallPackets);
  }

  /** Packets of 78 bytes, written. */
  @Benchmark
  @OperationsPerInvocation(SubunitStreams.SMALL_PACKETS)
  public long encodeSmallPackets() {
    return SubunitWork.encode(smallEvents);
  }
}
