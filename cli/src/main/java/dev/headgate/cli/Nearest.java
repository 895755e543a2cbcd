package dev.headgate.cli;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Finds what a mistyped word was meant to be. */
final class Nearest {
  private Nearest() {}

  /**
   * The candidates that are nearest to the word and near enough to be meant; empty if none is, and
   * in the order given if several are equally near.
   */
  static List<String> to(String word, Collection<String> candidates) {
    // One mistake for every three letters: more would suggest words that only share a length.
    int least = Math.max(1, word.length() / 3);
    List<String> nearest = new ArrayList<>();
    for (String candidate : candidates) {
      int distance = distance(word, candidate);
      if (distance < least) {
        nearest.clear();
        least = distance;
      }
      if (distance == least) {
        nearest.add(candidate);
      }
    }
    return nearest;
  }

  /** How many letters must be put in, taken out, replaced or swapped with their neighbour. */
  static int distance(String from, String to) {
    int[][] costs = new int[from.length() + 1][to.length() + 1];
    for (int i = 0; i <= from.length(); i++) {
      for (int j = 0; j <= to.length(); j++) {
        costs[i][j] = cost(costs, from, to, i, j);
      }
    }
    return costs[from.length()][to.length()];
  }

  private static int cost(int[][] costs, String from, String to, int i, int j) {
    if (i == 0 || j == 0) {
      return i + j;
    }
    int replaced = costs[i - 1][j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
    int cost = Math.min(replaced, Math.min(costs[i - 1][j], costs[i][j - 1]) + 1);
    boolean swapped =
        i > 1
            && j > 1
            && from.charAt(i - 1) == to.charAt(j - 2)
            && from.charAt(i - 2) == to.charAt(j - 1);
    return swapped ? Math.min(cost, costs[i - 2][j - 2] + 1) : cost;
  }
}
