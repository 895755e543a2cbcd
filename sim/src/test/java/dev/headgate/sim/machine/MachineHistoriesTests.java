package dev.headgate.sim.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Nine tenths of {@code -Dheadgate.histories=N}, from {@code -Dheadgate.first-seed=S} on. */
final class MachineHistoriesTests {
  private static final long COUNT = Long.getLong("headgate.histories", 100_000) / 10 * 9;
  private static final long FIRST_SEED = Long.getLong("headgate.first-seed", 1);

  @Test
  void noInvariantBreaksInAnyHistory() throws InterruptedException {
    MachineHistories.Summary summary =
        MachineHistories.run(FIRST_SEED, COUNT, Runtime.getRuntime().availableProcessors());
    assertThat(summary.broken()).isEmpty();
    assertThat(summary.histories()).isEqualTo(COUNT);
  }

  @Test
  void theSameSeedGivesTheSameHistory() {
    LongStream.range(0, 60)
        .forEach(seed ->
            assertThat(Course.run(Draw.history(seed), Twist.NONE, true).fingerprint())
                .as("seed %d", seed)
                .isEqualTo(Course.run(Draw.history(seed), Twist.NONE, true).fingerprint()));
  }
}
