package dev.headgate.sim.machine;

import dev.headgate.sim.InvariantBroken;
import java.util.ArrayList;
import java.util.List;

/** Finds fewer decisions that break the same invariant. */
final class Shrinking {
  private final Twist twist;
  private final Runnable alive;

  /**
   * @param alive run before each try
   */
  Shrinking(Twist twist, Runnable alive) {
    this.twist = twist;
    this.alive = alive;
  }

  /** The history without what is not needed for it to break in the same way. */
  History shrunk(History broken) {
    String how = how(broken);
    List<Decision> left = new ArrayList<>(broken.decisions());
    for (int size = Math.max(1, left.size() / 2); size >= 1; size /= 2) {
      boolean dropped = true;
      while (dropped) {
        dropped = false;
        for (int at = left.size() - size; at >= 0; at -= size) {
          List<Decision> fewer = new ArrayList<>(left);
          fewer.subList(at, Math.min(left.size(), at + size)).clear();
          if (how(broken.with(fewer)).equals(how)) {
            left = fewer;
            dropped = true;
          }
        }
      }
    }
    return broken.with(left);
  }

  /** The message without its particulars. */
  private String how(History history) {
    alive.run();
    return Course.run(history, twist, false).broken().map(InvariantBroken::kind).orElse("");
  }
}
