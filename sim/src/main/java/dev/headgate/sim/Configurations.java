package dev.headgate.sim;

import java.util.ArrayList;
import java.util.List;

/** Invents configuration files, good and bad. */
final class Configurations {
  /** The names that jobs have, in the order they stand in a file. */
  static final List<String> JOBS = List.of("unit", "pack", "lint", "docs");

  private static final List<String> BROKEN =
      List.of(
          "jobs:\n  unit:\n    rnu: make unit\n",
          "jobs:\n  unit: make unit\n  pack: { run: make pack, needs: [unti] }\n",
          "jobs:\n  unit: { run: make, needs: [pack] }\n  pack: { run: make, needs: [unit] }\n",
          "jobs: [unit\n",
          "jobs:\n\tunit: make\n",
          "nothing: here\n");

  private final Dice dice;

  Configurations(Dice dice) {
    this.dice = dice;
  }

  /** A file that is in order, of one to four jobs. */
  String valid() {
    StringBuilder text = new StringBuilder("jobs:\n");
    List<String> written = new ArrayList<>();
    List<Boolean> votes = new ArrayList<>();
    int count = dice.between(1, JOBS.size());
    for (String job : JOBS.subList(0, count)) {
      boolean voting = !dice.chance(20);
      text.append("  ").append(job).append(":\n    run: make ").append(job).append('\n');
      append(text, !voting, "voting: false");
      append(text, dice.chance(30), "retry: " + dice.between(1, 2));
      append(text, dice.chance(30), "attempts: " + dice.between(1, 4));
      append(text, dice.chance(15), "files: [\"docs/**\"]");
      List<String> needs = needs(written, votes, voting);
      append(text, !needs.isEmpty(), "needs: [" + String.join(", ", needs) + "]");
      written.add(job);
      votes.add(voting);
    }
    return text.toString();
  }

  private List<String> needs(List<String> written, List<Boolean> votes, boolean voting) {
    List<String> needs = new ArrayList<>();
    for (int i = 0; i < written.size(); i++) {
      if (dice.chance(35)) {
        // A voting job may not hang on one that does not vote.
        boolean soft = (voting && !votes.get(i)) || dice.chance(30);
        needs.add(soft ? "{ job: " + written.get(i) + ", soft: true }" : written.get(i));
      }
    }
    return needs;
  }

  private static void append(StringBuilder text, boolean really, String line) {
    if (really) {
      text.append("    ").append(line).append('\n');
    }
  }

  /** A file that is not in order; never empty, which would mean that it is left alone. */
  String broken() {
    return dice.pick(BROKEN);
  }
}
