package dev.headgate.gate;

import dev.headgate.model.ChangeId;
import dev.headgate.model.ItemId;
import java.util.List;

/**
 * What stands in a queue, for looking at only.
 *
 * @param window how many of its items are built at once; 0 for no bound
 * @param items its items, the head first
 */
public record QueueView(QueueKey key, int window, List<Entry> items) {
  public QueueView {
    items = List.copyOf(items);
  }

  /** An item and its changes, in the order they are merged in. */
  public record Entry(ItemId item, List<ChangeId> changes) {
    public Entry {
      changes = List.copyOf(changes);
    }
  }
}
