package dev.headgate.sim;

import dev.headgate.gate.Effect;
import dev.headgate.gate.Event;
import dev.headgate.gate.ItemEnd;
import dev.headgate.gate.QueueKey;
import dev.headgate.gate.Row;
import dev.headgate.gate.Window;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * A window grows with what lands and shrinks with what its own jobs reject, and with nothing else.
 */
final class WindowChecks {
  private final Transition step;
  private final Window window;
  private final Map<QueueKey, Integer> expected;

  WindowChecks(Transition step) {
    this.step = step;
    this.window = step.ledger().settings().pipelines().getFirst().window();
    this.expected = new TreeMap<>(step.before().windows());
  }

  void check() {
    if (step.event() instanceof Event.Enqueued) {
      // A queue's window is there from its first item on.
      step.after().windows().keySet().forEach(queue -> expected.putIfAbsent(queue, window.start()));
    }
    for (Effect.Report report : step.effects(Effect.Report.class)) {
      Row.Item item = step.before().items().get(report.item());
      if (item != null) {
        ended(item.queue(), report.end());
      }
    }
    InvariantBroken.unless(
        expected.equals(step.after().windows()),
        "the windows are %s and should be %s",
        step.after().windows(),
        expected);
  }

  private void ended(QueueKey queue, ItemEnd end) {
    int size = Objects.requireNonNull(expected.get(queue));
    if (size == 0) {
      return;
    }
    int next = size;
    if (end.kind() == ItemEnd.Kind.LANDED) {
      int most = window.ceiling() == 0 ? Integer.MAX_VALUE : window.ceiling();
      next = Math.min(grown(size), most);
    } else if (end.cause() == ItemEnd.Cause.JOBS) {
      next = Math.max(shrunk(size), window.floor());
    }
    if (next != size) {
      step.world().tally.count(next > size ? Happening.WINDOW_GROWN : Happening.WINDOW_SHRUNK);
    }
    expected.put(queue, next);
  }

  private int grown(int size) {
    int by = window.grow().by();
    return switch (window.grow().kind()) {
      case LINEAR -> size + by;
      case EXPONENTIAL -> size * by;
    };
  }

  private int shrunk(int size) {
    int by = window.shrink().by();
    return switch (window.shrink().kind()) {
      case LINEAR -> size - by;
      case EXPONENTIAL -> size / by;
    };
  }
}
