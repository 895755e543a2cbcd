package dev.headgate.subunit.reader;

import org.junit.jupiter.api.Test;

/** The fuzzer's target holds for what it begins with; the fuzzer itself is bench/scripts/fuzz. */
class FuzzTargetTests {
  @Test
  void readerHolds() {
    FuzzSeeds.all().forEach(StreamReaderFuzz::fuzzerTestOneInput);
  }
}
