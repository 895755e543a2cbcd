package dev.headgate.reports;

import dev.headgate.subunit.Event;
import dev.headgate.subunit.Status;
import java.util.ArrayList;
import java.util.List;

/** One test of one route with its attempts, oldest first; there is at least one. */
final class AssembledTest {
  /** Attempts that are kept of one test: the first and the last ones. */
  private static final int MAX_ATTEMPTS = 100;

  private final String route;
  private final String id;
  private final List<Attempt> attempts = new ArrayList<>();
  private int dropped;
  private int kept;

  AssembledTest(String route, String id) {
    this.route = route;
    this.id = id;
    attempts.add(new Attempt());
    kept = route.length() + id.length();
  }

  /** Where it ran; empty for none. */
  String route() {
    return route;
  }

  String id() {
    return id;
  }

  List<Attempt> attempts() {
    return attempts;
  }

  Attempt last() {
    return attempts.getLast();
  }

  Attempt next() {
    if (attempts.size() == MAX_ATTEMPTS) {
      attempts.remove(MAX_ATTEMPTS / 2);
      dropped++;
    }
    attempts.add(new Attempt());
    return last();
  }

  /** The number of an attempt, from 1. */
  int number(int index) {
    return index < MAX_ATTEMPTS / 2 ? index + 1 : index + 1 + dropped;
  }

  /** True if it passed at last, and had failed before. */
  boolean isFlaky() {
    boolean passed = last().status() == Status.SUCCESS || last().status() == Status.XFAIL;
    return passed && attempts.stream().anyMatch(attempt -> attempt.status().isFailure());
  }

  /** Takes the next event of the last attempt; returns how many more bytes are kept. */
  int accept(Event event, boolean room) {
    int more = last().accept(event, room);
    kept += more;
    return more;
  }

  /** How many bytes were kept for it. */
  int kept() {
    return kept;
  }
}
