package dev.headgate.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headgate.conduct.Ports;
import dev.headgate.conduct.Workspaces;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * Ten thousand histories (a tenth of {@code -Dheadgate.histories=N}), in which every named fault
 * and every crash point occurs. {@code -Dheadgate.first-seed=S} runs others.
 */
final class HistoriesTests {
  private static final long COUNT = Long.getLong("headgate.histories", 100_000) / 10;
  private static final long FIRST_SEED = Long.getLong("headgate.first-seed", 1);

  /** From so many on, everything that can happen does; fewer are run to look for something. */
  private static final long ENOUGH = 5_000;

  @Test
  void noInvariantBreaksInAnyHistory() throws InterruptedException {
    Seeds.Summary<String> summary =
        Histories.seeds().play(FIRST_SEED, COUNT, Runtime.getRuntime().availableProcessors());
    System.out.print(summary.text());
    assertThat(summary.broken()).isEmpty();
    assertThat(summary.histories()).isEqualTo(COUNT);
    if (COUNT >= ENOUGH) {
      assertThat(summary.counts())
          .allSatisfy((name, count) -> assertThat(count).as(name).isPositive());
    }
  }

  @Test
  void otherSeedsGiveOtherHistories() {
    assertThat(
            LongStream.range(0, 60)
                .mapToObj(seed -> Simulation.run(seed, true, Twist.NONE).fingerprint())
                .distinct())
        .hasSize(60);
  }

  @Test
  void watchingAHistoryDoesNotChangeIt() {
    assertThat(Simulation.run(7, true, Twist.NONE).tally().byName())
        .isEqualTo(Simulation.run(7).tally().byName());
  }

  @Test
  void aBrokenHistoryTellsItsSeedAndItsLastMoments() {
    Twist nothingMerges =
        new Twist() {
          @Override
          public Ports ports(Ports honest, World world) {
            return new Ports(
                (effect, outcomes) -> outcomes.merge(new Workspaces.Merge.Conflict("no")),
                honest.branches(),
                honest.builds(),
                honest.reports());
          }
        };
    String message =
        LongStream.range(0, 20)
            .mapToObj(seed -> Simulation.run(seed, false, nothingMerges))
            .flatMap(result -> result.broken().stream())
            .findFirst()
            .orElseThrow();
    assertThat(message)
        .startsWith("seed ")
        .contains("is rejected as unbuildable and can be built")
        .contains("Conflicted[");
  }

  @Test
  void theSummaryIsReadable() throws InterruptedException {
    Seeds.Summary<String> summary = Histories.seeds().play(1, 3, 1);
    assertThat(summary.text())
        .startsWith("3 histories in ")
        .contains("  landed", "  crash at STEPPED", " 0  broken");
    assertThat(summary.broken()).isEqualTo(List.of());
  }
}
