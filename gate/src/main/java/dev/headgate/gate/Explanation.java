package dev.headgate.gate;

import dev.headgate.model.ChangeId;
import dev.headgate.model.Content;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a queued change stands, in words.
 *
 * @param position its place in its queue, 1 at the head
 * @param length the queue's length
 * @param assumed the changes its path assumes to land before it, first to land first
 * @param base what its path stands on, null if it has none
 * @param content what is tested, null if nothing is
 * @param waitsFor what it waits for now, each in a sentence; never empty
 * @param restarts how often its path was given up for another
 * @param lastRestart why that happened last; empty if it never did
 */
public record Explanation(
    ChangeId change,
    ItemState state,
    int position,
    int length,
    List<ChangeId> assumed,
    @Nullable Content base,
    @Nullable Content content,
    List<String> waitsFor,
    int restarts,
    String lastRestart) {
  public Explanation {
    assumed = List.copyOf(assumed);
    waitsFor = List.copyOf(waitsFor);
  }
}
