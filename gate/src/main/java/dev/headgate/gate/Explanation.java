package dev.headgate.gate;

import dev.headgate.model.BranchRef;
import dev.headgate.model.ChangeId;
import dev.headgate.model.Content;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where a queued change stands, in words.
 *
 * @param queue the queue it is in
 * @param with the other changes of its item, which land together with it; usually empty
 * @param position its place in its queue, 1 at the head
 * @param length the queue's length
 * @param assumed the changes its path assumes to land before it, first to land first
 * @param base what its path stands on, for each branch; empty if it has no path
 * @param contents what is tested, for each branch of its item; empty if nothing is
 * @param waitsFor what it waits for now, each in a sentence; never empty
 * @param restarts how often its path was given up for another
 * @param lastRestart why that happened last; empty if it never did
 */
public record Explanation(
    ChangeId change,
    QueueKey queue,
    List<ChangeId> with,
    ItemState state,
    int position,
    int length,
    List<ChangeId> assumed,
    Map<BranchRef, Content> base,
    Map<BranchRef, Content> contents,
    List<String> waitsFor,
    int restarts,
    String lastRestart) {
  public Explanation {
    with = List.copyOf(with);
    assumed = List.copyOf(assumed);
    base = Collections.unmodifiableMap(new TreeMap<>(base));
    contents = Collections.unmodifiableMap(new TreeMap<>(contents));
    waitsFor = List.copyOf(waitsFor);
  }
}
