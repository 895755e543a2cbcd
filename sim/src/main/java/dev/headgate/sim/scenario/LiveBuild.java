package dev.headgate.sim.scenario;

import dev.headgate.gate.Effect;
import dev.headgate.model.BuildId;
import dev.headgate.model.Change;
import java.util.List;

/**
 * A build that the gate has started and that has not ended.
 *
 * @param start what the gate asked for
 * @param stack the items in its workspace, the bottom first, each with its changes; as it was when
 *     its item was merged
 * @param change the change it tests
 * @param state whether it runs
 */
record LiveBuild(Effect.Start start, List<List<Mark>> stack, Mark change, State state) {
  /** What a build does. */
  enum State {
    /** It waits for a node. */
    WAITING,
    RUNNING,
    /** It waits for the jobs that need it. */
    PAUSED
  }

  static LiveBuild waiting(Effect.Start start, List<List<Mark>> stack) {
    Change change = start.change();
    return new LiveBuild(start, stack, Mark.of(change), State.WAITING);
  }

  BuildId id() {
    return start.build();
  }

  LiveBuild in(State other) {
    return new LiveBuild(start, stack, change, other);
  }
}
