package dev.headgate.sim;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What dice fell on, in order: what chance decided in a history. For one thread. */
final class Throws {
  private final List<Long> numbers;
  private int at;

  Throws() {
    this(List.of());
  }

  /** Throws that are to happen again. */
  Throws(List<Long> numbers) {
    this.numbers = new ArrayList<>(numbers);
  }

  long add(long number) {
    numbers.add(number);
    return number;
  }

  /** The next of them; 0 after the last. */
  long next() {
    return at < numbers.size() ? numbers.get(at++) : 0;
  }

  /** All of them. */
  List<Long> numbers() {
    return Collections.unmodifiableList(numbers);
  }
}
