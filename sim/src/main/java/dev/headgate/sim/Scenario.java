package dev.headgate.sim;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;

/**
 * What a seed makes of the world before anything happens in it: how much goes wrong, and what is
 * true of each revision and each pair of them. What is true never changes within a history.
 */
final class Scenario {
  private static final List<String> FILES =
      List.of("src/a", "src/b", "src/c", "docs/a", "docs/b", "tests/a");

  private final Dice dice;
  private final long nature;
  private final Map<String, Piece> pieces = new LinkedHashMap<>();
  private final Configurations configurations;

  /** How many of a hundred pairs conflict in text, break each other, and so on. */
  private final int conflicting;

  private final int clashing;
  private final int breaking;
  private final int flaking;
  private final int configuring;

  /** How much goes wrong with answers and machines, in percent; 0 in a calm world. */
  final int trouble;

  Scenario(Dice dice) {
    this.dice = dice;
    this.nature = dice.anyLong();
    this.configurations = new Configurations(dice.split());
    this.conflicting = dice.pick(List.of(0, 5, 15, 30));
    this.clashing = dice.pick(List.of(0, 5, 15));
    this.breaking = dice.pick(List.of(0, 10, 30));
    this.flaking = dice.pick(List.of(0, 0, 20));
    this.configuring = dice.pick(List.of(0, 10, 25));
    this.trouble = dice.pick(List.of(0, 3, 8, 15));
  }

  /** The configuration that a branch begins with; empty if none. */
  String rootConfiguration() {
    return dice.chance(3) ? "" : configurations.valid();
  }

  /** Invents what a new revision of a change contains. */
  Piece revise(String name, String change, List<String> includes) {
    List<String> files = new ArrayList<>();
    for (int i = dice.between(1, 2); i > 0; i--) {
      files.add(dice.pick(FILES));
    }
    String configuration = "";
    if (dice.chance(configuring)) {
      configuration = dice.chance(30) ? configurations.broken() : configurations.valid();
    }
    List<String> breaks =
        dice.chance(breaking) ? List.of(dice.pick(Configurations.JOBS)) : List.of();
    Piece piece =
        new Piece(name, change, includes, files, configuration, breaks, dice.chance(flaking));
    pieces.put(name, piece);
    return piece;
  }

  Piece piece(String name) {
    Piece piece = pieces.get(name);
    if (piece == null) {
      throw new NoSuchElementException("no revision " + name);
    }
    return piece;
  }

  /** Whether two revisions change the same lines. */
  boolean conflict(Piece one, Piece other) {
    return !one.change().equals(other.change())
        && percentOf("conflict", one.name(), other.name()) < conflicting;
  }

  /** Whether a job passes with either of two revisions and fails with both. */
  boolean clash(Piece one, Piece other, String job) {
    return Configurations.JOBS
            .get(percentOf("clash of", one.name(), other.name()) % Configurations.JOBS.size())
            .equals(job)
        && percentOf("clash", one.name(), other.name()) < clashing;
  }

  /** Whether a flaky job fails in this attempt. */
  boolean flakes(String content, String job, int attempt) {
    return percentOf(content, job, "attempt " + attempt) < 40;
  }

  /** A number below 100 that these names always have in this world, in whichever order. */
  private int percentOf(String what, String one, String other) {
    long mixed = nature + 31L * what.hashCode() + one.hashCode() * (long) other.hashCode();
    mixed += one.hashCode() + other.hashCode();
    mixed = (mixed ^ (mixed >>> 30)) * 0xbf58476d1ce4e5b9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
    return (int) Long.remainderUnsigned(mixed ^ (mixed >>> 31), 100);
  }
}
