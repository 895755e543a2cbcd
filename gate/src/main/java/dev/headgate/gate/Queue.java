package dev.headgate.gate;

import dev.headgate.model.BranchRef;
import dev.headgate.model.Content;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The ordered items that are to land on one branch. */
final class Queue {
  final BranchRef target;
  private final List<Item> items = new ArrayList<>();
  private @Nullable Content tip;

  Queue(BranchRef target) {
    this.target = target;
  }

  /** Where the branch was last known to point; null while nobody said. */
  @Nullable Content tip() {
    return tip;
  }

  void tipIs(Content content) {
    tip = content;
  }

  List<Item> items() {
    return Collections.unmodifiableList(items);
  }

  @Nullable Item head() {
    return items.isEmpty() ? null : items.getFirst();
  }

  int positionOf(Item item) {
    return items.indexOf(item) + 1;
  }

  void append(Item item) {
    items.add(item);
  }

  void remove(Item item) {
    items.remove(item);
  }
}
