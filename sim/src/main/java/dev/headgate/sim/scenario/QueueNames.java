package dev.headgate.sim.scenario;

import dev.headgate.gate.Manager;
import dev.headgate.gate.Pipeline;
import dev.headgate.gate.QueueKey;
import dev.headgate.model.BranchRef;
import dev.headgate.model.PipelineName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How files may name a queue: by its own name or, where each change has a queue to itself, its
 * project's; with the pipeline before it or, where there is only one, without; with the branch
 * behind it or without.
 *
 * @param shown the name it has in messages
 * @param accepted all its names, those that fit best first
 * @param several whether one name may stand for several queues, between which there is no order
 */
record QueueNames(String shown, List<String> accepted, boolean several) {
  private static final List<String> SEPARATORS = List.of("@", "/", ":");

  QueueNames {
    accepted = List.copyOf(accepted);
  }

  /**
   * The names of the queue that an item stands in.
   *
   * @param targets where its changes are to land, first that of the change that brought it in
   */
  static QueueNames ofItem(Setup setup, QueueKey key, List<BranchRef> targets) {
    boolean alone = isAlone(setup, key.pipeline());
    Set<String> names = new LinkedHashSet<>();
    for (BranchRef target : targets) {
      String project = target.project().value();
      names.add(alone ? project : setup.queueOf(project));
    }
    names.add(setup.queueOf(targets.getFirst().project().value()));
    if (!alone) {
      names.add(key.name());
    }
    return of(setup, key, names, targets.getFirst().branch(), alone);
  }

  /** The names of a queue, whoever stands in it. */
  static QueueNames ofQueue(Setup setup, QueueKey key) {
    return of(setup, key, Set.of(key.name()), key.branch(), false);
  }

  boolean has(String name) {
    return accepted.contains(name);
  }

  /** The one of the names that fits best; empty if none does. */
  Optional<String> among(Collection<String> names) {
    return accepted.stream().filter(names::contains).findFirst();
  }

  private static QueueNames of(
      Setup setup, QueueKey key, Set<String> names, String branch, boolean several) {
    List<String> accepted = new ArrayList<>();
    for (String name : names) {
      for (String prefix : List.of(key.pipeline() + ":", key.pipeline() + "/", "")) {
        if (!branch.isEmpty()) {
          SEPARATORS.forEach(separator -> accepted.add(prefix + name + separator + branch));
        }
        accepted.add(prefix + name);
      }
    }
    String pipeline = setup.pipelines().size() > 1 ? key.pipeline() + ":" : "";
    String ofBranch = key.branch().isEmpty() ? "" : "@" + key.branch();
    return new QueueNames(pipeline + names.iterator().next() + ofBranch, accepted, several);
  }

  private static boolean isAlone(Setup setup, PipelineName pipeline) {
    return setup.pipelines().stream()
        .filter(known -> known.name().equals(pipeline))
        .map(Pipeline::manager)
        .anyMatch(manager -> manager == Manager.INDEPENDENT || manager == Manager.SUPERCEDENT);
  }
}
