package dev.headgate.subunit.v1;

import org.junit.jupiter.api.Test;

/** The fuzzer's targets hold for what it begins with; the fuzzer itself is bench/scripts/fuzz. */
class FuzzTargetTests {
  @Test
  void decoderHolds() {
    FuzzSeeds.all().forEach(V1DecoderFuzz::fuzzerTestOneInput);
  }

  @Test
  void encoderHolds() {
    FuzzSeeds.all().forEach(V1EncoderFuzz::fuzzerTestOneInput);
    dev.headgate.subunit.FuzzSeeds.all().forEach(V1EncoderFuzz::fuzzerTestOneInput);
  }
}
