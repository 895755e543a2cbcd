package dev.headgate.subunit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;

/** Any bytes are read as the plain reading of the rules reads them, however they come. */
public final class PacketDecoderFuzz {
  /** Work, in bytes checked, that one byte may cost; {@link PacketDecoderBoundTests}. */
  private static final int MOST_WORK = 48;

  /** Work that any input may cost besides. */
  private static final int WORK_BESIDES = 4 << 10;

  private PacketDecoderFuzz() {}

  /** Called by the fuzzer. */
  public static void fuzzerTestOneInput(byte[] input) {
    Decoded expected = ReferenceDecoder.decode(input);
    assertThat(Decoded.of(input)).isEqualTo(expected);
    assertThat(expected.all()).isEqualTo(input);
    int[] cuts = cuts(input);
    assertThat(Decoded.of(input, cuts)).isEqualTo(expected);
    assertThat(Decoded.ofShared(input, cuts)).isEqualTo(expected);
    assertThat(Decoded.ofPairs(input, cuts)).isEqualTo(expected);
    assertThat(Decoded.ofBuffers(Decoded.BufferKind.DIRECT_SLICE, input, cuts)).isEqualTo(expected);
    assertWorkIsBounded(input, cuts);
    for (Event event : expected.events()) {
      PacketEncoderFuzz.assertWrittenAndReadBack(event);
    }
  }

  /** Cuts that depend on the input alone, so that a finding can be had again. */
  public static int[] cuts(byte[] input) {
    return new Random(java.util.Arrays.hashCode(input))
        .ints(6, 0, input.length + 1)
        .sorted()
        .toArray();
  }

  private static void assertWorkIsBounded(byte[] input, int[] cuts) {
    PacketDecoder decoder = new PacketDecoder();
    int from = 0;
    for (int cut : cuts) {
      decoder.offer(input, from, cut - from);
      from = cut;
      drain(decoder);
      if (decoder.rescan()) {
        drain(decoder);
      }
    }
    decoder.end();
    drain(decoder);
    assertThat(decoder.work()).isLessThan((long) MOST_WORK * input.length + WORK_BESIDES);
  }

  private static void drain(PacketDecoder decoder) {
    while (decoder.next() != PacketDecoder.Next.NEED_MORE
        && decoder.current() != PacketDecoder.Next.END) {
      assertThat(decoder.length()).isPositive();
    }
  }
}
