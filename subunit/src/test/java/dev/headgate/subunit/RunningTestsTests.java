package dev.headgate.subunit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** It knows what a map knows, also of names that want one place. */
final class RunningTestsTests {
  /** The bits of a hash that choose the place begin here. */
  private static final int PLACE = 20;

  @Test
  void itKnowsWhatAMapKnows() {
    for (long seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      // From all names at a few neighbouring places to names spread over the table.
      int places = 1 << random.nextInt(12);
      RunningTests running = new RunningTests();
      Map<Long, Long> expected = new HashMap<>();
      for (int step = 0; step < 3_000; step++) {
        // Places at the table's end too: what does not fit goes on at its beginning.
        long name = (random.nextInt(places) - places / 2L) << PLACE | 1 + random.nextInt(8);
        if (random.nextInt(5) < 3) {
          running.begin(name, step);
          expected.put(name, (long) step);
        } else {
          Long began = expected.remove(name);
          assertThat(running.end(name))
              .as("seed %d, step %d", seed, step)
              .isEqualTo(began == null ? RunningTests.NO_TIME : began);
        }
        assertThat(running.size()).isEqualTo(expected.size());
      }
      expected.forEach((name, time) -> assertThat(running.end(name)).isEqualTo(time));
      assertThat(running.size()).isZero();
    }
  }
}
