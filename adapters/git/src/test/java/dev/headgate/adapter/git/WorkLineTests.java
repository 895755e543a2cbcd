package dev.headgate.adapter.git;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headgate.conduct.EnvironmentException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Work in order, and what becomes of what it throws. */
final class WorkLineTests {
  private final List<Object> told = Collections.synchronizedList(new ArrayList<>());

  private void add(WorkLine line, Runnable work) {
    line.add(work, told::add, told::add);
  }

  @Test
  void workIsDoneInOrderAndGoesOnAfterFailures() throws InterruptedException {
    EnvironmentException broken = new EnvironmentException("broken");
    IllegalStateException bug = new IllegalStateException("bug");
    CountDownLatch done = new CountDownLatch(1);
    try (WorkLine line = new WorkLine("pieces")) {
      add(line, () -> told.add(1));
      add(
          line,
          () -> {
            throw broken;
          });
      add(
          line,
          () -> {
            throw bug;
          });
      add(line, () -> told.add(2));
      add(line, done::countDown);
      done.await();
    }
    assertThat(told).containsExactly(1, broken, bug, 2);
  }

  @Test
  void workForAClosedLineFails() {
    WorkLine line = new WorkLine("pieces");
    line.close();
    add(line, () -> told.add("done"));
    assertThat(told).hasSize(1).first().isInstanceOf(EnvironmentException.class);
  }
}
