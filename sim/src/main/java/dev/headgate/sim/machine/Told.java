package dev.headgate.sim.machine;

import dev.headgate.gate.Event;
import dev.headgate.model.BranchRef;
import dev.headgate.model.Change;
import dev.headgate.model.ChangeId;
import dev.headgate.model.Content;
import dev.headgate.model.PreparationId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the machine was told of changes, branches and contents: from events alone, so that the rows
 * of a machine that did not listen, or remembers wrongly, are not believed.
 */
final class Told {
  private final Map<PreparationId, Map<BranchRef, Content>> contents = new HashMap<>();
  private final Map<ChangeId, Change> changes = new HashMap<>();
  private final Map<ChangeId, List<ChangeId>> needs = new HashMap<>();
  private final Set<ChangeId> approved = new HashSet<>();
  private final Map<BranchRef, Content> tips = new HashMap<>();

  /**
   * Takes an event.
   *
   * @param news whether whoever asks for a change to enter says anything of it
   * @param ends whether an answer to a landing is about an item that is landing
   */
  void heard(Event event, boolean news, boolean ends) {
    switch (event) {
      case Event.Proposed e -> heard(e.change());
      case Event.Enqueued e -> {
        if (news) {
          heard(e.change());
        }
        if (e.approves()) {
          approved.add(e.change().id());
        }
      }
      case Event.Approved e -> approved.add(e.change());
      case Event.ApprovalWithdrawn e -> approved.remove(e.change());
      case Event.DependenciesChanged e -> needs.replace(e.change(), e.dependsOn());
      case Event.Prepared e -> contents.put(e.preparation(), e.contents());
      case Event.TipMoved e -> tips.put(e.branch(), e.tip());
      case Event.Landed e when ends -> tips.putAll(e.tips());
      case Event.LandRefused e when ends -> tips.putAll(e.tips());
      default -> {}
    }
  }

  private void heard(Change change) {
    Change former = changes.put(change.id(), change);
    needs.put(change.id(), change.dependsOn());
    if (former != null && !former.revision().equals(change.revision())) {
      approved.remove(change.id());
    }
  }

  boolean isApproved(ChangeId change) {
    return approved.contains(change);
  }

  /** What a change was last said to need, at its revision; what it said itself if that is gone. */
  List<ChangeId> needs(Change change) {
    Change latest = changes.get(change.id());
    return latest != null && latest.revision().equals(change.revision())
        ? needs.getOrDefault(change.id(), List.of())
        : change.dependsOn();
  }

  Optional<Content> content(PreparationId preparation, BranchRef branch) {
    return Optional.ofNullable(contents.getOrDefault(preparation, Map.of()).get(branch));
  }

  Optional<Content> tip(BranchRef branch) {
    return Optional.ofNullable(tips.get(branch));
  }
}
