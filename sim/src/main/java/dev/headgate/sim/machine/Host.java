package dev.headgate.sim.machine;

import dev.headgate.gate.Effect;
import dev.headgate.gate.Event;
import dev.headgate.model.BranchRef;
import dev.headgate.model.Change;
import dev.headgate.model.ChangeId;
import dev.headgate.model.Content;
import dev.headgate.model.JobGraph;
import dev.headgate.model.Revision;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The branches, and what merging onto them gives. A content is spelled as what is in it: {@code
 * p1:main+c1.0+c2.1}.
 */
final class Host {
  private static final int CONFLICT_PERCENT = 4;
  private static final int BROKEN_PERCENT = 4;
  private static final int REDEFINING_PERCENT = 15;
  private static final int UNCONCERNED_PERCENT = 5;

  private final Setup setup;
  private final Map<BranchRef, Content> tips = new TreeMap<>();
  private int pushes;

  Host(Setup setup) {
    this.setup = setup;
    setup.branches().forEach(branch -> tips.put(branch, new Content(branch.toString())));
  }

  Content tip(BranchRef branch) {
    return tips.computeIfAbsent(branch, other -> new Content(other.toString()));
  }

  /** Somebody moves a branch past the gate. */
  void push(BranchRef branch) {
    pushes++;
    tips.put(branch, new Content(tip(branch) + "+push" + pushes));
  }

  /** Somebody merges a change past the gate. */
  void mergeOutside(Change change) {
    tips.put(change.target(), merged(tip(change.target()), change.revision()));
  }

  static boolean contains(Content content, Revision revision) {
    return (content + "+").contains("+" + revision + "+");
  }

  private static Content merged(Content base, Revision revision) {
    return contains(base, revision) ? base : new Content(base + "+" + revision);
  }

  // Preparing.

  Event prepare(Effect.Prepare question) {
    Map<BranchRef, Content> path = new TreeMap<>(question.base());
    List<Change> all = new ArrayList<>(question.carried());
    all.addAll(question.changes());
    for (Change change : all) {
      Content base = path.get(change.target());
      if (base == null) {
        continue;
      }
      Optional<String> conflict = conflict(base, change);
      if (conflict.isPresent()) {
        return new Event.Conflicted(question.preparation(), conflict.get());
      }
      path.put(change.target(), merged(base, change.revision()));
    }
    for (Change change : question.changes()) {
      if (setup.chance("broken " + change.revision(), 100) < BROKEN_PERCENT) {
        return new Event.ConfigBroken(question.preparation(), change.revision() + " breaks it");
      }
    }
    return prepared(question, path);
  }

  private Optional<String> conflict(Content base, Change change) {
    if (contains(base, change.revision())) {
      return Optional.empty();
    }
    for (Proposal other : setup.proposals()) {
      String pair =
          other.id().compareTo(change.id()) < 0
              ? other.id() + " " + change.id()
              : change.id() + " " + other.id();
      if (!other.id().equals(change.id())
          && base.value().contains("+" + other.id() + ".")
          && setup.chance("conflict " + pair, 100) < CONFLICT_PERCENT) {
        return Optional.of(change.id() + " conflicts with " + other.id());
      }
    }
    return Optional.empty();
  }

  private Event prepared(Effect.Prepare question, Map<BranchRef, Content> path) {
    Map<BranchRef, Content> contents = new TreeMap<>();
    Map<ChangeId, JobGraph> jobs = new LinkedHashMap<>();
    for (Change change : question.changes()) {
      contents.put(change.target(), path.get(change.target()));
    }
    for (Change change : question.changes()) {
      jobs.put(change.id(), graph(question, change, path));
    }
    return new Event.Prepared(question.preparation(), contents, jobs);
  }

  /**
   * The jobs that a change's project has there; changes in the contents may have redefined them.
   */
  private JobGraph graph(Effect.Prepare question, Change change, Map<BranchRef, Content> path) {
    if (setup.chance("unconcerned " + change.id(), 100) < UNCONCERNED_PERCENT) {
      return JobGraph.EMPTY;
    }
    int kind = setup.chance(change.target().project() + " in " + question.pipeline(), 100);
    String content = String.valueOf(path.get(change.target()));
    for (Proposal other : setup.proposals()) {
      if (content.contains("+" + other.id() + ".")
          && setup.chance("redefines " + other.id(), 100) < REDEFINING_PERCENT) {
        kind++;
      }
    }
    return setup.graphs().get(kind % setup.graphs().size());
  }

  // Landing.

  /** Moves branches from what is expected there, and none if one is elsewhere. */
  Event land(Effect.Land question, boolean byComparing) {
    for (Effect.Move move : question.moves()) {
      boolean there = tip(move.branch()).equals(move.expectedTip());
      if (byComparing && !there && !tip(move.branch()).equals(move.content())) {
        return refuse(question, "the branch has moved");
      }
    }
    question.changes().forEach(this::land);
    return new Event.Landed(question.item(), tipsOf(question));
  }

  private void land(Change change) {
    tips.put(change.target(), merged(tip(change.target()), change.revision()));
  }

  Event refuse(Effect.Land question, String reason) {
    return new Event.LandRefused(question.item(), tipsOf(question), reason, Set.of());
  }

  /** Moves the first branch, and then no other, as hosts do that know no transactions. */
  Event landInPart(Effect.Land question) {
    Effect.Move first = question.move();
    if (question.moves().size() == 1 || !tip(first.branch()).equals(first.expectedTip())) {
      return refuse(question, "it was not to be");
    }
    Set<ChangeId> landed = new LinkedHashSet<>();
    for (Change change : question.changes()) {
      if (change.target().equals(first.branch())) {
        land(change);
        landed.add(change.id());
      }
    }
    return new Event.LandRefused(
        question.item(), tipsOf(question), "the host lost interest", landed);
  }

  private Map<BranchRef, Content> tipsOf(Effect.Land question) {
    Map<BranchRef, Content> found = new TreeMap<>();
    question.moves().forEach(move -> found.put(move.branch(), tip(move.branch())));
    return found;
  }
}
