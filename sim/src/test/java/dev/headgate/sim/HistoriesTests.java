package dev.headgate.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headgate.conduct.Ports;
import dev.headgate.conduct.Workspaces;
import java.util.ArrayList;
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
    Seeds.Summary<Histories.Broken> summary =
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
  void whatWasThrownIsTheSameHistoryAgain() {
    for (long seed = 0; seed < 20; seed++) {
      Throws thrown = new Throws();
      Result noted = Simulation.run(Dice.noted(seed, thrown), true, Twist.NONE);
      assertThat(noted.fingerprint())
          .isEqualTo(Simulation.run(seed, true, Twist.NONE).fingerprint());
      Dice loaded = Dice.loaded(new Throws(thrown.numbers()));
      assertThat(Simulation.run(loaded, true, Twist.NONE).fingerprint())
          .isEqualTo(noted.fingerprint());
    }
  }

  /** Whatever is thrown, a history comes to its end: one that is cut down must not hang. */
  @Test
  void anyThrowsMakeAHistory() {
    assertThat(Histories.play(1, List.of())).isEmpty();
    Dice dice = new Dice(42);
    for (int i = 0; i < 50; i++) {
      List<Long> thrown = new ArrayList<>();
      for (int size = dice.between(0, 400); size > 0; size--) {
        thrown.add(dice.chance(50) ? dice.between(0L, 20L) : dice.anyLong());
      }
      assertThat(Histories.play(1, thrown)).as("%s", thrown).isEmpty();
    }
  }

  @Test
  void aBrokenHistoryIsCutDownToWhatBreaksIt() {
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
    Histories.Broken broken = Histories.shrunk(1, nothingMerges, () -> {});
    assertThat(broken.how()).contains("is rejected as unbuildable and can be built");
    assertThat(broken.trail()).anyMatch(line -> line.contains("Conflicted["));
    assertThat(broken.thrown()).hasSizeLessThan(40);
    Dice again = Dice.loaded(new Throws(broken.thrown()));
    assertThat(Simulation.run(again, false, nothingMerges).broken()).contains(broken.how());
  }

  @Test
  void theSummaryIsReadable() throws InterruptedException {
    Seeds.Summary<Histories.Broken> summary = Histories.seeds().play(1, 3, 1);
    assertThat(summary.text())
        .startsWith("3 histories in ")
        .contains("  landed", "  crash at STEPPED", " 0  broken");
    assertThat(summary.broken()).isEqualTo(List.of());
  }
}
