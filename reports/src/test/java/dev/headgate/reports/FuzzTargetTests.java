package dev.headgate.reports;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The fuzzer's targets hold for what it begins with; the fuzzer itself is bench/scripts/fuzz. */
class FuzzTargetTests {
  @ParameterizedTest
  @EnumSource(names = {"JUNIT", "TAP", "GO", "LIBTEST", "CTRF"})
  void readerHolds(ReportFormat format) {
    List<byte[]> seeds = FuzzSeeds.of(format);
    assertThat(seeds).isNotEmpty();
    seeds.forEach(seed -> ReportProperties.assertHold(format, seed));
    ReportProperties.assertHold(format, new byte[0]);
  }
}
