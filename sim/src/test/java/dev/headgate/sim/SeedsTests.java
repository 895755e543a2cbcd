package dev.headgate.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.LongFunction;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What comes of many histories. */
final class SeedsTests {
  private static final Duration LONG = Duration.ofHours(1);

  /** Counts what it plays. */
  private record Counting(LongFunction<Optional<String>> course, Map<String, Long> counts)
      implements Seeds.Player<String> {
    Counting(LongFunction<Optional<String>> course) {
      this(course, new HashMap<>());
    }

    @Override
    public Optional<String> play(long seed, Runnable alive) {
      counts.merge("played", 1L, Long::sum);
      counts.merge("seed " + seed, 1L, Long::sum);
      return course.apply(seed);
    }
  }

  private static Seeds<String> seeds(LongFunction<Optional<String>> course, Duration patience) {
    return new Seeds<>(
        () -> new Counting(course), left -> left.seed() + ": " + left.how(), patience);
  }

  @Test
  void eachSeedIsPlayedOnceWhateverTheThreads() throws InterruptedException {
    for (int threads : List.of(1, 3)) {
      Seeds.Summary<String> summary = seeds(_ -> Optional.empty(), LONG).play(5, 100, threads);
      assertThat(summary.histories()).isEqualTo(100);
      assertThat(summary.broken()).isEmpty();
      assertThat(summary.counts()).containsEntry("played", 100L).hasSize(101);
      assertThat(LongStream.range(5, 105))
          .allSatisfy(seed -> assertThat(summary.counts()).containsEntry("seed " + seed, 1L));
    }
  }

  @Test
  void itEndsOnceEnoughAreBroken() throws InterruptedException {
    Seeds.Summary<String> summary =
        seeds(seed -> seed % 2 == 0 ? Optional.of("broke " + seed) : Optional.empty(), LONG)
            .play(1, 1_000_000, 1);
    assertThat(summary.broken())
        .containsExactly("broke 2", "broke 4", "broke 6", "broke 8", "broke 10");
    assertThat(summary.histories()).isEqualTo(10);
    assertThat(summary.text()).contains("10 histories in ", "          10  played", " 5  broken");
  }

  @Test
  void oneThatDoesNotEndIsToldWithItsSeedAndItsPlace() throws InterruptedException {
    CountDownLatch never = new CountDownLatch(1);
    try {
      Seeds.Summary<String> summary =
          seeds(seed -> seed == 7 ? hangs(never) : Optional.empty(), Duration.ofMillis(50))
              .play(7, 1_000_000_000, 2);
      assertThat(summary.broken()).hasSize(1);
      assertThat(summary.broken().getFirst())
          .startsWith("7: it has not ended after")
          .contains("SeedsTests.hangs(");
    } finally {
      never.countDown();
    }
  }

  private static Optional<String> hangs(CountDownLatch never) {
    try {
      never.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return Optional.empty();
  }
}
