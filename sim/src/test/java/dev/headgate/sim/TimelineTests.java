package dev.headgate.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Virtual time. */
final class TimelineTests {
  private final Timeline timeline = new Timeline();
  private final List<String> ran = new ArrayList<>();

  private void after(long millis, String what) {
    timeline.after(millis, () -> ran.add(what + "@" + timeline.now()));
  }

  private void runAll() {
    while (!timeline.isEmpty()) {
      timeline.runNext();
    }
  }

  @Test
  void tasksRunInTheOrderOfTheirTimeAndThenOfTheirScheduling() {
    after(20, "c");
    after(10, "a");
    after(10, "b");
    runAll();
    assertThat(ran).containsExactly("a@10", "b@10", "c@20");
    assertThat(timeline.instant()).isEqualTo(Instant.ofEpochMilli(20));
  }

  @Test
  void aTaskMaySchedule() {
    timeline.after(5, () -> after(5, "later"));
    runAll();
    assertThat(ran).containsExactly("later@10");
  }

  @Test
  void aTaskThatIsOverdueRunsNow() {
    after(10, "late");
    timeline.pass(50);
    assertThat(timeline.comesWithin(0)).isTrue();
    runAll();
    assertThat(ran).containsExactly("late@50");
  }

  @Test
  void whatBelongsToAProcessDiesWithItAndNothingElseDoes() {
    after(10, "world");
    timeline.inProcess(10, () -> ran.add("process"));
    timeline.processDied();
    timeline.inProcess(20, () -> ran.add("next process"));
    runAll();
    assertThat(ran).containsExactly("world@10", "next process");
  }
}
