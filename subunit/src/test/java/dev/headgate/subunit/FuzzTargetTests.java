package dev.headgate.subunit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The fuzzer's targets hold for what it begins with; the fuzzer itself is bench/scripts/fuzz. */
class FuzzTargetTests {
  private static List<byte[]> seeds() {
    List<byte[]> seeds = FuzzSeeds.all();
    assertThat(seeds).hasSizeGreaterThan(200);
    return seeds;
  }

  @Test
  void decoderHolds() {
    seeds().forEach(PacketDecoderFuzz::fuzzerTestOneInput);
  }

  @Test
  void encoderHolds() {
    seeds().forEach(PacketEncoderFuzz::fuzzerTestOneInput);
  }

  @Test
  void routerHolds() {
    seeds().forEach(PacketRouterFuzz::fuzzerTestOneInput);
  }
}
