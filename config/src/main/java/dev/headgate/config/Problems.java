package dev.headgate.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;

/**
 * Collects the problems of one file, each once: a value reached over two aliases is judged twice.
 */
public final class Problems {
  /** More than a person mends in one go; what follows is often a consequence of the first ones. */
  static final int MAX_SHOWN = 50;

  /** Bounds the work on a file that is wrong everywhere, not what is shown of it. */
  private static final int MAX_ADDED = 1_000;

  private static final Comparator<Problem> ORDER =
      Comparator.comparingInt(Problem::line)
          .thenComparingInt(Problem::column)
          .thenComparing(Problem::message);

  private final String file;
  private final TreeSet<Problem> found = new TreeSet<>(ORDER);
  private int added;

  /** None yet, in a file of that name. */
  public Problems(String file) {
    this.file = file;
  }

  /** Adds one: what is wrong there, and what to do about it, which may be empty. */
  public void add(Place at, String message, String hint) {
    added++;
    if (!exhausted()) {
      found.add(new Problem(file, at.line(), at.column(), message, hint));
    }
  }

  /** Whether nothing more is recorded, so that nobody need compute a hint. */
  boolean exhausted() {
    return added > MAX_ADDED;
  }

  /** Whether nothing is wrong so far. */
  public boolean isEmpty() {
    return found.isEmpty();
  }

  /** The problems in file order, at most {@link #MAX_SHOWN} and one that says there are more. */
  public List<Problem> inOrder() {
    List<Problem> all = new ArrayList<>(found);
    if (all.size() <= MAX_SHOWN) {
      return all;
    }
    Problem next = all.get(MAX_SHOWN);
    List<Problem> shown = new ArrayList<>(all.subList(0, MAX_SHOWN));
    shown.add(
        new Problem(file, next.line(), next.column(), "more problems follow", "mend these first"));
    return shown;
  }
}
