package dev.headgate.sim.machine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headgate.sim.Seeds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * Nine tenths of {@code -Dheadgate.histories=N}, from {@code -Dheadgate.first-seed=S} on. Those
 * that break are left in target/histories.
 */
final class MachineHistoriesTests {
  private static final long COUNT = Long.getLong("headgate.histories", 100_000) / 10 * 9;
  private static final long FIRST_SEED = Long.getLong("headgate.first-seed", 1);
  private static final Path FOLDER = Path.of("target", "histories");

  @Test
  void noInvariantBreaksInAnyHistory() throws InterruptedException, IOException {
    Seeds.Summary<MachineHistories.Broken> summary =
        MachineHistories.seeds()
            .play(FIRST_SEED, COUNT, Runtime.getRuntime().availableProcessors());
    for (MachineHistories.Broken broken : summary.broken()) {
      Files.createDirectories(FOLDER);
      Files.writeString(FOLDER.resolve("seed-" + broken.seed() + ".yaml"), broken.file());
    }
    assertThat(summary.broken()).as("written to %s", FOLDER).isEmpty();
    assertThat(summary.histories()).isEqualTo(COUNT);
  }

  @Test
  void otherSeedsGiveOtherHistories() {
    assertThat(LongStream.range(0, 60).map(MachineHistories::fingerprint).distinct().count())
        .isEqualTo(60);
  }

  @Test
  void askingForTheStoryDoesNotChangeAHistory() {
    for (long seed = 0; seed < 20; seed++) {
      History history = Draw.history(seed);
      assertThat(Course.run(history, Twist.NONE, true).counts().byName())
          .isEqualTo(Course.run(history, Twist.NONE, false).counts().byName());
    }
  }
}
