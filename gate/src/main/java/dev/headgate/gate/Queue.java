package dev.headgate.gate;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The ordered items of one queue, as a linked list, and which of them are in the window. Each
 * change costs what it moves, not what is queued.
 */
final class Queue {
  /** Room for so many insertions between two neighbours before all are numbered anew. */
  static final long STRIDE = 1L << 20;

  final QueueKey key;
  final Pipeline pipeline;

  /** The pipeline's place among the site's. */
  final int index;

  /** Declared queues come first, in their order; the others are equal. */
  final int rank;

  private int window;
  private @Nullable Item first;
  private @Nullable Item last;
  private @Nullable Item lastActive;
  private int size;
  private int active;

  /** How many of its items have a job that holds those behind. */
  int holders;

  Queue(QueueKey key, Pipeline pipeline, int index, int rank, int window) {
    this.key = key;
    this.pipeline = pipeline;
    this.index = index;
    this.rank = rank;
    this.window = window;
  }

  Row.Queue row() {
    return new Row.Queue(key, window);
  }

  int window() {
    return window;
  }

  int size() {
    return size;
  }

  @Nullable Item first() {
    return first;
  }

  @Nullable Item last() {
    return last;
  }

  List<Item> items() {
    List<Item> all = new ArrayList<>(size);
    for (Item item = first; item != null; item = item.next) {
      all.add(item);
    }
    return all;
  }

  int positionOf(Item item) {
    int position = 1;
    for (Item before = item.previous; before != null; before = before.previous) {
      position++;
    }
    return position;
  }

  /**
   * Puts an item right after another, or first; the window ends where it should after the next
   * {@link #slide}.
   */
  void insertAfter(@Nullable Item before, Item item) {
    Item after = before == null ? first : before.next;
    item.previous = before;
    item.next = after;
    if (before == null) {
      first = item;
    } else {
      before.next = item;
    }
    if (after == null) {
      last = item;
    } else {
      after.previous = item;
    }
    size++;
    if (after != null && after.active) {
      activate(item);
    }
  }

  void remove(Item item) {
    if (item.previous == null) {
      first = item.next;
    } else {
      item.previous.next = item.next;
    }
    if (item.next == null) {
      last = item.previous;
    } else {
      item.next.previous = item.previous;
    }
    if (item.active) {
      if (item == lastActive) {
        lastActive = item.previous;
      }
      item.active = false;
      active--;
    }
    item.previous = null;
    item.next = null;
    size--;
  }

  void windowIs(int next) {
    window = next;
  }

  /**
   * Lets the window end where it should.
   *
   * @return the items that are in it now and were not before, in order
   */
  List<Item> slide() {
    while (window != 0 && active > window && lastActive != null) {
      Item leaving = lastActive;
      lastActive = leaving.previous;
      leaving.active = false;
      active--;
    }
    List<Item> entered = new ArrayList<>();
    Item next = lastActive == null ? first : lastActive.next;
    while (next != null && hasRoom()) {
      activate(next);
      lastActive = next;
      entered.add(next);
      next = next.next;
    }
    return entered;
  }

  private void activate(Item item) {
    item.active = true;
    active++;
  }

  private boolean hasRoom() {
    return window == 0 || active < window;
  }
}
