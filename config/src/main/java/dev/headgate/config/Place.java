package dev.headgate.config;

import java.util.Comparator;

/** A position in a file: line and column, both from 1, the column in code points. */
public record Place(int line, int column) implements Comparable<Place> {
  /** Where a file begins. */
  public static final Place START = new Place(1, 1);

  private static final Comparator<Place> ORDER =
      Comparator.comparingInt(Place::line).thenComparingInt(Place::column);

  @Override
  public int compareTo(Place other) {
    return ORDER.compare(this, other);
  }
}
