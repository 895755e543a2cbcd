package dev.headgate.sim.scenario;

import dev.headgate.gate.Manager;
import dev.headgate.gate.Pipeline;
import dev.headgate.gate.QueueKey;
import dev.headgate.gate.QueueView;
import dev.headgate.gate.Row;
import dev.headgate.gate.SharedQueue;
import dev.headgate.model.BranchRef;
import dev.headgate.model.ItemId;
import dev.headgate.model.PipelineName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What is seen of the gate after a step.
 *
 * @param items the items, queue by queue, front first
 * @param running the builds that run or are paused
 * @param ended the builds that ended during the step
 * @param merged what landed so far, in order
 * @param windows the size of every window that may change
 * @param reports what was told during the step
 */
record Observation(
    List<SeenItem> items,
    List<SeenBuild> running,
    List<SeenBuild> ended,
    List<Landing> merged,
    Map<QueueKey, Size> windows,
    List<SeenReport> reports) {

  /** An item and the names of its queue. */
  record SeenItem(QueueNames queue, List<Mark> changes) {}

  /**
   * A window.
   *
   * @param known whether the queue is there; one that was empty when the site was set up anew is
   *     not until something enters it, and whatever is said of its window is as good
   * @param anew whether it was empty when the site was set up anew during the step
   */
  record Size(QueueNames queue, int items, boolean known, boolean anew) {
    boolean is(int size) {
      return !known || items == size;
    }
  }

  static Observation of(Session session) {
    return new Observation(
        items(session),
        session.builds().stream()
            .filter(build -> build.state() != LiveBuild.State.WAITING)
            .map(build -> SeenBuild.of(build, ""))
            .toList(),
        session.ended(),
        session.landings(),
        windows(session),
        session.reports());
  }

  private static List<SeenItem> items(Session session) {
    Map<ItemId, Row.Item> rows = session.items();
    List<SeenItem> items = new ArrayList<>();
    for (QueueView queue : session.queues()) {
      for (QueueView.Entry entry : queue.items()) {
        Row.Item row = rows.get(entry.item());
        if (row == null) {
          throw new IllegalStateException("item " + entry.item() + " is queued and has no row");
        }
        items.add(
            new SeenItem(
                QueueNames.ofItem(session.setup(), queue.key(), targets(row)),
                row.changes().stream().map(Mark::of).toList()));
      }
    }
    return items;
  }

  private static List<BranchRef> targets(Row.Item item) {
    List<BranchRef> targets = new ArrayList<>();
    item.changes().stream()
        .filter(change -> change.id().equals(item.lead()))
        .forEach(change -> targets.add(change.target()));
    item.changes().forEach(change -> targets.add(change.target()));
    return targets;
  }

  /** Windows that the gate does not show have the size that they begin with. */
  private static Map<QueueKey, Size> windows(Session session) {
    Setup setup = session.setup();
    Map<QueueKey, Size> windows = new TreeMap<>();
    for (Pipeline pipeline : setup.pipelines()) {
      if (pipeline.manager() == Manager.DEPENDENT) {
        for (SharedQueue queue : setup.allQueues()) {
          for (String branch : branches(session, queue)) {
            QueueKey key = new QueueKey(pipeline.name(), queue.name(), branch);
            windows.put(
                key,
                new Size(
                    QueueNames.ofQueue(setup, key),
                    pipeline.window().start(),
                    !session.hasBegunAnew(key),
                    session.beganAnew(key)));
          }
        }
      }
    }
    for (QueueView queue : session.queues()) {
      if (start(setup, queue.key().pipeline()).isPresent()) {
        windows.put(
            queue.key(),
            new Size(
                QueueNames.ofQueue(setup, queue.key()),
                queue.window(),
                !session.hasBegunAnew(queue.key()),
                session.beganAnew(queue.key())));
      }
    }
    return windows;
  }

  /** The branches that have queues of their own; an empty one for a queue of all branches. */
  private static Set<String> branches(Session session, SharedQueue queue) {
    Set<String> branches = new TreeSet<>();
    if (!queue.perBranch()) {
      branches.add("");
      return branches;
    }
    for (BranchRef branch : session.world().tips().keySet()) {
      if (queue.projects().contains(branch.project())) {
        branches.add(branch.branch());
      }
    }
    return branches;
  }

  /** What the windows of a pipeline begin with; empty if they never change. */
  private static Optional<Integer> start(Setup setup, PipelineName name) {
    return setup.pipelines().stream()
        .filter(pipeline -> pipeline.name().equals(name))
        .filter(pipeline -> pipeline.manager() == Manager.DEPENDENT)
        .map(pipeline -> pipeline.window().start())
        .findFirst();
  }

  /** The windows that have another size than before. */
  List<Size> windowsChangedSince(Observation before, Setup setup) {
    List<Size> changed = new ArrayList<>();
    windows.forEach((key, size) -> {
      Size former = before.windows.get(key);
      int was =
          former == null || size.anew
              ? start(setup, key.pipeline()).orElse(size.items)
              : former.items;
      if (was != size.items && size.known) {
        changed.add(size);
      }
    });
    return changed;
  }

  /** The queues as files write them. */
  Map<String, List<List<Mark>>> queues() {
    Map<String, List<List<Mark>>> queues = new LinkedHashMap<>();
    for (SeenItem item : items) {
      queues.computeIfAbsent(item.queue.shown(), name -> new ArrayList<>()).add(item.changes);
    }
    return queues;
  }
}
