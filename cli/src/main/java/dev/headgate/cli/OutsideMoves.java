package dev.headgate.cli;

import dev.headgate.adapter.git.Repository;
import dev.headgate.conduct.Conductor;
import dev.headgate.conduct.Envelope;
import dev.headgate.gate.Event;
import dev.headgate.gate.Row;
import dev.headgate.model.Change;
import dev.headgate.model.ChangeId;
import dev.headgate.model.Content;
import dev.headgate.model.ProjectId;
import dev.headgate.model.Revision;
import java.util.ArrayList;
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
  private final LocalProjects projects;
  private final Conductor conductor;
  private final Set<ChangeId> branches = new HashSet<>();

  /**
   * Watches what the gate works with.
   *
   * @param entering the changes that are about to enter, as they were looked up a moment ago: one
   *     of them may be deleted before the gate knows it
   */
  OutsideMoves(LocalProjects projects, Conductor conductor, List<Change> entering) {
    this.projects = projects;
    this.conductor = conductor;
    for (ProjectId project : projects.names()) {
      Map<String, ChangeId> names = names(project, entering);
      projects
          .repository(project)
          .tips(names.keySet())
          .keySet()
          .forEach(name -> branches.add(names.getOrDefault(name, new ChangeId(name))));
    }
  }

  /** The changes of a project by the names of their branches. */
  private Map<String, ChangeId> names(ProjectId project, List<Change> changes) {
    Map<String, ChangeId> names = new LinkedHashMap<>();
    for (Change change : changes) {
      projects
          .named(change.id())
          .filter(named -> named.project().equals(project))
          .ifPresent(named -> names.put(named.branch(), change.id()));
    }
    return names;
  }

  /** Compares all branches with what the gate knows, in one question to git for each project. */
  void look() {
    List<Change> changes = new ArrayList<>();
    List<Row.Tip> tips = new ArrayList<>();
    for (Row row : conductor.gate().rows()) {
      if (row instanceof Row.Item item) {
        changes.addAll(item.changes());
      } else if (row instanceof Row.Tip tip) {
        tips.add(tip);
      }
    }
    projects.names().forEach(project -> look(project, changes, tips));
  }

  private void look(ProjectId project, List<Change> changes, List<Row.Tip> tips) {
    Repository repository = projects.repository(project);
    Map<String, ChangeId> names = names(project, changes);
    List<Row.Tip> own =
        tips.stream().filter(tip -> tip.branch().project().equals(project)).toList();
    Set<String> asked = new LinkedHashSet<>(names.keySet());
    own.forEach(tip -> asked.add(tip.branch().branch()));
    if (asked.isEmpty()) {
      return;
    }
    Map<String, Content> now = repository.tips(asked);
    own.forEach(tip -> compare(tip, now));
    names.forEach((name, id) ->
        changes.stream()
            .filter(change -> change.id().equals(id))
            .reduce((earlier, later) -> later)
            .ifPresent(change -> compare(name, change, now)));
  }

  private void compare(Row.Tip known, Map<String, Content> now) {
    Content tip = now.get(known.branch().branch());
    if (tip != null && !tip.equals(known.content())) {
      tell(new Event.TipMoved(known.branch(), tip));
    }
  }

  /**
   * A change that never was a branch of its repository, but a remote's or a replayed one, is not
   * watched.
   */
  private void compare(String name, Change known, Map<String, Content> now) {
    Content tip = now.get(name);
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
