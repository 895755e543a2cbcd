package dev.headgate.sim.machine;

import dev.headgate.model.BranchRef;
import dev.headgate.model.Change;
import dev.headgate.model.ChangeId;
import dev.headgate.model.Revision;
import dev.headgate.sim.Dice;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Draws changes and what they depend on: on nothing, in chains, in circles, on the unknown. */
final class DrawChanges {
  private static final int REVISIONS = 3;
  private static final int VARIANTS = 2;

  /** How many of a hundred variants are for whatever branch: people change their minds. */
  private static final int RETARGETED = 3;

  private final Dice dice;
  private final List<BranchRef> branches;
  private final int count;
  private final int needing;

  DrawChanges(Dice dice, List<BranchRef> branches) {
    this.dice = dice;
    this.branches = branches;
    this.count = dice.between(1, 8);
    this.needing = dice.pick(List.of(0, 10, 30));
  }

  List<Proposal> all() {
    List<BranchRef> targets = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      targets.add(dice.pick(branches));
    }
    List<Proposal> proposals = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      List<List<Change>> versions = new ArrayList<>();
      for (int revision = 0; revision < REVISIONS; revision++) {
        versions.add(variants(i, revision, targets));
      }
      proposals.add(new Proposal(id(i), versions));
    }
    return proposals;
  }

  private static ChangeId id(int number) {
    return new ChangeId("c" + (number + 1));
  }

  /** How the revision of a change is spelled, in contents too. */
  static Revision revision(ChangeId change, int number) {
    return new Revision(change + "." + number);
  }

  private List<Change> variants(int number, int revision, List<BranchRef> targets) {
    Map<ChangeId, Revision> parents = parents(number, targets);
    List<Change> said = new ArrayList<>();
    for (int i = 0; i < VARIANTS; i++) {
      List<ChangeId> needs = new ArrayList<>(parents.keySet());
      for (ChangeId declared : declared(number)) {
        if (!needs.contains(declared)) {
          needs.add(declared);
        }
      }
      said.add(
          new Change(
              id(number),
              dice.chance(RETARGETED) ? dice.pick(branches) : targets.get(number),
              revision(id(number), revision),
              needs,
              "",
              parents,
              needing > 0 && dice.chance(15) ? "topic" : "",
              labels()));
    }
    return said;
  }

  /** Commits have no circles: a change stands on former ones. */
  private Map<ChangeId, Revision> parents(int number, List<BranchRef> targets) {
    Map<ChangeId, Revision> parents = new LinkedHashMap<>();
    if (number > 0 && dice.chance(needing)) {
      int parent = dice.between(0, number - 1);
      if (targets.get(parent).equals(targets.get(number))) {
        int revision = dice.chance(75) ? 0 : dice.between(0, REVISIONS - 1);
        parents.put(id(parent), revision(id(parent), revision));
      }
    }
    return parents;
  }

  private List<ChangeId> declared(int number) {
    List<ChangeId> needs = new ArrayList<>();
    for (int other = 0; other < count; other++) {
      int percent = other < number ? needing / 2 : needing / 4;
      if (other != number && dice.chance(percent)) {
        needs.add(id(other));
      }
    }
    if (dice.chance(needing / 10.0)) {
      needs.add(new ChangeId("unknown"));
    }
    return needs;
  }

  private Set<String> labels() {
    return dice.chance(80) ? Set.of("ok") : dice.chance(50) ? Set.of("ok", "wip") : Set.of();
  }
}
