package dev.headgate.sim;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;

/**
 * Finds fewer and smaller throws of dice that still break the same invariant. What chance decides
 * is changed and not the history itself, so whatever is tried is a history that could have been
 * (MacIver and Donaldson, Test-Case Reduction via Test-Case Generation, ECOOP 2020).
 */
final class FewerThrows {
  /** A try takes about 10 ms. */
  private static final int MOST_TRIES = 4_000;

  private static final int LONGEST_RUN = 128;

  private final Predicate<List<Long>> breaks;
  private List<Long> best;
  private int tries;
  private boolean better;

  /**
   * @param breaks whether the history of these throws breaks as the given one does
   */
  FewerThrows(List<Long> throwing, Predicate<List<Long>> breaks) {
    this.best = List.copyOf(throwing);
    this.breaks = breaks;
  }

  /** The fewest that were found; those given if there are none. */
  List<Long> found() {
    cutTail();
    do {
      better = false;
      for (int run = LONGEST_RUN; run >= 1; run /= 2) {
        dropRuns(run);
        clearRuns(run);
      }
      lower();
    } while (better);
    return best;
  }

  /** What comes after the first half, three quarters, and so on. */
  private void cutTail() {
    int tooFew = 0;
    while (best.size() - tooFew > 1) {
      int middle = (tooFew + best.size()) / 2;
      if (!breaksWith(best.subList(0, middle))) {
        tooFew = middle;
      }
    }
  }

  private void dropRuns(int run) {
    for (int at = best.size() - run; at >= 0; at -= run) {
      if (at + run <= best.size()) {
        List<Long> fewer = new ArrayList<>(best);
        fewer.subList(at, at + run).clear();
        breaksWith(fewer);
      }
    }
  }

  private void clearRuns(int run) {
    for (int at = best.size() - run; at >= 0; at -= run) {
      if (at + run <= best.size()) {
        List<Long> part = best.subList(at, at + run);
        if (part.stream().anyMatch(number -> number != 0)) {
          List<Long> cleared = new ArrayList<>(best);
          Collections.fill(cleared.subList(at, at + run), 0L);
          breaksWith(cleared);
        }
      }
    }
  }

  private void lower() {
    for (int at = 0; at < best.size(); at++) {
      boolean lowered = true;
      while (lowered && at < best.size() && best.get(at) != 0) {
        List<Long> lower = new ArrayList<>(best);
        lower.set(at, best.get(at) / 2);
        lowered = breaksWith(lower);
      }
    }
  }

  private boolean breaksWith(List<Long> throwing) {
    if (tries >= MOST_TRIES) {
      return false;
    }
    tries++;
    if (!breaks.test(throwing)) {
      return false;
    }
    int end = throwing.size();
    while (end > 0 && throwing.get(end - 1) == 0) {
      end--;
    }
    best = List.copyOf(throwing.subList(0, end));
    better = true;
    return true;
  }
}
