package dev.headgate.subunit.stream;

import org.junit.jupiter.api.Test;

/** The fuzzer's targets hold for what it begins with; the fuzzer itself is bench/scripts/fuzz. */
class FuzzTargetTests {
  @Test
  void filterHolds() {
    FuzzSeeds.all().forEach(TestFilterFuzz::fuzzerTestOneInput);
  }

  @Test
  void assemblerHolds() {
    FuzzSeeds.all().forEach(AssemblerFuzz::fuzzerTestOneInput);
  }
}
