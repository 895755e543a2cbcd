package dev.headgate.cli;

import dev.headgate.adapter.git.Repository;
import dev.headgate.conduct.Conductor;
import dev.headgate.conduct.Envelope;
import dev.headgate.gate.Event;
import dev.headgate.gate.Row;
import dev.headgate.model.Change;
import dev.headgate.model.ChangeId;
import dev.headgate.model.Content;
import dev.headgate.model.Revision;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Looks whether someone else has moved a branch that the gate works with, and tells the gate. On
 * the gate's loop only.
 */
final class OutsideMoves {
  private final Repository repository;
  private final Conductor conductor;
  private final Set<ChangeId> branches = new HashSet<>();

  /**
   * Watches what the gate works with.
   *
   * @param entering the changes that are about to enter, as they were looked up a moment ago: one
   *     of them may be deleted before the gate knows it
   */
  OutsideMoves(Repository repository, Conductor conductor, List<Change> entering) {
    this.repository = repository;
    this.conductor = conductor;
    List<ChangeId> names = entering.stream().map(Change::id).toList();
    repository
        .tips(names.stream().map(ChangeId::value).toList())
        .keySet()
        .forEach(name -> branches.add(new ChangeId(name)));
  }

  /** Compares all branches with what the gate knows, in one question to git. */
  void look() {
    Map<ChangeId, Change> changes = new LinkedHashMap<>();
    Set<Row.Tip> tips = new LinkedHashSet<>();
    Set<String> names = new LinkedHashSet<>();
    for (Row row : conductor.gate().rows()) {
      switch (row) {
        case Row.Item item -> {
          changes.put(item.change().id(), item.change());
          names.add(item.change().id().value());
        }
        case Row.Tip tip -> {
          tips.add(tip);
          names.add(tip.branch().branch());
        }
        case Row.Site site -> {}
        case Row.Build build -> {}
      }
    }
    Map<String, Content> now = repository.tips(names);
    tips.forEach(tip -> compare(tip, now));
    changes.values().forEach(change -> compare(change, now));
  }

  private void compare(Row.Tip known, Map<String, Content> now) {
    Content tip = now.get(known.branch().branch());
    if (tip != null && !tip.equals(known.content())) {
      tell(new Event.TipMoved(known.branch(), tip));
    }
  }

  /**
   * A change that never was a branch of this repository, but a remote's or a replayed one, is not
   * watched.
   */
  private void compare(Change known, Map<String, Content> now) {
    Content tip = now.get(known.id().value());
    if (tip == null) {
      if (branches.contains(known.id())) {
        tell(new Event.Abandoned(known.id()));
      }
      return;
    }
    branches.add(known.id());
    if (!tip.value().equals(known.revision().value())) {
      tell(new Event.RevisionChanged(known.id(), new Revision(tip.value())));
    }
  }

  private void tell(Event event) {
    conductor.offer(new Envelope("", event));
  }
}
