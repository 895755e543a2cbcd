package dev.headgate.subunit.route;

import org.junit.jupiter.api.Test;

/** The fuzzer's target holds for what it begins with; the fuzzer itself is bench/scripts/fuzz. */
class FuzzTargetTests {
  @Test
  void muxHolds() {
    dev.headgate.subunit.FuzzSeeds.all().forEach(MuxFuzz::fuzzerTestOneInput);
  }
}
